"""The command `report`: run folders in; one self-contained HTML file out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from talentmarket.commands import completion
from talentmarket.commands.options import AsJson, Quiet
from talentmarket.commands.terminal import messages, print_json
from talentmarket.errors import harmless


def report(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN...", help="Run folders; the first one is the base.", autocompletion=completion.run_folders
        ),
    ],
    output: Annotated[Path | None, typer.Option(help="File to write; else report.html in the run folder.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a report: one HTML file, on a run or on several compared, that opens anywhere.

    Example: talentmarket report outputs/baseline outputs/meta_raid
    """
    from talentmarket.comparison.comparison import compared
    from talentmarket.report import comparison_report, run_report, write_report
    from talentmarket.runs.folder.reading import read

    with messages(quiet or as_json).status("Writing the report"):
        runs = [read(folder) for folder in folders]
        if len(runs) == 1:
            content = run_report(runs[0], folders[0])
        else:
            content = comparison_report(compared(runs, _names(folders)), folders)
        place = output or _usual_place(folders)
        write_report(content, place)
    if as_json:
        print_json("report", [{"file": place}])
    elif not quiet:
        print(harmless(str(place)))


def _names(folders: Sequence[Path]) -> list[str]:
    return [folder.resolve().name for folder in folders]


def _usual_place(folders: Sequence[Path]) -> Path:
    """In the folder of a single run; beside the first of several."""
    from talentmarket.runs.folder.draft import REPORT

    return folders[0] / REPORT if len(folders) == 1 else folders[0].parent / f"{'-vs-'.join(_names(folders))}.html"
