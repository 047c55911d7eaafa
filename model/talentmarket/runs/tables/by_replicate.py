"""A table of a run, some replicates at a time, with little more than those in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from talentmarket.runs.runs import Runs
from talentmarket.runs.tables.arrow import schema_of, values_of
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.tables.frames import frame


class ByReplicate:
    """Rows of some replicates after the other.

    Parameters
    ----------
    runs
        Whose table.
    name
        Name of the table.
    columns
        Columns that are wanted.
    """

    def __init__(self, runs: Runs, name: str, columns: Sequence[str]) -> None:
        self._pieces = _pieces(runs, name, columns)
        self._next = next(self._pieces, None)
        self._empty = frame(schema_of(TABLES[name]).empty_table().select(columns), runs.scenario)

    def of(self, replicates: Sequence[int]) -> pd.DataFrame:
        """Rows of some replicates, in their order; all must be later ones than those of the call before."""
        found = []
        for replicate in replicates:
            while self._next is not None and self._next[0] < replicate:
                self._next = next(self._pieces, None)
            if self._next is not None and self._next[0] == replicate:
                found.append(self._next[1])
        return pd.concat(found) if found else self._empty


def _pieces(runs: Runs, name: str, columns: Sequence[str]) -> Iterator[tuple[int, pd.DataFrame]]:
    for part in runs.parts(name):
        numbers = values_of(part["replicate"])
        rows = frame(part.select(columns), runs.scenario)
        edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1), len(numbers)]
        for start, end in pairwise(edges):
            if end > start:
                yield int(numbers[start]), rows.iloc[start:end]
