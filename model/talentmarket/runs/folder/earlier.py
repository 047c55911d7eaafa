"""Replicates that earlier runs of a scenario finished, read from a run folder or from the draft of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.bounded import read_bounded
from talentmarket.runs.folder.draft import part
from talentmarket.runs.folder.manifest import Manifest
from talentmarket.runs.folder.reading import content_of
from talentmarket.runs.tables.arrow import parquet_table
from talentmarket.runs.tables.checking import check_table
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario

LARGEST_PART = 1 << 32  # bytes


@dataclass(frozen=True)
class Source:
    """A folder that an earlier run left, and its manifest, which names no files yet if the run was interrupted."""

    folder: Path
    manifest: Manifest


class Earlier:
    """The finished replicates of one scenario in some folders; whatever is damaged counts as not there.

    Parameters
    ----------
    scenario
        What was run.
    sources
        Where to look, the first one first.
    size
        How many replicates make one part of the tables.
    """

    def __init__(self, scenario: Scenario, sources: Sequence[Source], size: int) -> None:
        self._scenario = scenario
        self._sources = sources
        self._size = size
        self._table = lru_cache(maxsize=len(TABLES) * len(sources))(self._read)

    def tables(self, replicate: int) -> dict[str, pa.Table] | None:
        """The tables of a replicate that went well, or None."""
        number = replicate // self._size
        for source in range(len(self._sources)):
            if replicate in self._finished(source, number):
                tables = {name: self._table(source, name, number) for name in TABLES}
                if all(table is not None for table in tables.values()):
                    return _only(tables, replicate)
        return None

    def finished(self, replicates: int) -> set[int]:
        """Which of the first `replicates` are there."""
        sources = range(len(self._sources))
        parts = range(-(-replicates // self._size))
        return {each for number in parts for source in sources for each in self._finished(source, number)}

    def _finished(self, source: int, number: int) -> set[int]:
        table = self._table(source, "replicates", number)
        rows = [] if table is None else table.select(["replicate", "error"]).to_pylist()
        return {row["replicate"] for row in rows if not row["error"]}

    def _read(self, source: int, name: str, number: int) -> pa.Table | None:
        """A part of a table, or None if it is not there or cannot be used."""
        folder, manifest = self._sources[source].folder, self._sources[source].manifest
        path, first = part(name, number), number * self._size
        try:
            if manifest.files:
                content = content_of(folder, manifest.entry(path))
            else:
                content = read_bounded(folder / path, LARGEST_PART)
            table = parquet_table(content)
            check_table(table, TABLES[name], self._scenario, range(first, first + self._size))
        except (RunFolderError, OSError, ValueError, pa.ArrowException):
            return None
        return table


def _only(tables: Mapping[str, pa.Table], replicate: int) -> dict[str, pa.Table]:
    import pyarrow.compute as pc  # only where something is used again

    return {name: table.filter(pc.equal(table["replicate"], replicate)) for name, table in tables.items()}
