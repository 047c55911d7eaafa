"""The command `compare`: scenarios or run folders in; tables, twins and pictures of their differences out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from talentmarket.commands.run import draw_plots, progress_bar, say_if_compiling
from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    from talentmarket.comparison.comparison import Comparison
    from talentmarket.runs.places import Places
    from talentmarket.runs.runs import Runs


@dataclass(frozen=True)
class Request:
    """What the user asked for; 0 replicates and workers mean the scenario's number and one a processor."""

    sources: tuple[str, ...]
    overrides: tuple[str, ...]
    seed: int | None
    replicates: int
    workers: int
    out: Path
    name: str
    precision: float
    plots: bool
    report: bool
    quiet: bool
    as_json: bool


@dataclass(frozen=True)
class Side:
    """One of the runs: a run folder that is there, or a scenario to run."""

    name: str
    runs: Runs | None
    folder: Path
    scenario: Scenario


def compare_scenarios(request: Request) -> bool:
    """Run what is missing, compare everything with the first, print it and write the comparison's folder.

    Returns whether all replicates of all runs went well.

    Raises
    ------
    InputError
        If anything is wrong with the input; nothing has run then.
    """
    from talentmarket.comparison.comparison import check_precision, compared
    from talentmarket.comparison.folder import check_comparison_target, write_comparison
    from talentmarket.runs.folder.naming import folder_name

    if len(request.sources) < 2:
        raise InputError(f"compare needs at least two scenarios or run folders, found {len(request.sources)}")
    check_precision(request.precision)
    sides = _sides(request)
    target = request.out / folder_name(request.name or "-vs-".join(side.name for side in sides))
    check_comparison_target(target)
    _check_sides(sides)
    runs = [side.runs or _run(request, side) for side in sides]
    comparison = compared(runs, [side.name for side in sides], request.precision)
    plots = draw_comparison_plots if request.plots else None
    folders = tuple(side.folder for side in sides)
    report = _report_writer(folders) if request.report else None
    with Console(stderr=True, quiet=request.quiet or request.as_json).status("Comparing"):
        write_comparison(target, comparison, folders, plots, report)
    _print(request, target, comparison)
    return not any(each.failures for each in runs)


def _sides(request: Request) -> list[Side]:
    """All runs and scenarios, or everything that is wrong with any of them; nothing has run then."""
    from talentmarket.runs.folder.reading import read
    from talentmarket.runs.places import Places

    places = Places(request.out)
    there = {source: read(source) for source in request.sources if Path(source).is_dir()}
    first = next(iter(there.values()), None)
    seed = request.seed if request.seed is not None or first is None else first.manifest.seed
    overrides = (*request.overrides, *([] if seed is None else [f"run.seed={seed}"]))
    replicates = request.replicates or (0 if first is None else first.manifest.replicates)
    sides: list[Side] = []
    problems: list[str] = []
    for source in request.sources:
        try:
            if source in there:
                folder = Path(source).resolve()
                sides.append(Side(folder.name, there[source], folder, there[source].scenario))
            else:
                sides.append(_of_scenario(request, places, source, overrides, replicates))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return sides


def _check_sides(sides: Sequence[Side]) -> None:
    """Refuse what can be refused before anything runs."""
    from talentmarket.comparison.pairing import check_alike, check_enough
    from talentmarket.runs.options import Options
    from talentmarket.runs.places import check_places

    check_alike([side.scenario for side in sides], [side.name for side in sides])
    check_enough([side.runs.manifest.replicates if side.runs else side.scenario.run.replicates for side in sides])
    missing = [side for side in sides if side.runs is None]
    check_places([side.folder for side in missing], [side.scenario for side in missing], Options())


def _of_scenario(request: Request, places: Places, source: str, overrides: Sequence[str], replicates: int) -> Side:
    """A scenario, with its run folder if that holds all that is wanted."""
    from talentmarket.runs.replicates import available_workers
    from talentmarket.runs.resuming import finished_run

    scenario = load(source, overrides)
    count = replicates or scenario.run.replicates
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replicates": count})})
    check_memory(scenario, min(request.workers or available_workers(), count))
    folder = places.folder(Path(source).stem, scenario)
    return Side(Path(source).stem, finished_run(folder, scenario, count), folder, scenario)


def _run(request: Request, side: Side) -> Runs:
    from talentmarket.runs.running import Options, Place, run_to_folder

    console = Console(stderr=True, quiet=request.quiet or request.as_json)
    say_if_compiling(console)
    with progress_bar(console, side.scenario.title) as progress:
        options = Options(
            replicates=side.scenario.run.replicates,
            workers=request.workers,
            progress=progress,
            notice=lambda text: console.print(escape(text)),
            command=tuple(sys.argv),
            overrides=request.overrides,
        )
        place = Place(side.folder.name, side.folder.parent, draw_plots if request.plots else None)
        return run_to_folder(side.scenario, place, options)


def _report_writer(folders: tuple[Path, ...]) -> Callable[[Comparison, Path], None]:
    """What writes the HTML report on a comparison of the runs in some folders."""
    from talentmarket.report import comparison_report, write_report

    return lambda comparison, place: write_report(comparison_report(comparison, folders), place)


def draw_comparison_plots(comparison: Comparison, folder: Path) -> None:
    """Draw every picture of a comparison into a folder, as PNG and SVG."""
    from talentmarket.plots import Provenance, comparison_plots, save

    manifest = comparison.runs[0].manifest
    revision = str(manifest.git.get("revision", ""))
    titles = " / ".join(each.scenario.title for each in comparison.runs)
    provenance = Provenance(titles, manifest.seed, manifest.versions.get("talentmarket", ""), revision)
    for name, figure in comparison_plots(comparison).items():
        save(figure, folder, name, provenance)


def _print(request: Request, folder: Path, comparison: Comparison) -> None:
    from talentmarket.comparison.folder import REPORT
    from talentmarket.comparison.table import comparison_table, remarks

    if request.as_json:
        print(json.dumps(_as_json(folder, comparison), indent=2, allow_nan=False))
    if request.quiet or request.as_json:
        return
    console = Console()
    for name in comparison.names[1:]:
        console.print(comparison_table(comparison.table, name, comparison.names[0]))
    for remark in remarks(comparison):
        console.print(escape(remark), highlight=False)
    place = folder / REPORT if request.report else folder
    console.print(f"{place}", markup=False, highlight=False, soft_wrap=True)


def _as_json(folder: Path, comparison: Comparison) -> dict[str, Any]:
    """A comparison for scripts; what is undefined is null."""

    def records(table: Any) -> Any:
        return table.astype(object).where(table.notna(), None).to_dict(orient="records")

    return {
        "folder": str(folder),
        "base": comparison.names[0],
        "runs": list(comparison.names[1:]),
        "seed": comparison.runs[0].manifest.seed,
        "replicates": comparison.replicates,
        "precision": comparison.precision,
        "notes": list(comparison.notes),
        "effects": records(comparison.table),
        "fates": records(comparison.fates),
    }
