"""Replicates that earlier runs of a scenario finished, read from a run folder or from the draft of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.draft import part
from talentmarket.runs.folder.manifest import Manifest, read_manifest
from talentmarket.runs.folder.reading import content_of
from talentmarket.runs.tables.arrow import parquet_table, schema_of
from talentmarket.runs.tables.columns import TABLES


@dataclass(frozen=True)
class Left:
    """What a run left: a folder and its manifest, which names no files yet if the run was interrupted."""

    folder: Path
    manifest: Manifest


def left_in(folder: Path) -> list[Left]:
    """What a run left in a folder: one, or none if its manifest cannot be read."""
    try:
        return [Left(folder, read_manifest(folder))]
    except RunFolderError:
        return []


class Earlier:
    """The finished replicates of one scenario in some folders; whatever is damaged counts as not there.

    Parameters
    ----------
    sources
        Where to look, the first one first.
    size
        How many replicates make one part of the tables.
    """

    def __init__(self, sources: Sequence[Left], size: int) -> None:
        self._sources = sources
        self._size = size
        self._table = lru_cache(maxsize=len(TABLES) * len(sources))(self._read)

    def tables(self, replicate: int) -> dict[str, pa.Table] | None:
        """The tables of a replicate that went well, or None."""
        number = replicate // self._size
        for source in range(len(self._sources)):
            if replicate in self._finished(source, number):
                found = {name: self._table(source, name, number) for name in TABLES}
                if all(table is not None for table in found.values()):
                    return _only(found, replicate)
        return None

    def count(self, replicates: int) -> int:
        """How many of the first `replicates` are there."""
        sources = range(len(self._sources))
        parts = range(-(-replicates // self._size))
        found = {each for number in parts for source in sources for each in self._finished(source, number)}
        return sum(each < replicates for each in found)

    def _finished(self, source: int, number: int) -> set[int]:
        table = self._table(source, "replicates", number)
        rows = [] if table is None else table.select(["replicate", "error"]).to_pylist()
        return {row["replicate"] for row in rows if not row["error"]}

    def _read(self, source: int, name: str, number: int) -> pa.Table | None:
        """A part of a table, or None if it is not there or cannot be used."""
        left, path = self._sources[source], part(name, number)
        try:
            if left.manifest.files:
                content = content_of(left.folder, left.manifest.entry(path))
            else:
                content = (left.folder / path).read_bytes()
            table = parquet_table(content)
        except (RunFolderError, OSError, pa.ArrowException):
            return None
        return table if table.schema.equals(schema_of(TABLES[name])) else None


def _only(tables: Mapping[str, pa.Table], replicate: int) -> dict[str, pa.Table]:
    return {name: table.filter(pc.equal(table["replicate"], replicate)) for name, table in tables.items()}
