"""The command `report`: run folders in; one self-contained HTML file out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console


@dataclass(frozen=True)
class Request:
    """What the user asked for; no output means the usual place."""

    folders: tuple[Path, ...]
    output: Path | None
    quiet: bool


def report_runs(request: Request) -> None:
    """Write the report on a run, or on several compared with the first of them.

    Raises
    ------
    InputError
        If a folder is missing or damaged, the runs cannot be compared, or the report cannot be written.
    """
    from talentmarket.comparison.comparison import compared
    from talentmarket.report import comparison_report, run_report, write_report
    from talentmarket.runs.folder.reading import read

    with Console(stderr=True, quiet=request.quiet).status("Writing the report"):
        runs = [read(folder) for folder in request.folders]
        if len(runs) == 1:
            report = run_report(runs[0], request.folders[0])
        else:
            report = comparison_report(compared(runs, _names(request.folders)), request.folders)
        place = request.output or _usual_place(request.folders)
        write_report(report, place)
    if not request.quiet:
        print(place)


def _names(folders: tuple[Path, ...]) -> list[str]:
    return [folder.resolve().name for folder in folders]


def _usual_place(folders: tuple[Path, ...]) -> Path:
    """In the folder of a single run; beside the first of several."""
    if len(folders) == 1:
        from talentmarket.runs.folder.draft import REPORT

        return folders[0] / REPORT
    return folders[0].parent / f"{'-vs-'.join(_names(folders))}.html"
