"""How long those whom a raid wins stay: how many have come and are still there, and when the others left."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

from talentmarket.comparison.hires import CAME, hires, mean_of
from talentmarket.comparison.intervals import Interval
from talentmarket.numbers import count, number, with_spread
from talentmarket.plots.colours import GREY, OUTCOMES, SHADE, SOFT
from talentmarket.plots.labels import label_end
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.plots.words import shortened
from talentmarket.scenario.calendar import date_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "How long do those who come stay?"
STAY = ("labs.*.separation", "choice.exit_response", "campaigns.*.return_rate", "campaigns.*.next_trend")
LEAST_SCALE = 0.1  # people a month that the axis of those who leave shows at least
STRETCH = 6  # months, for saying when most leave


@picture
def stay_of_hires(offers: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """How many of those who came by each month are still with the raider, and how many leave in each month.

    Parameters
    ----------
    offers
        Table `offers`: outcome, decided (month of the start), left (month; -1: still there).
    scenario
        The scenario that was run: its length and its month 0.
    runs
        Number of finished runs.

    Returns
    -------
    matplotlib.figure.Figure
        Above, people who have come and who are still there, by month; below, those who leave in each month; means of the
        runs.
    """
    came = offers[offers["outcome"].astype(str).isin(CAME)]
    if not len(came):
        return message(QUESTION, scenario, f"Nobody came in {count(runs, 'run')}.")
    months = scenario.run.months
    starts, ends = (_by_month(came[name].to_numpy(), months) / runs for name in ("decided", "left"))
    have_come, there = starts.cumsum(), (starts - ends).cumsum()
    found = hires(offers, runs, months)
    came_text, left_text = (_people(*mean_of(found, column)) for column in ("came", "stayed"))
    figure = canvas(3.1)
    above, below = figure.subplots(2, 1, height_ratios=[2.0, 1.0], sharex=True)
    _draw_stay(above, (have_come, f"have come: {came_text}"), (there, f"still there: {left_text}"))
    _draw_leaving(below, ends)
    _set_months(below, scenario)
    heading = Heading(QUESTION, _finding(came_text, left_text, ends, scenario), _decides(scenario))
    return dress(figure, heading, scenario, _caption(runs, bool(ends.any())))


def _decides(scenario: Scenario) -> str:
    return f"when the packages vest, and how readily people leave: {named_with_basis([scenario], STAY)}."


def _by_month(month: np.ndarray, months: int) -> np.ndarray:
    """How many of some months there are, from 0 to the last; those that never came are not counted."""
    known = month[month >= 0].astype(int)
    return np.bincount(known[known <= months], minlength=months + 1).astype(float)


def _draw_stay(axes: Axes, have_come: tuple[np.ndarray, str], still_there: tuple[np.ndarray, str]) -> None:
    """Two lines over the months, each with what is written at its end."""
    month, there = np.arange(len(have_come[0])), still_there[0]
    axes.fill_between(month, there, have_come[0], color=OUTCOMES["refused"], alpha=0.5, linewidth=0)
    for (line, text), colour in ((have_come, GREY), (still_there, OUTCOMES["started"])):
        axes.plot(month, line, color=colour, solid_capstyle="butt")
        label_end(axes, text, (float(month[-1]), float(line[-1])), colour)
    axes.set_ylim(0, 1.08 * have_come[0].max())
    axes.set_xlim(0, len(there) - 1)
    axes.set_ylabel("people")
    axes.grid(axis="y")
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))


def _draw_leaving(axes: Axes, ends: np.ndarray) -> None:
    """A bar a month for those who leave, the worst half year shaded."""
    axes.bar(np.arange(len(ends)) - 0.5, ends, width=0.9, color=GREY)
    if ends.any():
        first, last = _worst(ends)
        axes.axvspan(first - 1, last, color=SHADE, linewidth=0, zorder=0)
    axes.set_ylim(0, 1.15 * max(float(ends.max()), LEAST_SCALE))
    axes.set_ylabel("leave a month")
    axes.yaxis.set_major_locator(MaxNLocator(3))


def _worst(ends: np.ndarray) -> tuple[int, int]:
    """The first and the last month of the stretch in which most leave."""
    sums = np.convolve(ends, np.ones(min(STRETCH, len(ends))), mode="valid")
    first = int(sums.argmax())
    return first, first + min(STRETCH, len(ends)) - 1


def _set_months(axes: Axes, scenario: Scenario) -> None:
    """Months below the axis, with their dates where there is room for them."""
    months = scenario.run.months
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months <= 6 * step), 240)
    axes.xaxis.set_major_locator(MultipleLocator(step))

    def text(month: float, _: object) -> str:
        date = date_of(scenario, month) if 0 <= month <= months else ""
        return f"{month:.0f}\n{shortened(date, 6.5, 0.95)}" if date else f"{month:.0f}"

    axes.xaxis.set_major_formatter(text)
    axes.set_xlabel("month", color=SOFT)


def _finding(came: str, left: str, ends: np.ndarray, scenario: Scenario) -> str:
    """How many have come and are left, and in which half year most leave."""
    date = date_of(scenario, scenario.run.months)
    said = f"Of {came} who come, {left} are still there{f' in {date}' if date else ' at the end'}"
    if not ends.sum():
        return f"{said}; nobody leaves"
    first, last = _worst(ends)
    dates = (date_of(scenario, first), date_of(scenario, last))
    when = f"{dates[0]} to {dates[1]}" if date else f"months {first} to {last}"
    return f"{said}; the worst half year is {when}, when {number(float(ends[first : last + 1].sum()), 2)} leave"


def _people(mean: float, interval: Interval) -> str:
    """A mean number of people with the digits that its interval tells."""
    return with_spread(mean, interval.half)


def _caption(runs: int, leaving: bool) -> str:
    which = "One run." if runs == 1 else f"Means of {runs:,} runs."
    return f"{which}{' Shaded: the half year in which most leave.' if leaving else ''} People won by all campaigns; whoever goes back to the old lab has left too."
