"""Every measure of a run beside the base, with the paired difference; and some of the researchers whose lives differ."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from talentmarket.numbers import UNKNOWN, decimals, fixed, mean_and_interval, money, signed
from talentmarket.report.page import Row, Section, Table, readable

COLUMNS = ("Measure", "Lab", "Base", "Run", "Difference", "95 % interval", "Unit", "Verdict")
NUMERIC = (False, False, True, True, True, True, False, False)
COSTS = ("Run", "Lab", "Spending, M$", "Still there", "M$ a person", "95 % interval", "Note")
COSTS_NUMERIC = (False, False, True, True, True, True, False)
TWINS = ("Researcher", "Replicate", "From", "To", "Month", "Talent", "Loyalty", "Package", "Otherwise")
TWINS_NUMERIC = (False, True, False, False, True, True, True, True, False)


def effects_table(table: pd.DataFrame) -> Table:
    """A table of the effects of one run (see `comparison.COLUMNS`); what is not significant is played down."""
    rows = list(table.itertuples())
    sections = (
        Section(group, tuple(map(_effect, members))) for group, members in groupby(rows, lambda row: str(row.group))
    )
    return Table(COLUMNS, NUMERIC, tuple(sections))


def _effect(row: Any) -> Row:
    places = _places(row)
    base, mean = fixed(row.base_mean, places), fixed(row.mean, places)
    difference, low, high = (signed(fixed(value, places)) for value in (row.difference, row.low, row.high))
    interval = f"{low} to {high}" if row.high > row.low else UNKNOWN
    cells = (readable(row.measure), row.lab or "all", base, mean, difference, interval)
    return Row((*cells, row.unit, row.verdict), faint=not row.significant)


def _places(row: Any) -> int:
    """Decimals that fit the interval of a difference, or else one of the means."""
    if row.high > row.low:
        return decimals(row.difference, (row.high - row.low) / 2.0)
    return max((decimals(mean) for mean in (row.base_mean, row.mean) if not pd.isna(mean)), default=0)


def costs_table(costs: pd.DataFrame) -> Table:
    """What each person still there costs (see `costs.COLUMNS`), for labs whose spending differs from the base."""
    rows = costs[costs["spending"] != 0.0].itertuples()
    return Table(COSTS, COSTS_NUMERIC, (Section("", tuple(map(_cost, rows))),))


def _cost(row: Any) -> Row:
    spending, people = (signed(fixed(value, 1)) for value in (row.spending, row.people))
    cost, interval = mean_and_interval(row.cost, row.low, row.high)
    note = f"no cost a person, as {row.note}" if row.note else ""
    return Row((row.run, row.lab, spending, people, cost, interval, note), faint=bool(row.note))


def definitions_table(table: pd.DataFrame) -> Table:
    """What each measure of a table of effects is."""
    rows = table.drop_duplicates("measure").itertuples()
    cells = tuple(Row((readable(row.measure), row.definition)) for row in rows)
    return Table(("Measure", "What it is"), (False, False), (Section("", cells),))


def twins_table(twins: pd.DataFrame, most: int) -> Table:
    """Those with the largest packages among the researchers whom a raid's offer moved, and what else they would do."""
    raided = twins[twins["kind"].astype(str) == "campaign"].rename(columns={"from": "origin"})
    largest = raided.sort_values(["total", "replicate", "researcher"], ascending=[False, True, True], kind="stable")
    return Table(TWINS, TWINS_NUMERIC, (Section("", tuple(_twin(row) for row in largest.head(most).itertuples())),))


def _twin(row: Any) -> Row:
    otherwise = "stays" if pd.isna(row.base_month) else f"{row.base_to} in month {row.base_month:.0f}"
    cells = (str(row.origin), str(row.to), f"{row.month:.0f}", f"{row.talent:.1f}", f"{row.loyalty:.2f}")
    return Row((f"{row.researcher:,}", f"{row.replicate:,}", *cells, money(row.total), otherwise))
