"""A replicate's record as Arrow tables, and tables as Parquet bytes: equal tables give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from talentmarket.market.records.codes import Named
from talentmarket.runs.tables.columns import TABLES, Column

NONE = -1
NAME = pa.dictionary(pa.int32(), pa.string())
TYPES = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "name": NAME,
    "text": pa.string(),
}


def schema_of(columns: Iterable[Column]) -> pa.Schema:
    """The Arrow schema of some columns; unit and definition stand in each field's metadata."""
    return _schema(tuple(columns))


@cache
def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.kind], metadata={"unit": column.unit, "definition": column.definition})
            for column in columns
        ]
    )


# Arrays are made of their buffers, and read from them: `pa.array` and `to_numpy` import pandas, which takes longer than
# a small run.


def _bits(values: np.ndarray) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))


def _numbers(values: Any, kind: pa.DataType, missing: np.ndarray | None = None) -> pa.Array:
    """Numbers as they are, or as a narrower type that holds each of them."""
    given = np.asarray(values)
    stored = np.ascontiguousarray(given, dtype=kind.to_pandas_dtype())
    if pa.types.is_integer(kind) and not np.array_equal(stored, given):
        raise ValueError(f"a number of {given.dtype} does not fit {kind}")
    there = None if missing is None else _bits(~missing)
    return pa.Array.from_buffers(kind, len(stored), [there, pa.py_buffer(stored)])


def _truths(values: Any) -> pa.Array:
    given = np.asarray(values)
    if given.dtype != bool:
        raise ValueError(f"expected truth values, found {given.dtype}")
    return pa.Array.from_buffers(pa.bool_(), len(given), [None, _bits(given)])


def _texts(values: Iterable[str]) -> pa.Array:
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(encoded), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> pa.Array:
    return _texts(names)


def _named(values: Named, optional: bool) -> pa.Array:
    """Names by their codes; in an optional column the code -1 stands for none."""
    codes = np.asarray(values.codes)
    missing = codes == NONE if optional and (codes == NONE).any() else None
    return pa.DictionaryArray.from_arrays(_numbers(codes, pa.int32(), missing), _names(values.names))


def _array(values: Any, column: Column) -> pa.Array:
    kind = TYPES[column.kind]
    if isinstance(values, Named):
        return _named(values, column.optional)
    if column.kind == "text":
        return _texts(values)
    return _truths(values) if column.kind == "bool" else _numbers(values, kind)


def table_of(columns: Iterable[Column], values: Mapping[str, Any]) -> pa.Table:
    """A table of those columns from arrays, lists and `Named` codes of equal length.

    Raises
    ------
    ValueError
        If a column is missing, unknown or shorter than the others, or a code or a number does not fit its type.
    """
    columns = tuple(columns)
    schema = schema_of(columns)
    strange = set(schema.names) ^ set(values)
    if strange:
        raise ValueError(f"columns {sorted(strange)} are missing or unknown; expected {schema.names}")
    return pa.Table.from_arrays([_array(values[column.name], column) for column in columns], schema=schema)


def numbered(values: Mapping[str, Any], replicate: int) -> Mapping[str, Any]:
    """A table of one replicate with the column `replicate`, which is added unless it is there."""
    if "replicate" in values:
        return values
    month = np.asarray(values["month"]) if "month" in values else np.zeros(0)
    return {"replicate": np.full(len(month), replicate), **values}


def arrow_table(name: str, values: Mapping[str, Any], replicate: int) -> pa.Table:
    """One table of one replicate, with the column `replicate`. Raises as `table_of` does."""
    return table_of(TABLES[name], numbered(values, replicate))


def stacked(name: str, records: Iterable[tuple[Sequence[int], Mapping[str, Mapping[str, Any]]]]) -> pa.Table:
    """One table of several records, (replicates, record), below each other; a record of one replicate need not name it.

    Raises
    ------
    ValueError
        As `table_of` does; also if the tables differ in their columns or names.
    """
    tables = [numbered(record[name], replicates[0]) for replicates, record in records]
    if any(table.keys() != tables[0].keys() for table in tables):
        raise ValueError(f"the tables {name} differ in their columns")
    return table_of(TABLES[name], {column: _below([table[column] for table in tables]) for column in tables[0]})


def _below(pieces: Sequence[Any]) -> Any:
    """Columns below each other."""
    if not isinstance(pieces[0], Named):
        return np.concatenate(pieces)
    if any(piece.names != pieces[0].names for piece in pieces):
        raise ValueError("the names of a column differ between replicates")
    return Named(np.concatenate([piece.codes for piece in pieces]), pieces[0].names)


def failed_replicate(replicate: int, seed: int, researchers: int, error: str) -> dict[str, pa.Table]:
    """The tables of a replicate that failed: no row but the one that says why."""
    row = {
        "replicate": [replicate],
        "seed": [seed],
        "researchers": [researchers],
        "log_odds_per_log_pay": [np.nan],
        "mission_pay_share": [np.nan],
        "error": [error],
    }
    tables = {name: schema_of(columns).empty_table() for name, columns in TABLES.items()}
    return {**tables, "replicates": arrow_table("replicates", row, replicate)}


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables of one schema below each other, each name column with one dictionary."""
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def names_and_codes(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    """Names of a name column and the code (into them) of each row."""
    whole = column.unify_dictionaries().combine_chunks()
    return whole.dictionary.to_pylist(), _values(whole.indices)


def values_of(column: pa.ChunkedArray) -> np.ndarray:
    """A column of numbers or truth values, none of them missing."""
    return _values(column.combine_chunks())


def _values(whole: pa.Array) -> np.ndarray:
    content, rows = whole.buffers()[1] or b"", slice(whole.offset, whole.offset + len(whole))
    if not pa.types.is_boolean(whole.type):
        return np.frombuffer(content, whole.type.to_pandas_dtype())[rows]
    return np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")[rows].astype(bool)


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file; no time and no chance goes in."""
    sink = pa.BufferOutputStream()
    names = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    split = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    pq.write_table(
        table,
        sink,
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=names,
        use_byte_stream_split=split,
        row_group_size=1 << 20,
        store_schema=True,
    )
    return sink.getvalue().to_pybytes()


def parquet_table(content: bytes) -> pa.Table:
    """The table in the bytes of a Parquet file."""
    return pq.ParquetFile(pa.BufferReader(content)).read()
