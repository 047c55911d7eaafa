"""Marks of events in pictures whose horizontal axis is the month: a dashed line each, named in the caption."""

from __future__ import annotations

from string import ascii_lowercase
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from talentmarket.numbers import percent
from talentmarket.plots.colours import SOFT
from talentmarket.scenario.calendar import date_of
from talentmarket.scenario.schema import Scenario

TAG_SIZE = 6.5
TOP = 0.84  # of the height of the axes: notes on campaigns stand above it


class Mark(NamedTuple):
    """Where an event stands, the letter beside its line (none if it is the only one), and its name and when."""

    month: float
    tag: str
    text: str


def event_marks(events: pd.DataFrame, runs: int, scenario: Scenario) -> list[Mark]:
    """A mark for each event that happened in any run, in the order of their months.

    Parameters
    ----------
    events
        Table `events`: replicate, month, event.
    runs
        Number of runs, which tells how many an event of a hazard happened in.
    scenario
        Dates the months.
    """
    months = events.astype({"event": str}).groupby("event")["month"].agg(["median", "min", "max", "size"])
    rows = list(months.sort_values("median", kind="stable").itertuples())
    tags = ascii_lowercase if len(rows) > 1 else " " * len(rows)
    return [Mark(row.median, tag.strip(), _text(row, runs, scenario)) for row, tag in zip(rows, tags, strict=False)]


def _text(row: tuple[str, float, int, int, int], runs: int, scenario: Scenario) -> str:
    name, median, first, last, times = row
    if times == runs and first == last:
        return f"{name} ({_when(scenario, first)})"
    return f"{name} (in {percent(times / runs, 0)} of runs, there in {_when(scenario, median)} on median)"


def _when(scenario: Scenario, month: float) -> str:
    date = date_of(scenario, month)
    return f"month {month:.0f}, {date}" if date else f"month {month:.0f}"


def draw_events(axes: Axes, marks: list[Mark]) -> None:
    """Draw the line of each mark at its month, and its letter at the foot."""
    for mark in marks:
        place = mark.month
        axes.axvline(place, ymax=TOP, color=SOFT, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1.5)
        axes.annotate(
            mark.tag,
            (place, 0),
            xytext=(2, 2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            size=TAG_SIZE,
            color=SOFT,
        )


def events_caption(marks: list[Mark]) -> str:
    """What the lines are, for the caption; empty without marks."""
    named = "; ".join(f"{mark.tag} {mark.text}".strip() for mark in marks)
    return f"Dashed: {named}." if marks else ""
