"""The command `run`: scenarios in; a run folder with tables and pictures, and a summary of each, out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace as changed
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands import completion
from talentmarket.commands.options import AsJson, Cluster, Overrides, Plots, Quiet, Replicates, Workers, seeded
from talentmarket.commands.terminal import (
    cell,
    crew_at,
    messages,
    print_json,
    print_table,
    progress_bar,
    say,
    say_if_compiling,
)
from talentmarket.interruption import keeping
from talentmarket.numbers import mean_and_interval

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from talentmarket.runs.options import Options, Place
    from talentmarket.runs.runs import Runs
    from talentmarket.runs.summary import Row
    from talentmarket.scenario.schema import Scenario

RIGHT = ("Mean", "95 % interval")
STACK = (("Mean", "95 % interval"), ("Measure", "Lab"), ("Measure", "Unit"))


def run(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Scenario files, or names of shipped ones.",
            autocompletion=completion.scenarios,
        ),
    ],
    overrides: Overrides = None,
    replicates: Replicates = 0,
    seed: Annotated[int | None, typer.Option(help="In place of the scenario's own seed.")] = None,
    workers: Workers = 0,
    cluster: Cluster = "",
    out: Annotated[Path, typer.Option(help="Folder of the run folders.")] = Path("outputs"),
    name: Annotated[str, typer.Option(help="Name of the run folder; else the scenario's.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="As without it: go on with what is there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Give up what is there, and run anew.")] = False,
    plots: Plots = True,
    quiet: Quiet = False,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Explain every measure.")] = False,
) -> None:
    """Run scenarios many times: a summary with 95 % intervals, and a folder of tables and pictures for each.

    Example: talentmarket run baseline meta_raid --replicates 50 --set choice.noise=0.5
    """
    from talentmarket.errors import InputError
    from talentmarket.runs.options import Options, Place

    if resume and replace:
        raise InputError("--resume goes on with what is there, --replace gives it up: choose one of them")
    options = Options(
        replicates=replicates,
        workers=workers,
        replace=replace,
        command=tuple(sys.argv),
        overrides=seeded(overrides, seed),
    )
    places = [Place(each, out, draw if plots else None) for each in _names(scenarios, name)]
    console = messages(quiet or as_json)
    loaded = _load_all(scenarios, options)
    _settle(places, loaded, options, console)
    found: list[dict[str, Any]] = []
    with crew_at(cluster, console) as crew:
        for scenario, place in zip(loaded, places, strict=True):
            runs = run_in_place(scenario, place, changed(options, crew=crew), console)
            _print_failures(runs)
            if not (quiet or as_json):
                _print_summary(place.folder, runs, verbose)
            found.append(_as_json(place.folder, runs))
    if as_json:
        print_json("run", found)
    if any(each["failures"] for each in found):
        raise typer.Exit(1)


def _names(scenarios: Sequence[str], name: str) -> list[str]:
    """Names of the run folders: each scenario's own, or the one that the user chose."""
    from talentmarket.errors import InputError

    if name and len(scenarios) > 1:
        raise InputError(f"--name names one run folder, but there are {len(scenarios)} scenarios")
    return [name or Path(scenario).stem for scenario in scenarios]


def _settle(places: Sequence[Place], scenarios: Sequence[Scenario], options: Options, console: Console) -> None:
    """Find the run folders to be free, and say which have another name than was asked for."""
    from talentmarket.runs.places import check_names, check_places

    check_names([place.name for place in places])
    check_places([place.folder for place in places], scenarios, options)
    for place in places:
        if place.folder.name != place.name:
            say(console, f"{place.name!r} goes to {place.folder}.")


def _load_all(given: Sequence[str], options: Options) -> list[Scenario]:
    """All scenarios, or everything that is wrong with any of them; nothing has run then."""
    from talentmarket.errors import ScenarioError
    from talentmarket.runs.replicates import available_workers
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.reading.loading import load

    scenarios: list[Scenario] = []
    problems: list[str] = []
    for each in given:
        try:
            scenario = load(each, options.overrides)
            workers = options.workers or available_workers()
            check_memory(scenario, min(workers, options.replicates or scenario.run.replicates))
            scenarios.append(scenario)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return scenarios


def run_in_place(scenario: Scenario, place: Place, options: Options, console: Console) -> Runs:
    """Run a scenario into its folder with a bar; an interruption tells what is kept of it."""
    from talentmarket.runs.running import run_to_folder
    from talentmarket.scenario.reading.inactive import without_effect

    for line in without_effect(scenario):
        say(console, f"{place.name}: {line}", "yellow")
    count = options.replicates or scenario.run.replicates
    say_if_compiling(console)
    with keeping(lambda: _kept(place, scenario, count)), progress_bar(console, scenario.title) as progress:
        watched = changed(options, progress=progress, notice=lambda text: say(console, text))
        return run_to_folder(scenario, place, watched)


def draw(runs: Runs, folder: Path) -> None:
    """Draw a run's pictures into a folder, and import what draws them only then."""
    from talentmarket.plots import save_plots

    save_plots(runs, folder)


def _kept(place: Place, scenario: Scenario, count: int) -> str:
    """What an interrupted run leaves: the batches in its draft or, once that has taken its place, in its folder."""
    from talentmarket.errors import harmless
    from talentmarket.runs.folder.draft import TABLES
    from talentmarket.runs.folder.swap import sibling
    from talentmarket.runs.replicates import batch_size

    draft = sibling(place.folder.resolve(), "new")
    folder = draft if draft.is_dir() else place.folder
    parts = len(list((folder / TABLES / "replicates").glob("part-*.parquet")))
    kept = min(count, parts * batch_size(scenario))
    return (
        f"{kept:,} of {count:,} replicates of {harmless(place.name)} are kept; the same command goes on with the others"
    )


def _print_failures(runs: Runs) -> None:
    console = messages(silent=False)
    for failure in runs.failures:
        say(console, f"Replicate {failure.replicate} failed: {failure.error}", "red")
    if runs.manifest.plots_error:
        say(console, f"The pictures could not be drawn: {runs.manifest.plots_error}", "red")


def _print_summary(folder: Path, runs: Runs, verbose: bool) -> None:
    """Print the summary and where everything is."""
    from rich.console import Console

    console = Console()
    table = summary_table(runs.summary_rows, runs.scenario.title, runs.manifest.replicates)
    print_table(console, table, stack=STACK, drop=("n",))
    if verbose:
        console.print(definitions_table(runs.summary_rows), end="\n\n")
    say(console, f"{folder}")


def _as_json(folder: Path, runs: Runs) -> dict[str, Any]:
    """A run for scripts: its folder, its failures and its summary."""
    return {
        "title": runs.scenario.title,
        "folder": str(folder),
        "seed": runs.scenario.run.seed,
        "replicates": runs.manifest.replicates,
        "failures": [{"replicate": failure.replicate, "error": failure.error} for failure in runs.failures],
        "summary": [row._asdict() for row in runs.summary_rows],
    }


def _shown(rows: Sequence[Row]) -> list[Row]:
    """Rows to show: with one raided lab, its own rows would only repeat those of all raided labs."""
    wholes = {row.measure for row in rows if row.lab == ""}
    named = {row.lab for row in rows if row.lab != "" and row.measure in wholes}
    return [row for row in rows if row.lab == "" or row.measure not in wholes or len(named) > 1]


def _cells(row: Row, replicates: int) -> dict[str, str]:
    """Text by column; names come from the user's files and may hold what Rich would take for markup."""
    mean, interval = mean_and_interval(row.mean, row.low, row.high)
    return {
        "Measure": row.measure.replace("_", " "),
        "Lab": cell(row.lab),
        "Mean": mean,
        "95 % interval": interval,
        "Unit": row.unit.replace(" per ", "/").replace(" a ", "/"),
        "n": f"{row.n:,}" if row.n < replicates else "",
    }


def _add_group(table: Table, group: str, rows: list[dict[str, str]]) -> None:
    table.add_section()
    table.add_row(f"[bold]{group}[/bold]")
    last = ""
    for cells in rows:
        again = cells["Measure"] == last
        last = cells["Measure"]
        said = {**cells, "Measure": ""} if again else cells
        table.add_row(*(said[str(column.header)] for column in table.columns))


def summary_table(summary: Sequence[Row], title: str, replicates: int) -> Table:
    """The summary as a Rich table, in groups, with units and 95 % intervals of the mean.

    Parameters
    ----------
    summary
        As `summary.summary_rows` makes it.
    title
        Title of the table.
    replicates
        Number of replicates; a measure that is undefined in some of them shows in how many (n) it is defined.
    """
    from rich import box
    from rich.table import Table

    rows = [(row.group, _cells(row, replicates)) for row in _shown(summary)]
    table = Table(title=cell(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Measure", min_width=18)
    for header in ("Lab", "Mean", "95 % interval"):
        table.add_column(header, justify="right" if header in RIGHT else "left", no_wrap=True)
    table.add_column("Unit", min_width=10)
    if any(cells["n"] for _, cells in rows):
        table.add_column("n", justify="right", no_wrap=True)
    for group, members in groupby(rows, key=lambda row: row[0]):
        _add_group(table, group, [cells for _, cells in members])
    return table


def definitions_table(summary: Sequence[Row]) -> Table:
    """What each measure of a summary is, as a Rich table that fits any terminal."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("Measure", no_wrap=True)
    table.add_column("What it is")
    for measure, definition in {row.measure: row.definition for row in summary}.items():
        table.add_row(measure.replace("_", " "), cell(definition))
    table.add_row("n", "In how many runs a measure is defined, where that is not all of them.")
    return table
