"""The folder of a comparison: built beside its place and swapped into it whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from talentmarket.comparison.comparison import Comparison
from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.provenance import git_revision, versions
from talentmarket.runs.folder.swap import recover, sibling
from talentmarket.runs.tables.spreadsheet import csv_bytes

FILE = "comparison.json"
TABLE = "comparison.csv"
FATES = "fates.csv"
TWINS = "twins.parquet"
PLOTS = "plots"
REPORT = "report.html"
OWN = frozenset({FILE, TABLE, FATES, TWINS, PLOTS, REPORT})
FORMAT = "talentmarket comparison"


def write_comparison(
    target: Path,
    comparison: Comparison,
    folders: tuple[Path, ...],
    plots: Callable[[Comparison, Path], object] | None = None,
    report: Callable[[Comparison, Path], object] | None = None,
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

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) holds something else than a comparison.
    """
    with _new_folder(target) as folder:
        (folder / TABLE).write_bytes(csv_bytes(comparison.table))
        (folder / FATES).write_bytes(csv_bytes(comparison.fates))
        comparison.twins.to_parquet(folder / TWINS, index=False)
        if plots is not None:
            (folder / PLOTS).mkdir()
            plots(comparison, folder / PLOTS)
        if report is not None:
            report(comparison, folder / REPORT)
        content = json.dumps(_origin(comparison, folders), indent=2, ensure_ascii=False) + "\n"
        (folder / FILE).write_text(content, encoding="utf-8")


def _origin(comparison: Comparison, folders: tuple[Path, ...]) -> dict[str, Any]:
    """Where a comparison comes from."""
    runs = [
        {
            "name": name,
            "title": each.scenario.title,
            "folder": str(folder),
            "scenario_sha256": each.manifest.scenario_sha256,
            "versions": each.manifest.versions,
        }
        for name, each, folder in zip(comparison.names, comparison.runs, folders, strict=True)
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
    """Check that a comparison may be put there.

    Raises
    ------
    RunFolderError
        If something else than a comparison is there.
    """
    if target.exists() and not _is_free(target):
        raise RunFolderError(
            f"{target}: this is no comparison of talentmarket and is left alone; choose another --name"
        )


def _is_free(target: Path) -> bool:
    if not target.is_dir():
        return False
    try:
        content = json.loads((target / FILE).read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return not any(target.iterdir())
    return isinstance(content, dict) and content.get("format") == FORMAT


@contextmanager
def _new_folder(target: Path) -> Iterator[Path]:
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target):
            recover(target, OWN)
            check_comparison_target(target)
            draft = sibling(target, "new")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            try:
                yield draft
                if target.exists():
                    target.rename(sibling(target, "old"))
                draft.rename(target)
            finally:
                recover(target, OWN)
                shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{target}: the comparison cannot be written: {error.strerror or error}") from error
