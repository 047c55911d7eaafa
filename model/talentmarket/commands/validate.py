"""The command `validate`: the model against closed forms and published figures, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.options import AsJson, Workers
from talentmarket.commands.terminal import messages, print_json, print_table, say_if_compiling

if TYPE_CHECKING:
    from rich.table import Table

    from talentmarket.validation.check import Check

COLOURS = {"agrees": "green", "known miss": "yellow", "differs": "bold red"}
RIGHT = ("target", "model", "±")
CAPTION = "± 4.5 standard errors around what closed forms say, 95 % for published figures; empty: exact."


def validate(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer replicates: seconds, and wider intervals.")] = False,
    workers: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Hold the model against closed forms and published figures. Exit code 1 if anything differs.

    Example: talentmarket validate --quick
    """
    from rich.console import Console

    from talentmarket.validation import Effort, all_checks

    errors = messages(as_json)
    say_if_compiling(errors)
    checks: list[Check] = []
    with errors.status("Checking") as status:
        for title, found in all_checks(Effort(quick, workers)):
            status.update(f"Checking {title}")
            checks += found
    if as_json:
        print_json("validate", map(_as_json, checks))
    else:
        console = Console(highlight=False)
        print_table(console, validation_table(checks), stack=(("model", "±"), ("check", "unit")), drop=("target",))
        console.print(summed_up(checks), soft_wrap=True)
    if any(check.verdict == "differs" for check in checks):
        raise typer.Exit(1)


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


def validation_table(checks: Sequence[Check]) -> Table:
    """One line a check, in groups."""
    from rich import box
    from rich.table import Table

    from talentmarket.validation.check import cells

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=CAPTION, caption_justify="left")
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
