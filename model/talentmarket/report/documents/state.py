"""The columns of a researcher and of the job, with the notes that stand behind them in `market/layout.py`."""

from __future__ import annotations

import inspect
import re

import numpy as np

from talentmarket.report.documents.markdown import table

COLUMN = re.compile(r'^\s*\("(\w+)", .*?\),(?:\s*#\s*(.*))?$')
KINDS = {"f": "number", "i": "whole number", "u": "whole number", "b": "yes or no"}
ENTITIES = (("Researchers", "RESEARCHER"), ("Jobs", "JOB"))


def notes_of(record: str) -> dict[str, str]:
    """The note behind each column of a record in the source of `layout.py`, empty where there is none."""
    from talentmarket.market.records import layout

    source = inspect.getsource(layout)
    block = source[source.index(f"\n{record} = ") :]
    block = block[: block.index("\n)\n")]
    found = (COLUMN.match(line) for line in block.splitlines())
    return {match[1]: match[2] or "" for match in found if match}


def _kind(column: np.dtype) -> str:
    base, shape = column.subdtype or (column, ())
    return KINDS[base.kind] + (f" ({' x '.join(map(str, shape))})" if shape else "")


def state_tables() -> str:
    """One table for each kind of record that people have, in Markdown."""
    from talentmarket.market.records import layout

    parts = []
    for title, record in ENTITIES:
        dtype = getattr(layout, record)
        notes = notes_of(record)
        rows = [(f"`{name}`", _kind(dtype[name]), notes[name]) for name in dtype.names]
        parts.append(f"**{title}**\n\n{table(('column', 'kind', 'meaning and unit'), rows)}")
    return "\n\n".join(parts)
