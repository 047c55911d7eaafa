"""The command `calibrate`: the values at which the model meets published figures, and how well those tell them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from talentmarket.commands.common.options import AsJson, Cluster, Plots, Quiet, Workers
from talentmarket.commands.common.terminal import (
    cell,
    crew_at,
    messages,
    print_json,
    print_table,
    say,
    say_if_compiling,
)
from talentmarket.interruption import keeping
from talentmarket.numbers import mean_and_interval, number, signed

if TYPE_CHECKING:
    import numpy as np
    from rich.table import Table

    from talentmarket.calibration.file import Calibration
    from talentmarket.calibration.recovery import Recovery
    from talentmarket.calibration.result import Fitted
    from talentmarket.calibration.trials import Trials

MOST_SUGGESTIONS = 5


def calibrate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A calibration file, or `baseline` for the shipped one.")],
    confirm: Annotated[int, typer.Option(min=2, help="Replicates of the table of targets at the point found.")] = 100,
    check: Annotated[
        int, typer.Option(min=0, help="Instead of fitting, hide so many sets of known values and find them again.")
    ] = 0,
    study: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Begin searches at the points of a study that meet the targets best."),
    ] = None,
    workers: Workers = 0,
    cluster: Cluster = "",
    out: Annotated[Path, typer.Option(help="Folder of the calibrations' folders.")] = Path("outputs/calibrations"),
    name: Annotated[str, typer.Option(help="Name of the calibration's folder; else the file's.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Give up what is there, and begin anew.")] = False,
    plots: Plots = True,
    report: Annotated[bool, typer.Option("--report", help="Write the report on it, one HTML file.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Find the parameter values at which the model meets published figures, and how well those tell them. Takes minutes.

    Every point is kept: the same command goes on with what is there.

    Example: talentmarket calibrate baseline
    """
    from talentmarket.calibration.folder import CHECK
    from talentmarket.calibration.reading import find_calibration, read_calibration
    from talentmarket.calibration.trials import Trials
    from talentmarket.runs.folder.naming import folder_name

    calibration = read_calibration(find_calibration(file))
    folder = out / folder_name(name or Path(file).stem)
    console = messages(quiet or as_json)
    begin = _begin(calibration, study)
    say_if_compiling(console)
    with crew_at(cluster, console) as crew, console.status("Searching") as status:
        trials = Trials(
            calibration, workers, tell=lambda made: status.update(f"Searching: {made:,} points simulated"), crew=crew
        )
        if check:
            recovery = _check(trials, folder / CHECK, check, replace)
        else:
            fitted = _fit(trials, folder, _Wanted(confirm, replace, plots, report, begin))
    if check:
        _show_check(recovery, folder / CHECK, quiet, as_json)
    elif as_json:
        print_json("calibrate", [_as_json(fitted, folder)])
    elif not quiet:
        _print(fitted, folder)


class _Wanted(NamedTuple):
    """What is wanted of a search: replicates that confirm it, whether pictures and a report, and where it begins."""

    confirm: int
    replace: bool
    plots: bool
    report: bool
    begin: np.ndarray | None


def _begin(calibration: Calibration, study: Path | None) -> np.ndarray | None:
    """Where searches begin by a study's points."""
    if study is None:
        return None
    from talentmarket.calibration.starting import starts_from
    from talentmarket.studies.folder import read_result

    return starts_from(calibration, read_result(study))


def _fit(trials: Trials, folder: Path, wanted: _Wanted) -> Fitted:
    """Search, and write what follows into the folder."""
    from talentmarket.calibration.folder import REPORT, opened, write_fitted
    from talentmarket.calibration.result import calibrate as solved
    from talentmarket.report import calibration_report, write_report

    with opened(folder, trials, wanted.replace), keeping(lambda: _kept(folder)):
        fitted = solved(trials.calibration, trials, wanted.confirm, wanted.begin)
        write_fitted(fitted, folder, _draw if wanted.plots else None)
        if wanted.report:
            write_report(calibration_report(fitted, folder), folder / REPORT)
    return fitted


def _kept(folder: Path) -> str:
    """What an interruption leaves."""
    return f"points that were simulated are kept in {folder}; the same command goes on with the others"


def _draw(fitted: Fitted, folder: Path) -> None:
    from talentmarket.plots.calibration.gallery import save_calibration_plots

    save_calibration_plots(fitted, folder)


def _check(trials: Trials, folder: Path, count: int, replace: bool) -> Recovery:
    """Hide known values and find them again."""
    from talentmarket.calibration.folder import opened, write_recovery
    from talentmarket.calibration.recovery import recover

    with opened(folder, trials, replace), keeping(lambda: _kept(folder)):
        recovery = recover(trials.calibration, trials, count)
        write_recovery(recovery, folder)
    return recovery


def _show_check(recovery: Recovery, folder: Path, quiet: bool, as_json: bool) -> None:
    """Print what became of hidden values; ends with exit code 1 if the intervals do not hold them."""
    from rich.console import Console

    if as_json:
        said = {"inside": recovery.inside, "known": recovery.known, "passed": recovery.passed}
        print_json("calibrate", [{**said, "values": recovery.table}])
    elif not quiet:
        shown = Console(highlight=False)
        print_table(shown, _recovered(recovery.table), drop=("Data set", "Standard errors off"))
        shown.print(f"{recovery.inside} of {recovery.known} intervals of 95 % hold the hidden value.")
        say(shown, f"{folder}")
    if not recovery.passed:
        raise typer.Exit(1)


def _table(first: str, *headers: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for header in headers:
        table.add_column(header, justify="right", no_wrap=True)
    return table


def _recovered(found: Any) -> Table:
    table = _table("Parameter", "Data set", "Hidden", "Found", "Standard errors off")
    for row in found.itertuples():
        off = signed(number(row.standard_errors, 2)) if row.identified else "not identified"
        table.add_row(cell(row.parameter), str(row.data_set), number(row.hidden), number(row.found), off)
    return table


def _print(fitted: Fitted, folder: Path) -> None:
    from rich.console import Console

    from talentmarket.calibration.words import profile_text, sentences

    console = Console(highlight=False)
    table = _table("Parameter", "Value", "95 % interval", "By profile")
    for row in fitted.estimates.itertuples():
        value, interval = mean_and_interval(row.value, row.low, row.high)
        shown = value if row.identified else number(row.value)
        table.add_row(cell(row.parameter), shown, interval, profile_text(row.profile_low, row.profile_high))
    print_table(console, table, stack=(("Value", "95 % interval"),), drop=("By profile",))
    table = _table("Target", "Figure", "Tolerance", "Model", "Off, in tolerances")
    for row in fitted.targets.itertuples():
        numbers = (number(row.figure), number(row.tolerance, 2), number(row.model))
        table.add_row(cell(row.target), *numbers, signed(number(row.miss, 2)))
    print_table(console, table, stack=(("Figure", "Tolerance"), ("Model", "Off, in tolerances")))
    for sentence in sentences(fitted):
        console.print(cell(sentence))
    say(console, f"{folder}")


def _as_json(fitted: Fitted, folder: Path) -> dict[str, Any]:
    """A calibration for scripts."""
    from talentmarket.calibration.words import sentences

    return {
        "folder": str(folder),
        "parameters": fitted.point,
        "estimates": fitted.estimates,
        "targets": fitted.targets,
        "suggestions": fitted.suggestions.head(MOST_SUGGESTIONS),
        "answers": list(sentences(fitted)),
        "evaluations": fitted.trials,
    }
