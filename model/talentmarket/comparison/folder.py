"""The folder of a comparison: built beside its place and swapped into it whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
from talentmarket.runs.folder.bounded import read_json
from talentmarket.runs.folder.draft import Draft
from talentmarket.runs.folder.provenance import git_revision, versions
from talentmarket.runs.folder.swap import Contents, building, check_target, writing
from talentmarket.runs.tables.spreadsheet import csv_bytes

FILE = "comparison.json"
TABLE = "comparison.csv"
FATES = "fates.csv"
COSTS = "costs.csv"
TWINS = "twins.parquet"
APART = "apart.csv"
PLOTS = "plots"
REPORT = "report.html"
FORMAT = "talentmarket comparison"

Compared = list[tuple[str, str]]  # title and scenario of each side
COMPARISON = Contents(
    noun="comparison",
    record=FILE,
    format=FORMAT,
    own=frozenset({FILE, TABLE, FATES, COSTS, TWINS, APART, PLOTS, REPORT}),
)


def write_comparison(
    target: Path,
    comparison: Comparison,
    folders: tuple[Path, ...],
    plots: Callable[[Comparison, Path], object] | None = None,
    report: Callable[[Comparison, Path], object] | None = None,
    apart: pd.DataFrame | None = None,
) -> None:
    """Write table, twins, pictures and origin of a comparison into a folder.

    Parameters
    ----------
    target
        The folder; an earlier comparison there is replaced once the new one is whole. If its results, titles
        and scenarios are the same, what it had besides (pictures, report, the difference taken apart) stays where no new one is
        wanted.
    comparison
        What to write.
    folders
        Run folder of each of its runs, for the record.
    plots
        Draws its pictures into an existing folder.
    report
        Writes the report on it into a file.
    apart
        The difference taken apart; see `apart.COLUMNS`.

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) holds something else than a comparison.
    """
    with writing(target, COMPARISON) as place, building(place, COMPARISON) as folder:
        (folder / TABLE).write_bytes(csv_bytes(comparison.table))
        (folder / COSTS).write_bytes(csv_bytes(comparison.costs))
        (folder / FATES).write_bytes(csv_bytes(comparison.fates))
        comparison.twins.to_parquet(folder / TWINS, index=False)
        if apart is not None:
            (folder / APART).write_bytes(csv_bytes(apart))
        if plots is not None:
            (folder / PLOTS).mkdir()
            plots(comparison, folder / PLOTS)
        if report is not None:
            report(comparison, folder / REPORT)
        origin = _origin(comparison, folders)
        if _compared_in(place) == _compared(origin) and all(
            _same_bytes(place / name, folder / name) for name in (TABLE, COSTS, FATES)
        ):
            if apart is None and plots is not None:
                for picture in (place / PLOTS).glob(f"{Path(APART).stem}.*"):
                    _keep(picture, folder / PLOTS / picture.name)
            for name in (PLOTS, REPORT, APART):
                _keep(place / name, folder / name)
        draft = Draft(folder)
        draft.note_files(".")
        files = [asdict(entry) for entry in draft.files]
        content = {**origin, "files": files}
        draft.write(FILE, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def _compared_in(place: Path) -> Compared:
    """What an earlier comparison compared; nothing where there is none that can be read."""
    try:
        return _compared(read_json(place / FILE))
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _compared(origin: Mapping[str, Any]) -> Compared:
    return [(run["title"], run["scenario_sha256"]) for run in origin["runs"]]


def _same_bytes(before: Path, now: Path) -> bool:
    return before.is_file() and before.read_bytes() == now.read_bytes()


def _keep(before: Path, now: Path) -> None:
    """Take over a file, or a folder of files, that has no successor."""
    if now.exists():
        return
    if before.is_dir():
        shutil.copytree(before, now)
    elif before.is_file():
        shutil.copy2(before, now)


def _origin(comparison: Comparison, folders: tuple[Path, ...]) -> dict[str, Any]:
    """Where a comparison comes from."""
    runs = [
        {
            "name": name,
            "title": title,
            "folder": str(folder),
            "scenario_sha256": each.manifest.scenario_sha256,
            "versions": each.manifest.versions,
        }
        for name, title, each, folder in zip(comparison.names, comparison.titles, comparison.runs, folders, strict=True)
    ]
    return {
        "format": FORMAT,
        "runs": runs,
        "seed": comparison.runs[0].manifest.seed,
        "months": comparison.runs[0].manifest.months,
        "replicates": comparison.pairing.replicates.tolist(),
        "precision": comparison.precision,
        "notes": list(comparison.notes),
        "versions": versions(),
        "git": git_revision(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def check_comparison_target(target: Path) -> None:
    """Check that a comparison may be put there. Raises as `swap.check_target` does."""
    check_target(target, COMPARISON)
