"""Every measure of a run, with its interval, unit and definition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from talentmarket.report.page import Row, Section, Table
from talentmarket.report.words import MINUS, readable
from talentmarket.runs.summary_table import shown

COLUMNS = ("Measure", "Lab", "Mean", "95 % interval", "Unit", "Runs", "What it is")
NUMERIC = (False, False, True, True, False, True, False)


def measures_table(summary: pd.DataFrame) -> Table:
    """A table of a summary (see `summary.summarise`), in its groups; undefined measures are played down."""
    rows = list(summary.itertuples())
    sections = (Section(group, tuple(_rows(members))) for group, members in groupby(rows, lambda row: str(row.group)))
    return Table(COLUMNS, NUMERIC, tuple(sections))


def _rows(members: Iterator[Any]) -> Iterator[Row]:
    last = ""
    for row in members:
        again = row.measure == last
        last = row.measure
        mean, interval = (text.replace("-", MINUS) for text in shown(row.mean, row.low, row.high))
        definition = "" if again else row.definition
        cells = (readable(row.measure), row.lab or "all", mean, interval, row.unit, f"{row.n:,}", definition)
        yield Row(cells, faint=row.n == 0)
