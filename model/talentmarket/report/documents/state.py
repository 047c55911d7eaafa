"""The fields of a researcher and of the job, with the notes that stand behind them in `market/records/people.py`."""

from __future__ import annotations

import inspect
import re

import numpy as np

from talentmarket.report.documents.markdown import table

FIELD = re.compile(r"^    (\w+): .*?(?:  # (.*))?$", re.MULTILINE)
KINDS = {"f": "number", "i": "whole number", "u": "whole number", "b": "yes or no"}


def notes_of(record: type) -> dict[str, str]:
    """The note behind each field of a record in its source, empty where there is none."""
    return dict(FIELD.findall(inspect.getsource(record)))


def _kind(column: np.dtype) -> str:
    base, shape = column.subdtype or (column, ())
    return KINDS[base.kind] + (f" ({' x '.join(map(str, shape))})" if shape else "")


def state_tables() -> str:
    """One table for each kind of record that people have, in Markdown."""
    from talentmarket.market.records.people import Job, Researcher
    from talentmarket.market.records.record import dtype_of

    parts = []
    for title, record in (("Researchers", Researcher), ("Jobs", Job)):
        dtype, notes = dtype_of(record), notes_of(record)
        rows = [(f"`{name}`", _kind(dtype[name]), notes[name]) for name in dtype.names or ()]
        parts.append(f"**{title}**\n\n{table(('column', 'kind', 'meaning and unit'), rows)}")
    return "\n\n".join(parts)
