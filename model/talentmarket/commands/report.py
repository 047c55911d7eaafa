"""The command `report`: folders of runs, of a study or of a calibration in; one self-contained HTML file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Quiet
from talentmarket.commands.common.terminal import messages, print_json
from talentmarket.errors import harmless

if TYPE_CHECKING:
    from talentmarket.report.page import Report


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...",
            help="Run folders, the first one the base; or one of a study or calibration.",
            autocompletion=completion.run_folders,
        ),
    ],
    output: Annotated[Path | None, typer.Option(help="File to write; else report.html in the run folder.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a report: one HTML file, on a run, several compared, a study or a calibration, that opens anywhere.

    Example: talentmarket report outputs/baseline outputs/meta_raid
    """
    from talentmarket.report import write_report

    with messages(quiet or as_json).status("Writing the report"):
        content = _content(folders)
        place = output or _usual_place(folders)
        write_report(content, place)
    if as_json:
        print_json("report", [{"file": place}])
    elif not quiet:
        print(harmless(str(place)))


def _content(folders: Sequence[Path]) -> Report:
    """The report on what the folders hold."""
    import talentmarket.report as reports
    from talentmarket.comparison.comparison import compared
    from talentmarket.runs.folder.reading import is_run_folder, read
    from talentmarket.scenario.writing.told_apart import told_apart

    if len(folders) > 1:
        runs = [read(folder) for folder in folders]
        titles = told_apart([each.scenario for each in runs])
        return reports.comparison_report(compared(runs, _names(folders), titles=titles), folders)
    (folder,) = folders
    if not is_run_folder(folder):  # what the others need takes a second to import
        from talentmarket.calibration.folder import is_calibration_folder, read_fitted
        from talentmarket.studies.folder import is_study_folder, read_result

        if is_study_folder(folder):
            return reports.study_report(read_result(folder), folder)
        if is_calibration_folder(folder):
            return reports.calibration_report(read_fitted(folder), folder)
    return reports.run_report(read(folder), folder)


def _names(folders: Sequence[Path]) -> list[str]:
    return [folder.resolve().name for folder in folders]


def _usual_place(folders: Sequence[Path]) -> Path:
    """In the folder of a single run; beside the first of several."""
    from talentmarket.runs.folder.draft import REPORT

    return folders[0] / REPORT if len(folders) == 1 else folders[0].parent / f"{'-vs-'.join(_names(folders))}.html"
