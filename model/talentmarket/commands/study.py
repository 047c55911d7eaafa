"""The command `study`: many points of the parameters' space in; what an answer hangs on, and where it holds, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Cluster, Overrides, Plots, Quiet, Workers
from talentmarket.commands.common.terminal import cell, messages, print_json, print_table, say
from talentmarket.commands.study_run import How, comes_to, run, run_again, run_slice, slice_of, tell_sizes
from talentmarket.numbers import count, mean_and_interval

if TYPE_CHECKING:
    from rich.table import Table

    from talentmarket.studies.reading.study import Study
    from talentmarket.studies.reading.words import Words
    from talentmarket.studies.result import StudyResult

MOST_ROWS = 12
MOST_POINTS = 30  # that are printed


def study(
    source: Annotated[
        str,
        typer.Argument(
            metavar="STUDY|SCENARIO",
            help="A study file, or a scenario; without --vary, all that is plausible.",
            autocompletion=completion.studies,
        ),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[run:]PATH=VALUES",
            help="What to vary: PATH=1..9, 1..9:5:log (steps, ratios), 1,2,4 or x0.5,x2; * for any item. run:PATH=... varies it"
            " in the scenario alone, not in its --base.",
        ),
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE",
            help="What is asked, as in 'lost_to_labs of OpenAI:lower'; may be given again.",
            autocompletion=completion.measures,
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

    if resume and replace:
        raise InputError("--resume goes on with what is there, --replace gives it up: choose one of them")
    words = Words(
        tuple(vary or ()), tuple(outcome or ()), tuple(overrides or ()), base, design, points, replicates, seed
    )
    folder = out / folder_name(name or Path(source).stem)
    how = How(workers, cluster, replace, plots, messages(quiet or as_json), quiet or as_json)
    part = slice_of(slice_) if slice_ else None
    if is_study(source) or words.vary:
        asked = study_of(source, words)
    elif part is not None or keep is not None:
        raise InputError(
            "--slice and --keep need a study file or --vary: what is plausible is screened first, in one piece"
        )
    elif (screened := _screened(source, words, folder, how, dry, as_json)) is None:
        return
    else:
        asked = screened
    if part is not None:
        run_slice(asked, folder, part, how)
    elif keep is not None:
        run_again(asked, keep, out.parent, folder.name, how)
    else:
        _tell([("", asked)], how, dry, as_json)
        if not dry:
            _show(run(asked, folder, how), folder, how, report, as_json)


def _tell(studies: Sequence[tuple[str, Study]], how: How, dry: bool, as_json: bool) -> None:
    """Say what studies come to; a dry call for scripts as JSON."""
    if dry and as_json:
        print_json("study", [comes_to(asked, how.workers) for _, asked in studies])
    else:
        tell_sizes(studies, how, dry)


def _screened(source: str, words: Words, folder: Path, how: How, dry: bool, as_json: bool) -> Study | None:
    """Screen all that is plausible, and give the study of what matters most; None if it is only told what it comes to."""
    from talentmarket.studies.screening import screening_of, strongest_six

    screening = screening_of(source, words)
    if screening.left_out:
        say(how.console, f"Left out, as the scenario binds them to other values: {', '.join(screening.left_out)}")
    parameters = count(len(screening.study.parameters), "parameter")
    first = f"First a screening of all that is plausible, {parameters}, with population.scale={screening.scale:g}:"
    then = "Then the six that matter most, with all the people:"
    _tell([(first, screening.study), (then, screening.following)], how, dry, as_json)
    if dry:
        return None
    place = folder.with_name(f"{folder.name}-screening")
    result = run(screening.study, place, how)
    if not how.silent:
        _print(place, result)
    return strongest_six(screening, result)


def _show(result: StudyResult, folder: Path, how: How, report: bool, as_json: bool) -> None:
    """Print a study that has run, and write its report; ends with exit code 1 if points failed."""
    if report:
        _write_report(result, folder)
    if as_json:
        print_json("study", [_as_json(folder, result)])
    elif not how.silent:
        _print(folder, result)
    if len(result.failures):
        raise typer.Exit(1)


def _write_report(result: StudyResult, folder: Path) -> None:
    from talentmarket.report import study_report, write_report
    from talentmarket.studies.sampling.store import REPORT

    write_report(study_report(result, folder), folder / REPORT)


def _print(folder: Path, result: StudyResult) -> None:
    from rich.console import Console

    console = Console()
    for panel in result.panels:
        table = indices_table(result, panel.name, panel.choice)
        if table.row_count:
            index = str(table.columns[1].header)
            print_table(console, table, stack=((index, "95 % interval"),), drop=("Response",))
    if len(result.points) <= MOST_POINTS:
        print_table(console, points_table(result))
    for answer in result.answers:
        console.print(cell(answer), highlight=False)
    say(console, f"{folder}")


def points_table(result: StudyResult) -> Table:
    """The points with their parameters and outcomes, as a Rich table."""
    from rich import box
    from rich.table import Table

    from talentmarket.report.chapters.study_points import listed, outcomes_of

    columns, rows = listed(result)
    table = Table(
        title=cell(f"Points, {outcomes_of(result.study)}"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column in columns:
        table.add_column(cell(column), justify="right")
    for cells in rows:
        table.add_row(*map(cell, cells))
    return table


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
    """A study for scripts."""
    return {
        "folder": str(folder),
        "title": result.study.title,
        "answers": list(result.answers),
        "points": result.points,
        "indices": result.indices,
        "boxes": result.boxes,
    }
