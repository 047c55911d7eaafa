"""The command `run`: scenarios in; a run folder with tables and pictures, and a summary of each, out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import (
    AsJson,
    Cluster,
    Overrides,
    Plots,
    Quiet,
    Replicates,
    SvgText,
    Workers,
    seeded,
)
from talentmarket.commands.common.summaries import STACK, definitions_table, summary_table
from talentmarket.commands.common.terminal import (
    cell,
    crew_at,
    messages,
    print_answer,
    print_json,
    print_table,
    progress_bar,
    say,
    say_if_compiling,
)
from talentmarket.interruption import keeping

if TYPE_CHECKING:
    from rich.console import Console

    from talentmarket.runs.options import Options, Place
    from talentmarket.runs.runs import Runs
    from talentmarket.scenario.schema import Scenario


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
    svg_text: SvgText = False,
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
    places = [Place(each, out, drawing(svg_text) if plots else None) for each in _names(scenarios, name)]
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
    from talentmarket.runs.workers import available_workers
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
    from talentmarket.scenario.inactive.notes import without_effect

    for line in without_effect(scenario):
        say(console, f"{place.name}: {line}", "yellow")
    count = options.replicates or scenario.run.replicates
    say_if_compiling(console)
    with keeping(lambda: _kept(place, scenario, count)), progress_bar(console, scenario.title) as progress:
        watched = changed(options, progress=progress, notice=lambda text: say(console, text))
        runs = run_to_folder(scenario, place, watched)
    if place.plots is not None:
        say_if_letters_are_missing(console, scenario)
    return runs


def drawing(svg_text: bool = False) -> Callable[[Runs, Path], None]:
    """What draws a run's pictures into a folder; whatever draws them is imported only then."""

    def draw(runs: Runs, folder: Path) -> None:
        from talentmarket.plots import save_plots

        save_plots(runs, folder, svg_text)

    return draw


def say_if_letters_are_missing(console: Console, scenario: Scenario) -> None:
    """Tell in one line that pictures show squares for letters that no font of this machine has."""
    tiers = [tier.name for campaign in scenario.campaigns for tier in campaign.tiers]
    names = [each.name for each in scenario.labs] + [each.name for each in scenario.campaigns] + tiers
    text = "".join([scenario.title, *names])
    if text.isascii():
        return
    from talentmarket.plots.words import undrawable

    if missing := undrawable(text):
        say(
            console,
            f"Pictures show □ for {cell(missing)}: no font of this machine has these letters; install one, such as Noto Sans CJK.",
            "yellow",
        )


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

    from talentmarket.runs.sentences import first_sentences

    console = Console()
    table = summary_table(runs.summary_rows, runs.scenario.title, runs.manifest.replicates)
    print_table(console, table, stack=STACK, drop=("n",))
    if verbose:
        console.print(definitions_table(runs.summary_rows), end="\n\n")
    print_answer(console, first_sentences(runs))
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
