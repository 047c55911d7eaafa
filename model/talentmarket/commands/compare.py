"""The command `compare`: scenarios or run folders in; tables, twins and pictures of their differences out."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands import completion
from talentmarket.commands.apart import apart_table, check_parts, take_apart
from talentmarket.commands.options import AsJson, Cluster, Overrides, Plots, Quiet, Replicates, Workers, seeded
from talentmarket.commands.run import draw, run_in_place
from talentmarket.commands.terminal import cell, crew_at, messages, print_json, print_table, say
from talentmarket.numbers import UNKNOWN, decimals, fixed, percent, signed

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from talentmarket.comparison.comparison import Comparison
    from talentmarket.runs.options import Options
    from talentmarket.runs.places import Places
    from talentmarket.runs.runs import Runs
    from talentmarket.scenario.schema import Scenario

WITHOUT_DIFFERENCE = ("the same", "only one run has it", "undefined")
HEADERS = ("Base", "Run", "Difference", "95 % interval", "Needs")


def compare(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="Scenarios or run folders; the first is the base.",
            autocompletion=completion.scenarios,
        ),
    ],
    overrides: Overrides = None,
    replicates: Replicates = 0,
    seed: Annotated[int | None, typer.Option(help="In place of the scenarios' own seed.")] = None,
    workers: Workers = 0,
    cluster: Cluster = "",
    out: Annotated[Path, typer.Option(help="Folder of the run folders and of the comparison.")] = Path("outputs"),
    name: Annotated[str, typer.Option(help="Name of the comparison's folder; else A-vs-B.")] = "",
    precision: Annotated[
        float, typer.Option(help="Wanted precision, as a share of a difference: tells how many runs it needs.")
    ] = 0.1,
    plots: Plots = True,
    apart: Annotated[
        bool, typer.Option("--apart", help="Switch each thing in which the two differ on alone, and in turn.")
    ] = False,
    report: Annotated[bool, typer.Option("--report", help="Write the report on it, one HTML file.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios under the same shocks: paired differences with intervals, twins, pictures.

    Example: talentmarket compare baseline meta_raid --replicates 50
    """
    from talentmarket.comparison.comparison import check_precision, compared
    from talentmarket.comparison.folder import REPORT, check_comparison_target, write_comparison
    from talentmarket.errors import InputError
    from talentmarket.runs.folder.naming import folder_name
    from talentmarket.runs.options import Options, Place

    if len(sources) < 2:
        raise InputError(f"compare needs at least two scenarios or run folders, found {len(sources)}")
    if apart and len(sources) != 2:
        raise InputError(f"--apart takes the difference of two scenarios apart, found {len(sources)}")
    check_precision(precision)
    wanted = Options(replicates=replicates, workers=workers, command=tuple(sys.argv), overrides=tuple(overrides or ()))
    sides = _sides(sources, wanted, seed, out)
    target = out / folder_name(name or "-vs-".join(side.name for side in sides))
    check_comparison_target(target)
    _check_sides(sides)
    if apart:
        check_parts(sides[0].scenario, sides[1].scenario)
    console = messages(quiet or as_json)
    runs = []
    with crew_at(cluster, console) as crew:
        for side in sides:
            place = Place(side.folder.name, side.folder.parent, draw if plots else None)
            options = changed(wanted, replicates=side.scenario.run.replicates, crew=crew)
            runs.append(side.runs or run_in_place(side.scenario, place, options, console))
    comparison = compared(runs, [side.name for side in sides], precision)
    folders = tuple(side.folder for side in sides)
    table = take_apart(comparison, workers, console) if apart else None
    with console.status("Comparing"):
        pictures = (lambda found, folder: _draw(found, folder, table)) if plots else None
        write_comparison(target, comparison, folders, pictures, _report_writer(folders) if report else None, table)
    if as_json:
        print_json("compare", [_as_json(target, comparison, table)])
    elif not quiet:
        _print(target / REPORT if report else target, comparison, table)
    if any(each.failures for each in runs):
        raise typer.Exit(1)


@dataclass(frozen=True)
class Side:
    """One of the runs: a run folder that is there, or a scenario to run."""

    name: str
    runs: Runs | None
    folder: Path
    scenario: Scenario


def _sides(sources: Sequence[str], wanted: Options, seed: int | None, out: Path) -> list[Side]:
    """All runs and scenarios, or everything that is wrong with any of them; nothing has run then."""
    from talentmarket.errors import ScenarioError
    from talentmarket.runs.folder.reading import read
    from talentmarket.runs.places import Places

    places = Places(out)
    there = {source: read(source) for source in sources if Path(source).is_dir()}
    first = next(iter(there.values()), None)
    overrides = seeded(list(wanted.overrides), first.manifest.seed if seed is None and first is not None else seed)
    replicates = wanted.replicates or (0 if first is None else first.manifest.replicates)
    sides: list[Side] = []
    problems: list[str] = []
    for source in sources:
        try:
            if source in there:
                folder = Path(source).resolve()
                sides.append(Side(folder.name, there[source], folder, there[source].scenario))
            else:
                sides.append(_of_scenario(source, overrides, replicates, wanted.workers, places))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return sides


def _of_scenario(source: str, overrides: Sequence[str], replicates: int, workers: int, places: Places) -> Side:
    """A scenario, with its run folder if that holds all that is wanted."""
    from talentmarket.runs.replicates import available_workers
    from talentmarket.runs.resuming import finished_run
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.reading.loading import load

    scenario = load(source, overrides)
    count = replicates or scenario.run.replicates
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replicates": count})})
    check_memory(scenario, min(workers or available_workers(), count))
    folder = places.folder(Path(source).stem, scenario)
    return Side(Path(source).stem, finished_run(folder, scenario, count), folder, scenario)


def _check_sides(sides: Sequence[Side]) -> None:
    """Refuse what can be refused before anything runs."""
    from talentmarket.comparison.pairing import check_alike, check_enough
    from talentmarket.runs.options import Options
    from talentmarket.runs.places import check_places

    check_alike([side.scenario for side in sides], [side.name for side in sides])
    check_enough([side.runs.manifest.replicates if side.runs else side.scenario.run.replicates for side in sides])
    if missing := [side for side in sides if side.runs is None]:
        check_places([side.folder for side in missing], [side.scenario for side in missing], Options())


def _draw(comparison: Comparison, folder: Path, apart: pd.DataFrame | None) -> None:
    from talentmarket.plots import save_comparison_plots

    save_comparison_plots(comparison, folder, apart)


def _report_writer(folders: tuple[Path, ...]) -> Callable[[Comparison, Path], None]:
    """What writes the HTML report on a comparison of the runs in some folders."""
    from talentmarket.report import comparison_report, write_report

    return lambda comparison, place: write_report(comparison_report(comparison, folders), place)


def _print(place: Path, comparison: Comparison, apart: pd.DataFrame | None) -> None:
    from rich.console import Console

    console = Console()
    for name in comparison.names[1:]:
        table = comparison_table(comparison.table, name, comparison.names[0])
        print_table(console, table, stack=(("Difference", "95 % interval"),), drop=("Needs", "Base", "Run"))
    if apart is not None:
        print_table(console, apart_table(apart, comparison), drop=("In turn", "Alone"))
    for remark in remarks(comparison):
        console.print(cell(remark), highlight=False)
    say(console, f"{place}")


def _as_json(folder: Path, comparison: Comparison, apart: pd.DataFrame | None) -> dict[str, Any]:
    """A comparison for scripts."""
    return {
        "folder": str(folder),
        "base": comparison.names[0],
        "runs": list(comparison.names[1:]),
        "seed": comparison.runs[0].manifest.seed,
        "replicates": comparison.replicates,
        "precision": comparison.precision,
        "notes": list(comparison.notes),
        "effects": comparison.table,
        "costs": comparison.costs,
        "fates": comparison.fates,
        **({} if apart is None else {"apart": apart}),
    }


def comparison_table(table: pd.DataFrame, run: str, base: str) -> Table:
    """The effects of one run as a Rich table of at most 80 columns, in groups.

    Parameters
    ----------
    table
        As `Comparison.table`; rows of other runs, and those in which nothing differs, are left out.
    run, base
        Names of the run and of what it is compared with.
    """
    from rich import box
    from rich.table import Table

    title = cell(f"{run} against {base}")
    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    found.padding = (0, 1, 0, 0)
    found.add_column("Measure", min_width=20)
    for header in HEADERS:
        found.add_column(header, justify="right", no_wrap=True)
    rows = [row for row in table.itertuples() if row.run == run and row.verdict not in WITHOUT_DIFFERENCE]
    for group, members in groupby(rows, key=lambda row: row.group):
        found.add_section()
        found.add_row(f"[bold]{group}[/bold]")
        for _, of_measure in groupby(members, key=lambda row: row.measure):
            _add_measure(found, list(of_measure))
    return found


def _add_measure(found: Table, rows: list[Any]) -> None:
    """A row for each lab below the measure's name; a measure of the whole stands in one row."""
    name = f"{rows[0].measure.replace('_', ' ')}, {rows[0].unit}"
    if rows[0].lab != "":
        found.add_row(name)
    for row in rows:
        label = f"  {cell(row.lab)}" if row.lab else name if len(rows) == 1 else "  all of them"
        found.add_row(label, *_cells(row), style="" if row.significant else "dim")


def _cells(row: Any) -> tuple[str, ...]:
    known = not math.isnan(row.low)
    places = decimals(row.difference, (row.high - row.low) / 2.0 if known else 0.0)
    difference = signed(fixed(row.difference, places))
    mark = "*" if row.interval == "bootstrap" else ""
    return (
        fixed(row.base_mean, places),
        fixed(row.mean, places),
        difference if row.significant or not known else f"({difference})",
        f"{fixed(row.low, places)} to {fixed(row.high, places)}{mark}" if known else UNKNOWN,
        fixed(row.replicates_needed, 0),
    )


def remarks(comparison: Comparison) -> Iterator[str]:
    """Sentences that belong below the tables: what the marks mean, what pairing bought, the twins, the notes."""
    yield (f"In brackets: not significant (5 %, corrected for {comparison.table['p'].notna().sum()} tests at once).")
    yield f"Needs: replicates for a difference known to ±{100 * comparison.precision:g} %."
    if (comparison.table["interval"] == "bootstrap").any():
        yield "*: bootstrap interval, as the differences are skewed."
    for run in comparison.names[1:]:
        yield from _left_out(comparison.table, run)
        yield from _pairing(comparison.table, run)
    for row in comparison.costs.to_dict("records"):
        yield from _cost(row)
    for row in comparison.fates.to_dict("records"):
        yield from _twins(row)
    yield from comparison.notes


def _left_out(table: pd.DataFrame, run: str) -> Iterator[str]:
    verdicts = table.loc[table["run"] == run, "verdict"]
    for verdict, said in (
        ("the same", "the same in every replicate"),
        ("only one run has it", "known in one run only"),
    ):
        if count := int((verdicts == verdict).sum()):
            yield f"{run}: {count} more {'row is' if count == 1 else 'rows are'} {said}."


def _pairing(table: pd.DataFrame, run: str) -> Iterator[str]:
    differing = table[(table["run"] == run) & (table["width_ratio"] > 0.0)]
    if len(differing):
        saved = (differing["width_ratio"] ** -2.0).median()
        yield (
            f"{run}: seeing the same shocks took away {percent(differing['variance_reduction'].median())} of the "
            f"variance of a difference (median); without, it would take {saved:,.1f} times the replicates."
        )


def _cost(row: dict[str, Any]) -> Iterator[str]:
    """What each person still there costs, for labs whose spending on answers differs."""
    spending = (
        f"{row['run']}: {row['lab']} spends {signed(fixed(row['spending'], 1))} M$ on counter-offers and re-levellings"
    )
    people = f"{signed(fixed(row['people'], 1))} of its first staff are still there"
    if not row["note"]:
        interval = f"{fixed(row['low'], 2)} to {fixed(row['high'], 2)}"
        yield f"{spending}; {people}: {fixed(row['cost'], 2)} M$ a person ({interval})."
    elif row["spending"] != 0.0:
        yield f"{spending}; {people}: no cost a person, as {row['note']}."


def _twins(fates: dict[str, Any]) -> Iterator[str]:
    each = fates["replicates"]
    if fates["moves"]:
        yield (
            f"{fates['run']}: {percent(fates['caused_share'], 1)} of its moves are not in the base; "
            f"lives that differ: {fates['people'] / each:,.0f} a replicate ({fates['moved'] / each:,.0f} move here only, "
            f"{fates['stayed'] / each:,.0f} there only, the others elsewhere or at another time)."
        )
    if fates["raided"]:
        share = fates["raided_who_else_stayed"] / fates["raided"]
        yield (
            f"{fates['run']}: of {fates['raided'] / each:,.1f} people a replicate whom a raid's offer moved, "
            f"{percent(share)} never move in the base."
        )
