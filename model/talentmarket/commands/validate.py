"""The command `validate`: the model against closed forms and published figures, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Workers
from talentmarket.commands.common.terminal import messages, print_json, print_table, progress_bar, say_if_compiling

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from talentmarket.validation.check import Check, Effort

COLOURS = {"agrees": "green", "known miss": "yellow", "differs": "bold red"}
RIGHT = ("target", "model", "±")
QUICK_REPLICATES = 8
OWN = "± 95 % of the run's mean. A figure with a range is met if the mean lies in it, one without if the interval holds it."
CAPTION = "± 4.5 standard errors around what closed forms say, 95 % for published figures; empty: exact."


def validate(
    run: Annotated[
        str,
        typer.Argument(
            metavar="[RUN]",
            help="With --against: a run folder or a scenario; else the baseline.",
            autocompletion=completion.scenarios,
        ),
    ] = "",
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Hold a run against your own table of retention, pay or flows."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer replicates: seconds, and wider intervals.")] = False,
    workers: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Hold the model against closed forms and published figures, or a run against your own table. Exit code 1 if anything differs.

    A table has a heading and rows: lab, months, share; or lab, pay; or from, to, moves (docs/own-data.md).

    Example: talentmarket validate --quick
    """
    from rich.console import Console

    from talentmarket.errors import InputError
    from talentmarket.validation import Effort

    if run and against is None:
        raise InputError("a run is held against a table: validate RUN --against FILE.csv")
    errors = messages(as_json)
    say_if_compiling(errors)
    effort = Effort(quick, workers)
    checks = _against(run or "baseline", against, effort, errors) if against else _all(effort, errors)
    if as_json:
        print_json("validate", map(_as_json, checks))
    else:
        console = Console(highlight=False)
        table = validation_table(checks, OWN if against else CAPTION)
        print_table(console, table, stack=(("model", "±"), ("check", "unit")), drop=("target",))
        console.print(summed_up(checks), soft_wrap=True)
    if any(check.verdict == "differs" for check in checks):
        raise typer.Exit(1)


def _all(effort: Effort, console: Console) -> list[Check]:
    """What theory and publications say."""
    from talentmarket.validation import all_checks

    checks: list[Check] = []
    with console.status("Checking") as status:
        for title, found in all_checks(effort):
            status.update(f"Checking {title}")
            checks += found
    return checks


def _against(source: str, file: Path, effort: Effort, console: Console) -> list[Check]:
    """What a table of one's own says of a run, which is read or run in memory."""
    from talentmarket.runs.folder.reading import read
    from talentmarket.runs.options import Options
    from talentmarket.runs.running import run
    from talentmarket.scenario.reading.loading import load
    from talentmarket.validation.against import checks_against
    from talentmarket.validation.own_tables import check_labs, read_own_table

    table = read_own_table(file)
    if Path(source).is_dir():
        return checks_against(read(source), table)
    scenario = load(source)
    check_labs(table, [lab.name for lab in scenario.labs])
    with progress_bar(console, scenario.title) as progress:
        count = effort.replicates(0, QUICK_REPLICATES)
        return checks_against(run(scenario, Options(count, effort.workers, progress=progress)), table)


def _as_json(check: Check) -> dict[str, Any]:
    return {
        "group": check.group,
        "name": check.name,
        "target": list(check.target),
        "model": check.value,
        "interval": list(check.interval),
        "unit": check.unit,
        "verdict": check.verdict,
        "source": check.source,
        "miss": check.miss,
    }


def validation_table(checks: Sequence[Check], caption: str = CAPTION) -> Table:
    """One line a check, in groups."""
    from rich import box
    from rich.table import Table

    from talentmarket.validation.check import cells

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=caption, caption_justify="left")
    for header in ("check", "target", "model", "±", "unit", "verdict"):
        table.add_column(header, justify="right" if header in RIGHT else "left", no_wrap=header != "check")
    for group, members in groupby(checks, key=lambda check: check.group):
        table.add_section()
        table.add_row(f"[bold]{group}[/bold]")
        for check in members:
            *said, verdict = cells(check)
            table.add_row(check.name, *said, f"[{COLOURS[verdict]}]{verdict}[/]")
    return table


def summed_up(checks: Sequence[Check]) -> str:
    """Why some are known to miss, and how many agree."""
    misses: dict[str, list[str]] = {}
    for check in checks:
        if check.verdict == "known miss":
            misses.setdefault(check.miss, []).append(check.name)
    why = [f"Known miss: {'; '.join(names)}: {reason}." for reason, names in misses.items()]
    counts = Counter(check.verdict for check in checks)
    said = f"{counts['agrees']} agree, {counts['known miss']} known to miss, {counts['differs']} differ"
    return "\n".join([*why, f"{len(checks)} checks: {said}."])
