"""Runs the manifest of a run folder again, and compares every table with the one in the folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from talentmarket.runs.folder.draft import MEASURES, SUMMARY, part
from talentmarket.runs.folder.provenance import changed_versions, processor
from talentmarket.runs.folder.reading import content_of, read
from talentmarket.runs.options import Options
from talentmarket.runs.replicates import Replicates
from talentmarket.runs.running import summary_file, written_batches
from talentmarket.runs.runs import Runs
from talentmarket.runs.summary import summary_rows
from talentmarket.runs.tables.arrow import joined, parquet_bytes, parquet_table, values_of
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.workers import available_workers


@dataclass(frozen=True)
class FileCheck:
    """A file of a run folder and what came of running it again.

    Attributes
    ----------
    path
        From the run folder, with `/`.
    bytes
        Size of the file in the folder.
    difference
        Where the two differ; empty if every value is the same.
    """

    path: str
    bytes: int
    difference: str


@dataclass(frozen=True)
class Reproduction:
    """Every table of a run folder beside the same table run again.

    Attributes
    ----------
    files
        One entry for each part of each table, the measures and the summary.
    changed_versions
        What is of another version now, each as `numpy 2.1.0 -> 2.2.0`, and the processor if it is another one; the usual
        reasons for a difference.
    """

    files: tuple[FileCheck, ...]
    changed_versions: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every value of every table is the same."""
        return not any(file.difference for file in self.files)


def reproduce(folder: Path, options: Options | None = None) -> Reproduction:
    """Run a run folder's scenario again and compare every table; nothing is written.

    `Options.workers`, `progress` and `simulate` count, the rest is the manifest's.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or was not written by talentmarket.
    """
    runs = read(folder)
    _check_whole(folder, runs)
    files = tuple(_compare(folder, runs, path, content) for path, content in _again(runs, options or Options()))
    return Reproduction(files, tuple(_changed(runs)))


def _check_whole(folder: Path, runs: Runs) -> None:
    """Find a damaged file before anything runs."""
    for entry in runs.manifest.files:
        content_of(folder, entry)
    for name in (*TABLES, "measures"):
        for _ in runs.parts(name):
            pass


def _changed(runs: Runs) -> list[str]:
    then, now = runs.manifest.processor or "unknown", processor()
    return [*changed_versions(runs.manifest.versions), *([f"processor {then} -> {now}"] if then != now else [])]


def _again(runs: Runs, options: Options) -> Iterator[tuple[str, bytes]]:
    """Each file of tables that the run would leave today: its path and its bytes."""
    scenario, count = runs.scenario, runs.manifest.replicates
    work = Replicates(scenario, count, min(options.workers or available_workers(), count), options.simulate)
    measures = []
    with closing(written_batches(work, options.progress)) as batches:
        for number, batch in enumerate(batches):
            for name in TABLES:
                yield part(name, number), batch.files[name]
            measures.append(batch.measures)
    every = joined(measures)
    yield MEASURES, parquet_bytes(every)
    yield SUMMARY, summary_file(summary_rows(scenario, values_of(every["value"])))


def _compare(folder: Path, runs: Runs, path: str, now: bytes) -> FileCheck:
    entry = next((entry for entry in runs.manifest.files if entry.path == path), None)
    if entry is None:
        return FileCheck(path, 0, "the folder holds no such file")
    if hashlib.sha256(now).hexdigest() == entry.sha256:
        return FileCheck(path, entry.bytes, "")
    return FileCheck(path, entry.bytes, _difference(path, content_of(folder, entry), now))


def _difference(path: str, before: bytes, now: bytes) -> str:
    """Where two files differ: their columns, their rows, or the first value."""
    if not path.endswith(".parquet"):
        lines = zip(before.splitlines(), now.splitlines(), strict=False)
        return f"line {next((n for n, (old, new) in enumerate(lines, start=1) if old != new), 'at the end')} differs"
    old, new = parquet_table(before), parquet_table(now)
    if old.column_names != new.column_names:
        return f"columns differ: {', '.join(sorted({*old.column_names} ^ {*new.column_names}))}"
    if len(old) != len(new):
        return f"{len(old)} rows, {len(new)} when run again"
    return _first_value(old, new)


def _first_value(old: pa.Table, new: pa.Table) -> str:
    """The first column with a value that differs, and in which row; empty if there is none."""
    for name in old.column_names:
        before, now = (_comparable(table[name]) for table in (old, new))
        differs = before != now
        if before.dtype == now.dtype == float:
            differs &= ~(np.isnan(before) & np.isnan(now))  # two undefined values are the same
        if differs.any():
            row = int(np.argmax(differs))
            replicate = f" (replicate {old['replicate'][row]})" if "replicate" in old.column_names else ""
            return f"column {name}, row {row}{replicate}: {before[row]}, {now[row]} when run again"
    return ""


def _comparable(column: pa.ChunkedArray) -> np.ndarray:
    if pa.types.is_floating(column.type):
        return column.to_numpy().astype(float)
    return np.array(column.to_pylist(), dtype=object) if pa.types.is_dictionary(column.type) else column.to_numpy()
