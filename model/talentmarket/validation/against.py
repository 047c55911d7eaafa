"""A user's own table held against a run: a line and a verdict for each of its rows.

- Retention: the share of the first month's staff who have never left after so many months (`stayers` of the table `months`).
- Pay: the 10th, 50th or 90th percentile of running pay at a lab in a month.
- Flows: each flow as a share of all moves along the flows of the table, over the whole run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import stats

from talentmarket.comparison.intervals import Interval, t_interval
from talentmarket.errors import InputError
from talentmarket.runs.runs import Runs
from talentmarket.validation.check import Check
from talentmarket.validation.own_tables import OwnTable, check_labs

CONFIDENCE = 0.95
GROUP = {"retention": "Retention, own table", "pay": "Pay, own table", "flows": "Flows, own table"}
MEDIAN = 50


def checks_against(runs: Runs, table: OwnTable) -> list[Check]:
    """One check for each row: the table's figure with what is known of it, the run's mean with its 95 % interval.

    Where the table says `low` and `high`, or from how many people a share was counted, the run's mean must lie in that
    range; else the run's interval must hold the figure.

    Raises
    ------
    InputError
        If the table names a lab or a month that the run has not, or fewer than two replicates went well.
    """
    check_labs(table, [lab.name for lab in runs.scenario.labs])
    if len(runs.replicates) - len(runs.failures) < 2:
        raise InputError("an interval needs at least two replicates that went well")
    rows = {"retention": _retention, "pay": _pay, "flows": _flows}[table.kind]
    return list(rows(runs, table))


def _retention(runs: Runs, table: OwnTable) -> Iterator[Check]:
    stayers = _panel(runs, "stayers")
    for row in table.rows.to_dict("records"):
        month = _month(row["months"], runs, table, row["line"])
        values = stayers[row["lab"]].xs(month, level="month") / stayers[row["lab"]].xs(0, level="month")
        name = f"{row['lab']}: still there after {month} months"
        yield _check(table, name, _target(row, "share"), values.to_numpy(), "share")


def _pay(runs: Runs, table: OwnTable) -> Iterator[Check]:
    for row in table.rows.to_dict("records"):
        month = _month(0.0 if math.isnan(row["month"]) else row["month"], runs, table, row["line"])
        percentile = MEDIAN if math.isnan(row["percentile"]) else int(row["percentile"])
        values = _panel(runs, f"pay_p{percentile}")[row["lab"]].xs(month, level="month").to_numpy()
        what = "median pay" if percentile == MEDIAN else f"{percentile}th percentile of pay"
        yield _check(table, f"{row['lab']}: {what} in month {month}", _target(row, "pay"), values, "M$ a year")


def _flows(runs: Runs, table: OwnTable) -> Iterator[Check]:
    counts = table.rows.groupby(["from", "to"], sort=False)["moves"].sum()
    if not counts.sum() > 0.0:
        raise InputError(f"{table.file}: no moves at all")
    moves = runs.flows.groupby(["replicate", "from", "to"], observed=True)["moves"].sum().unstack("replicate")
    listed = moves.reindex(pd.MultiIndex.from_tuples(counts.index)).fillna(0.0)
    shares = (listed / listed.sum()).to_numpy()
    for number, ((origin, destination), count) in enumerate(counts.items()):
        target = _wilson(count / counts.sum(), counts.sum())
        yield _check(table, f"{origin} to {destination}, share of these moves", target, shares[number], "share")


def _panel(runs: Runs, column: str) -> pd.DataFrame:
    """A column of the table `months` by replicate and month, a column a lab."""
    return runs.months.pivot_table(column, ["replicate", "month"], "lab", observed=True)


def _month(month: float, runs: Runs, table: OwnTable, line: int) -> int:
    if month != int(month) or month > runs.scenario.run.months:
        raise InputError(
            f"{table.file}, line {line}: month {month:g} is not in the run, which has the months 0 to"
            f" {runs.scenario.run.months}; --set run.months=N makes it longer"
        )
    return int(month)


def _target(row: dict[str, float], column: str) -> Interval:
    """What is known of a figure: its own range, a share's by the people it was counted from, or the figure alone."""
    value = row[column]
    if not math.isnan(row["low"]):
        return Interval(row["low"], row["high"])
    people = row.get("people", math.nan)
    return Interval(value, value) if math.isnan(people) else _wilson(value, people)


def _wilson(share: float, people: float) -> Interval:
    """The interval of a share counted from so many people (Wilson 1927)."""
    found = stats.binomtest(round(share * people), round(people)).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(float(found.low), float(found.high))


def _check(table: OwnTable, name: str, target: Interval, values: np.ndarray, unit: str) -> Check:
    known = values[~np.isnan(values)]
    return Check(GROUP[table.kind], name, target, float(np.mean(known)), t_interval(known), unit, table.file)
