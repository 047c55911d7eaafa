"""The chapters that follow a raid's approaches to their end: how many are left after each step, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from talentmarket.market.records.codes import PARTS
from talentmarket.numbers import UNKNOWN, fixed, mean_and_interval, percent
from talentmarket.report.page import Chapter, Row, Section, Table

# The measure of each step, its words, and why those whom the step before had are not there.
STEPS = {
    "approached": ("Asked", ""),
    "engaged": ("Talked", "did not talk: lost before anything was weighed"),
    "offers": ("Had an offer", "talked and had no offer: lost before anything was weighed"),
    "accepted": ("Accepted", "weighed the offer and refused it, or took another one"),
    "started": ("Started", "accepted and never started"),
}
COLUMNS = ("Step", "A run", "95 % interval", "Of those asked", "Lost before it", "Why")
NUMERIC = (False, True, True, True, True, False)
REFUSALS = ("Without", "Of those who refused, % would have accepted", "95 % interval")
REFUSALS_NUMERIC = (False, True, True)
TEXT = "Approaches of all raids together, means over the runs; whoever is asked again counts again."
WEIGHED_AGAIN = (
    "Each offer that was not taken is weighed again with the same noise and one part of the choice away. The "
    "shares need not add up to 100 %, as a refusal may hang on several parts or on none."
)


def funnel_chapters(summary: pd.DataFrame, title: str = "", number: int = 1) -> Iterator[Chapter]:
    """The chapter on the steps from asked to started, if anybody was asked, and the one on refusals, if anybody refused.

    Parameters
    ----------
    summary
        As `Runs.summary` has it.
    title
        Which run it is, for the headings; empty if there is only one.
    number
        Its number, which tells the chapters of several runs apart.
    """
    whole = {row.measure: row for row in summary.itertuples() if row.lab == "" and row.n}
    if not all(step in whole for step in STEPS) or not whole["approached"].mean:
        return
    of_run, mark = (f": {title}", f"-{number}") if title else ("", "")
    yield Chapter(f"funnel{mark}", f"From asked to started{of_run}", (TEXT,), (), (_steps(whole),))
    rows = tuple(_refusals(whole))
    if rows:
        table = Table(REFUSALS, REFUSALS_NUMERIC, (Section("", rows),))
        yield Chapter(f"refusals{mark}", f"Why they refused{of_run}", (WEIGHED_AGAIN,), (), (table,))


def _steps(whole: Mapping[str, Any]) -> Table:
    asked = before = whole["approached"].mean
    rows = []
    for step, (words, why) in STEPS.items():
        row = whole[step]
        mean, interval = mean_and_interval(row.mean, row.low, row.high)
        lost = fixed(before - row.mean, 1) if why else UNKNOWN
        rows.append(Row((words, mean, interval, percent(row.mean / asked, 1), lost, why)))
        before = row.mean
    return Table(COLUMNS, NUMERIC, (Section("", tuple(rows)),))


def _refusals(whole: Mapping[str, Any]) -> Iterator[Row]:
    """What refusals hung on, a row a part of the choice; none if nothing was refused."""
    for part, words in PARTS.items():
        row = whole.get(f"refused_for_{part}")
        if row is not None:
            yield Row((words, *mean_and_interval(*(100.0 * each for each in (row.mean, row.low, row.high)))))
