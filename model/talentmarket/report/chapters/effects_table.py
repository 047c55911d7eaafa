"""Every measure of a run beside the base, with the paired difference; and some of the researchers whose lives differ."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd

from talentmarket.numbers import UNKNOWN, decimals, fixed, mean_and_interval, money, signed
from talentmarket.report.page import Row, Section, Table
from talentmarket.runs.measures.labels import label_of
from talentmarket.scenario.calendar import date_of, dated
from talentmarket.scenario.schema import Scenario

COLUMNS = ("Measure", "Lab", "Base", "Run", "Difference", "95 % interval", "Unit", "Verdict")
NUMERIC = (False, False, True, True, True, True, False, False)
COSTS = ("Run", "Lab", "Spending, M$", "Still there", "M$ a person", "95 % interval", "Note")
COSTS_NUMERIC = (False, False, True, True, True, True, False)
TWINS = ("Researcher", "Run", "From", "To", "Month", "Talent", "Loyalty", "Package", "Otherwise")
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
    cells = (label_of(row.measure), row.lab or "all", base, mean, difference, interval)
    return Row((*cells, row.unit, row.verdict), faint=not row.significant)


def _places(row: Any) -> int:
    """Decimals that fit the interval of a difference, or else one of the means."""
    if row.high > row.low:
        return decimals(row.difference, (row.high - row.low) / 2.0)
    return max((decimals(mean) for mean in (row.base_mean, row.mean) if not pd.isna(mean)), default=0)


def costs_table(costs: pd.DataFrame, titles: Mapping[str, str]) -> Table:
    """What each person still there costs (see `costs.COLUMNS`), for labs whose spending differs from the base.

    Labs without such a cost are left out where another has one. `titles` has the title of each run by its name.
    """
    spent = costs[costs["spending"] != 0.0]
    told = spent[spent["note"] == ""]
    rows = (told if len(told) else spent).itertuples()
    return Table(COSTS, COSTS_NUMERIC, (Section("", tuple(_cost(row, titles) for row in rows)),))


def _cost(row: Any, titles: Mapping[str, str]) -> Row:
    spending, people = (signed(fixed(value, 1)) for value in (row.spending, row.people))
    cost, interval = mean_and_interval(row.cost, row.low, row.high)
    note = f"no cost a person, as {row.note}" if row.note else ""
    return Row((titles[row.run], row.lab, spending, people, cost, interval, note), faint=bool(row.note))


def definitions_table(table: pd.DataFrame) -> Table:
    """What each measure of a table of effects is."""
    rows = table.drop_duplicates("measure").itertuples()
    cells = tuple(Row((label_of(row.measure), row.definition)) for row in rows)
    return Table(("Measure", "What it is"), (False, False), (Section("", cells),))


def twins_table(twins: pd.DataFrame, most: int, scenario: Scenario) -> Table:
    """Those with the largest packages among the researchers whom a raid's offer moved, and what else they would do.

    `scenario` dates the months.
    """
    raided = twins[twins["kind"].astype(str) == "campaign"].rename(columns={"from": "origin"})
    largest = raided.sort_values(["total", "replicate", "researcher"], ascending=[False, True, True], kind="stable")
    return Table(
        TWINS, TWINS_NUMERIC, (Section("", tuple(_twin(row, scenario) for row in largest.head(most).itertuples())),)
    )


def _twin(row: Any, scenario: Scenario) -> Row:
    otherwise = "stays" if pd.isna(row.base_month) else f"{row.base_to} in {dated(scenario, row.base_month)}"
    cells = (str(row.origin), str(row.to), _month(scenario, row.month), f"{row.talent:.1f}", f"{row.loyalty:.2f}")
    return Row((f"{row.researcher:,}", f"{row.replicate:,}", *cells, money(row.total), otherwise))


def _month(scenario: Scenario, month: float) -> str:
    date = date_of(scenario, month)
    return f"{month:.0f}{f' ({date})' if date else ''}"
