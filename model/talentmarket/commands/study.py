"""The command `study`: many points of the parameters' space in; what an answer hangs on, and where it holds, out."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.options import AsJson, Cluster, Overrides, Plots, Quiet, Workers
from talentmarket.commands.run import drawing, run_in_place
from talentmarket.commands.terminal import cell, crew_at, messages, progress_bar, say, say_if_compiling
from talentmarket.interruption import keeping
from talentmarket.numbers import count, mean_and_interval, number

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from talentmarket.runs.workers import Crew
    from talentmarket.studies.reading.study import Study
    from talentmarket.studies.result import StudyResult
    from talentmarket.studies.sampling.running import Slice

MOST_ROWS = 12


def study(
    source: Annotated[
        str,
        typer.Argument(
            metavar="STUDY|SCENARIO", help="A study file, or a scenario; without --vary, all that is plausible."
        ),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH=VALUES",
            help="What to vary: PATH=1..9, 1..9:5:log (steps, ratios), 1,2,4 or x0.5,x2; * for any item.",
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE", help="What is asked, as in 'lost_to_labs of OpenAI:lower'; may be given again."
        ),
    ] = None,
    base: Annotated[str, typer.Option(help="Study the difference from this scenario under the same shocks.")] = "",
    overrides: Overrides = None,
    design: Annotated[str, typer.Option(help="grid, latin, sobol, random, morris or saltelli; else a grid.")] = "",
    points: Annotated[int, typer.Option(min=0, help="How many points; a sobol or random study can be extended.")] = 0,
    replicates: Annotated[int, typer.Option(min=0, help="Runs a point, a multiple of 8; 0 for 8.")] = 0,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the design; the shocks are the scenario's.")] = None,
    workers: Workers = 0,
    cluster: Cluster = "",
    out: Annotated[Path, typer.Option(help="Folder of the studies' folders.")] = Path("outputs/studies"),
    name: Annotated[str, typer.Option(help="Name of the study's folder; else the file's or the scenario's.")] = "",
    slice_: Annotated[
        str,
        typer.Option("--slice", metavar="K/N", help="Run the K-th of N slices only, beside others on a shared disk."),
    ] = "",
    dry: Annotated[bool, typer.Option("--dry", help="Only say what it comes to.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="As without it: go on with what is there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Give up what is there, and run anew.")] = False,
    keep: Annotated[int | None, typer.Option(min=0, help="Run a point again, into run folders.")] = None,
    plots: Plots = True,
    report: Annotated[bool, typer.Option("--report", help="Write the report on it, one HTML file.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Study what an answer hangs on: many points, paired outcomes, indices, robustness, pictures, sentences.

    Example: talentmarket study meta_raid --vary 'campaigns.Meta on OpenAI.tiers.top.total=10..500:9:log'
    """
    from talentmarket.errors import InputError
    from talentmarket.runs.folder.naming import folder_name
    from talentmarket.studies.reading.file import is_study
    from talentmarket.studies.reading.words import Words, study_of
    from talentmarket.studies.screening import screening_of, strongest_six

    if resume and replace:
        raise InputError("--resume goes on with what is there, --replace gives it up: choose one of them")
    words = Words(
        tuple(vary or ()), tuple(outcome or ()), tuple(overrides or ()), base, design, points, replicates, seed
    )
    folder = out / folder_name(name or Path(source).stem)
    console = messages(quiet or as_json)
    part = slice_of(slice_) if slice_ else None
    how = _How(workers, cluster, replace, plots, console)
    if is_study(source) or words.vary:
        asked = study_of(source, words)
    else:
        screening, left_out = screening_of(source, words)
        if left_out:
            say(console, f"Left out, as the scenario binds them to other values: {', '.join(left_out)}")
        if dry:
            _print_size(screening, workers)
            return
        if part is not None:
            raise InputError("--slice needs a study file or --vary: what is plausible is screened first, in one piece")
        screened = _run(screening, folder.with_name(f"{folder.name}-screening"), how)
        if not (quiet or as_json):
            _print(folder.with_name(f"{folder.name}-screening"), screened)
        asked = strongest_six(screened, points)
    if part is not None:
        _run_slice(asked, folder, part, workers, cluster, console)
        return
    if keep is not None:
        _keep(asked, keep, out.parent, folder.name, workers, console)
        return
    if dry:
        _print_size(asked, workers)
        return
    result = _run(asked, folder, how)
    if report:
        _write_report(result, folder)
    if as_json:
        print(json.dumps(_as_json(folder, result), indent=2, allow_nan=False))
    elif not quiet:
        _print(folder, result)
    if len(result.failures):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _How:
    """How the points are run and shown."""

    workers: int
    cluster: str
    replace: bool
    plots: bool
    console: Console


def slice_of(text: str) -> Slice:
    """The slice that K/N names.

    Raises
    ------
    InputError
        If it is none.
    """
    from talentmarket.errors import InputError
    from talentmarket.studies.sampling.running import Slice

    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text, re.ASCII)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise InputError(f"--slice {text}: a slice is K/N, K from 1 to N, as in 2/5")
    return Slice(int(found[1]), int(found[2]))


@contextmanager
def _crew(workers: int, cluster: str, console: Console) -> Iterator[Crew]:
    """Who runs the points."""
    from talentmarket.runs.workers import Threads

    say_if_compiling(console)
    with crew_at(cluster, console) as crew:
        ours = crew or Threads(workers)
        try:
            yield ours
        finally:
            if crew is None:
                ours.close()


def _run_slice(asked: Study, folder: Path, part: Slice, workers: int, cluster: str, console: Console) -> None:
    """Run a slice of the points, and nothing that needs the others."""
    from talentmarket.studies.sampling.running import sample_slice

    told = f"finished parts of {folder.name} are kept; the same command goes on with the others"
    with (
        _crew(workers, cluster, console) as crew,
        keeping(lambda: told),
        progress_bar(console, asked.title) as progress,
    ):
        points = sample_slice(asked, folder, part, crew, progress)
    say(
        console, f"{count(points, 'point')} of slice {part.number}/{part.count} done; without --slice all are collected"
    )


def _run(asked: Study, folder: Path, how: _How) -> StudyResult:
    """Run what is missing, with a bar, and write what follows from it."""
    from talentmarket.runs.replicates import available_workers
    from talentmarket.scenario.memory import check_memory
    from talentmarket.studies.folder import write_result
    from talentmarket.studies.reading.setting import own_scenario
    from talentmarket.studies.result import StudyResult
    from talentmarket.studies.sampling.running import sample

    check_memory(own_scenario(asked, asked.runs[0]), how.workers or available_workers())
    told = f"finished parts of {folder.name} are kept; the same command goes on with the others"
    with (
        _crew(how.workers, how.cluster, how.console) as crew,
        keeping(lambda: told),
        progress_bar(how.console, asked.title) as progress,
    ):
        sampled = sample(asked, folder, crew, how.replace, progress)
    result = StudyResult(sampled)
    with how.console.status("Analysing"):
        write_result(result, folder, _draw if how.plots else None)
    return result


def _draw(result: StudyResult, folder: Path) -> None:
    from talentmarket.plots.studies.gallery import save_study_plots

    save_study_plots(result, folder)


def _write_report(result: StudyResult, folder: Path) -> None:
    from talentmarket.report import study_report, write_report
    from talentmarket.studies.sampling.store import REPORT

    write_report(study_report(result, folder), folder / REPORT)


def _print_size(asked: Study, workers: int) -> None:
    """What a study comes to; the seconds from one replicate that is timed."""
    from rich.console import Console

    from talentmarket.market.simulate import simulate
    from talentmarket.runs.replicates import available_workers
    from talentmarket.studies.reading.setting import own_scenario
    from talentmarket.studies.sampling.running import size_of

    size, own = size_of(asked), own_scenario(asked, asked.runs[0])
    simulate(own, 0)  # compiles
    begun = time.perf_counter()
    simulate(own, 0)
    seconds = (time.perf_counter() - begun) / (workers or available_workers())
    least, most = size.least_replicates, size.most_replicates
    runs = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    times = (
        number(least * seconds, 2) if least == most else f"{number(least * seconds, 2)} to {number(most * seconds, 2)}"
    )
    console = Console()
    say(console, f"{count(size.points, 'point')} ({asked.design.kind}), {runs} replicates on all sides")
    say(console, f"about {times} seconds, at most {size.bytes / 1e6:,.1f} MB")


def _keep(asked: Study, point: int, out: Path, name: str, workers: int, console: Console) -> None:
    """Run a point again, all of it, into a run folder for each side."""
    from talentmarket.runs.options import Options
    from talentmarket.runs.options import Place as RunPlace
    from talentmarket.studies.sampling.running import scenarios_of

    scenarios = scenarios_of(asked, point)
    for side, scenario in zip(asked.sides, scenarios, strict=True):
        place = RunPlace(f"{name}-{point}-{side.name}", out, drawing())
        options = Options(replicates=asked.stopping.most, workers=workers, command=tuple(sys.argv))
        run_in_place(scenario, place, options, console)
        say(console, f"{place.folder}")


def _print(folder: Path, result: StudyResult) -> None:
    from rich.console import Console

    console = Console()
    for panel in result.panels:
        table = indices_table(result, panel.name, panel.choice)
        if table.row_count:
            console.print(table)
    for answer in result.answers:
        console.print(cell(answer), highlight=False)
    say(console, f"{folder}")


def indices_table(result: StudyResult, response: str, choice: str) -> Table:
    """What a response hangs on, the strongest first, as a Rich table of at most 80 columns."""
    from rich import box
    from rich.table import Table

    from talentmarket.studies.analyses.indices import strongest

    title = cell(f"{response}{f' with {choice}' if choice else ''}")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Parameter", min_width=20)
    for header in ("Index", "95 % interval", "Response"):
        table.add_column(header, justify="right", no_wrap=True)
    rows = strongest(result.indices, response, choice)
    arrows = {1: "rises", -1: "falls", 0: ""}
    for row in rows.head(MOST_ROWS).itertuples():
        value, interval = mean_and_interval(row.value, row.low, row.high)
        weak = row.value <= row.floor
        table.add_row(cell(row.parameter), value, interval, arrows[row.direction], style="dim" if weak else "")
    if len(rows):
        table.columns[1].header = rows["index"].iloc[0].replace("_", " ")
    return table


def _as_json(folder: Path, result: StudyResult) -> dict[str, Any]:
    """A study for scripts; what is undefined is null."""

    def records(table: Any) -> Any:
        return table.astype(object).where(table.notna(), None).to_dict(orient="records")

    return {
        "folder": str(folder),
        "title": result.study.title,
        "answers": list(result.answers),
        "points": records(result.points),
        "indices": records(result.indices),
        "boxes": records(result.boxes),
    }
