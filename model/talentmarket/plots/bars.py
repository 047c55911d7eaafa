"""Horizontal bars beside a matrix, each with its number beyond its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from talentmarket.plots import words
from talentmarket.plots.colours import DARK, GREY, SOFT, ink

SIZE = 7.5
PAD = 0.05
LEAST = 1e-6


@dataclass(frozen=True)
class Bars:
    """One bar a row.

    Attributes
    ----------
    lengths
        Where each bar ends; negative to the left.
    low, high
        A thin line over each bar from `low` to `high`; equal to `lengths` for none.
    texts
        The number of each bar.
    colours
        Its colour.
    """

    lengths: np.ndarray
    low: np.ndarray
    high: np.ndarray
    texts: Sequence[str]
    colours: Sequence[str]


def draw_bars(axes: Axes, series: Sequence[Bars], title: str, inches: float) -> None:
    """Draw bars on both sides of zero and set limits that leave room for their numbers.

    Parameters
    ----------
    axes
        Gets nothing but the bars: rows from the top, no ticks.
    series
        Bars that share the rows.
    title
        What the bars are, with the unit.
    inches
        Width of the axes, from which the room for the numbers is found.
    """
    for bars in series:
        rows = np.arange(len(bars.lengths))
        axes.barh(rows, bars.lengths, height=0.55, color=bars.colours)
        spread = bars.high > bars.low
        axes.hlines(rows[spread], bars.low[spread], bars.high[spread], color=DARK, linewidth=0.8)
        for row in rows:
            _write(axes, bars, int(row))
    axes.set_xlim(*_limits(series, inches))
    axes.set_ylim(len(series[0].lengths) - 0.5, -0.5)
    axes.axvline(0, color=GREY, linewidth=0.7)
    axes.xaxis.set_major_locator(NullLocator())
    axes.yaxis.set_major_locator(NullLocator())
    axes.spines[:].set_visible(False)
    axes.set_title(title, loc="center", size=SIZE, color=SOFT, linespacing=1.25)


def _write(axes: Axes, bars: Bars, row: int) -> None:
    left = bars.lengths[row] < 0
    end = min(bars.low[row], bars.lengths[row]) if left else max(bars.high[row], bars.lengths[row])
    axes.annotate(
        bars.texts[row],
        (end, row),
        xytext=(-3 if left else 3, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        size=SIZE,
        color=ink(bars.colours[row]),
    )


def _limits(series: Sequence[Bars], inches: float) -> tuple[float, float]:
    low = min(0.0, *(float(min(bars.low.min(), bars.lengths.min())) for bars in series))
    high = max(0.0, *(float(max(bars.high.max(), bars.lengths.max())) for bars in series))
    if high - low < LEAST:
        return -1.0, 1.0
    rooms = {True: 0.0, False: 0.0}
    for bars in series:
        for length, text in zip(bars.lengths, bars.texts, strict=True):
            rooms[length < 0] = max(rooms[length < 0], words.width(text, SIZE) + PAD)
    scale = (high - low) / max(inches - sum(rooms.values()), 0.2 * inches)
    return low - rooms[True] * scale, high + rooms[False] * scale
