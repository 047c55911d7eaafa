"""The command `run`: scenarios in; a summary in the terminal, and a folder of tables and pictures for each, out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    from talentmarket.runs.runs import Runs


@dataclass(frozen=True)
class Request:
    """What the user asked for; 0 replicates and workers mean the scenario's number and one a processor."""

    scenarios: tuple[str, ...]
    overrides: tuple[str, ...]
    replicates: int
    workers: int
    out: Path
    name: str
    resume: bool
    replace: bool
    plots: bool
    quiet: bool
    as_json: bool
    verbose: bool


def run_scenarios(request: Request) -> bool:
    """Run every scenario of a request; returns whether all replicates went well.

    Raises
    ------
    InputError
        If any scenario is wrong or any folder cannot be written; nothing has run then.
    """
    if request.resume and request.replace:
        raise InputError("--resume goes on with what is there, --replace gives it up: choose one of them")
    names = _names(request)
    scenarios = _load_all(request)
    folders = _folders(request, names, scenarios)
    results = [_run_one(request, name, scenario) for name, scenario in zip(names, scenarios, strict=True)]
    if request.as_json:
        found = [_as_json(folder, runs) for folder, runs in zip(folders, results, strict=True)]
        print(json.dumps(found, indent=2, allow_nan=False))
    return not any(runs.failures for runs in results)


def _names(request: Request) -> list[str]:
    """Names of the run folders: each scenario's own, or the one that the user chose."""
    if request.name and len(request.scenarios) > 1:
        raise InputError(f"--name names one run folder, but there are {len(request.scenarios)} scenarios")
    return [request.name or Path(scenario).stem for scenario in request.scenarios]


def _folders(request: Request, names: list[str], scenarios: list[Scenario]) -> list[Path]:
    """The run folders, settled and found to be free; those that have another name than was asked for are said."""
    from talentmarket.runs.options import Options, Place
    from talentmarket.runs.places import check_names, check_places

    check_names(names)
    folders = [Place(name, request.out).folder for name in names]
    check_places(folders, scenarios, Options(replicates=request.replicates, replace=request.replace))
    console = Console(stderr=True, quiet=request.quiet or request.as_json)
    for name, folder in zip(names, folders, strict=True):
        if folder.name != name:
            console.print(f"{name!r} goes to {folder}.", markup=False, highlight=False, soft_wrap=True)
    return folders


def _load_all(request: Request) -> list[Scenario]:
    """All scenarios, or everything that is wrong with any of them."""
    from talentmarket.runs.replicates import available_workers

    scenarios: list[Scenario] = []
    problems: list[str] = []
    for given in request.scenarios:
        try:
            scenario = load(given, request.overrides)
            workers = request.workers or available_workers()
            check_memory(scenario, min(workers, request.replicates or scenario.run.replicates))
            scenarios.append(scenario)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return scenarios


def _run_one(request: Request, name: str, scenario: Scenario) -> Runs:
    from talentmarket.runs.running import Options, Place, run_to_folder

    console = Console(stderr=True, quiet=request.quiet or request.as_json)
    say_if_compiling(console)
    with progress_bar(console, scenario.title) as progress:
        options = Options(
            replicates=request.replicates,
            workers=request.workers,
            replace=request.replace,
            progress=progress,
            notice=lambda text: console.print(escape(text)),
            command=tuple(sys.argv),
            overrides=request.overrides,
        )
        place = Place(name, request.out, draw_plots if request.plots else None)
        runs = run_to_folder(scenario, place, options)
    _report(request, place.folder, runs)
    return runs


def say_if_compiling(console: Console) -> None:
    """Warn of the minute or two that the first run on a machine takes longer."""
    from talentmarket.market.numeric.compiled import CACHE_FOLDER

    if not CACHE_FOLDER.is_dir():
        console.print("Compiling the engine: a minute or two, and only the first time.")


@contextmanager
def progress_bar(console: Console, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with the time left, if it is a terminal; gives the function that moves it."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(escape(title), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def draw_plots(runs: Runs, folder: Path) -> None:
    """Draw every picture that applies to a run into a folder, as PNG and SVG."""
    from talentmarket.plots import Provenance, all_plots, save

    tables = {name: getattr(runs, name) for name in ("months", "flows", "offers", "moves", "events", "replicates")}
    revision = str(runs.manifest.git.get("revision", ""))
    version = runs.manifest.versions.get("talentmarket", "")
    provenance = Provenance(runs.scenario.title, runs.scenario.run.seed, version, revision)
    for name, figure in all_plots(tables, runs.scenario).items():
        save(figure, folder, name, provenance)


def _report(request: Request, folder: Path, runs: Runs) -> None:
    """Print the summary, what failed, and where everything is."""
    from talentmarket.runs.summary_table import definitions_table, summary_table

    errors = Console(stderr=True)
    for failure in runs.failures:
        errors.print(escape(f"Replicate {failure.replicate} failed: {failure.error}"), style="red")
    if runs.manifest.plots_error:
        errors.print(escape(f"The pictures could not be drawn: {runs.manifest.plots_error}"), style="red")
    if request.quiet or request.as_json:
        return
    console = Console()
    replicates = runs.manifest.replicates
    console.print(summary_table(runs.summary, runs.scenario.title, replicates))
    if request.verbose:
        console.print(definitions_table(runs.summary), end="\n\n")
    console.print(f"{folder}", markup=False, highlight=False, soft_wrap=True)


def _as_json(folder: Path, runs: Runs) -> dict[str, Any]:
    """A run for scripts: its folder, its failures and its summary; what is undefined is null."""
    summary = runs.summary.astype(object).where(runs.summary.notna(), None)
    return {
        "title": runs.scenario.title,
        "folder": str(folder),
        "seed": runs.scenario.run.seed,
        "replicates": runs.manifest.replicates,
        "failures": [{"replicate": failure.replicate, "error": failure.error} for failure in runs.failures],
        "summary": summary.to_dict(orient="records"),
    }
