"""The folder of a comparison: built beside its place and swapped into it whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from talentmarket.comparison.comparison import Comparison
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
        The folder; an earlier comparison there is replaced once the new one is whole.
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
        draft = Draft(folder)
        draft.note_files(".")
        files = [asdict(entry) for entry in draft.files]
        content = {**_origin(comparison, folders), "files": files}
        draft.write(FILE, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


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
