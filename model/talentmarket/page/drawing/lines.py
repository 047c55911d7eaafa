"""Line charts as SVG text: series over months, named at their ends, with campaigns shaded and events marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from talentmarket.numbers import number
from talentmarket.page.drawing.text import safe
from talentmarket.plots.labels import spread

WIDTH, HEIGHT = 360.0, 196.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 252.0, 12.0, 172.0
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240)
LINE_HEIGHT = 12.0
MOST_LINES = 12


@dataclass(frozen=True)
class Line:
    """A series: its name, the CSS variables of its colour, its values from month 0 on, and whether it is dashed."""

    name: str
    style: str
    values: np.ndarray
    dashed: bool = False


@dataclass(frozen=True)
class Axis:
    """What the vertical axis of a chart measures.

    Attributes
    ----------
    title, unit
        What is drawn, and in which unit.
    least
        Smallest range, so that noise does not look like news.
    zero
        Whether zero is always on the axis.
    floor
        The axis never goes below this.
    """

    title: str
    unit: str
    least: float = 1.0
    zero: bool = False
    floor: float = -math.inf


@dataclass(frozen=True)
class Chart:
    """What a line chart shows.

    Attributes
    ----------
    axis
        What is measured.
    months
        Length of the run; the horizontal axis has its room from the start.
    lines
        The series.
    marks
        Month and name of each event.
    bands
        First and last month of each campaign.
    together
        Name of all lines where nothing tells them apart.
    """

    axis: Axis
    months: int
    lines: Sequence[Line]
    marks: Sequence[tuple[int, str]] = ()
    bands: Sequence[tuple[int, int]] = ()
    together: str = "all labs"


def line_chart(chart: Chart) -> str:
    """A chart as one `svg` element, with a title for those who cannot see it."""
    low, high, ticks = _vertical(chart)
    across = Scale(0, max(chart.months, 1), LEFT, RIGHT)
    up = Scale(low, high, BOTTOM, TOP)
    parts = [
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" class="chart" role="img" aria-label="{_spoken(chart)}" {_frame(chart, low, high)}>',
        *_bands(chart, across),
        *(
            f'<path class="grid" d="M{LEFT:g} {up(tick):.1f}H{RIGHT:g}"/>'
            f'<text class="tick end" x="{LEFT - 5:g}" y="{up(tick) + 3.5:.1f}">{number(tick)}</text>'
            for tick in ticks
        ),
        *_months(chart.months, across),
        *_marks(chart, across),
        *_lines(chart, across, up),
        "</svg>",
    ]
    return "".join(parts)


def _frame(chart: Chart, low: float, high: float) -> str:
    """What a pointer above the chart needs to read values off the lines: the frame's corners, and what they stand for."""
    return f'data-frame="{LEFT:g} {RIGHT:g} {TOP:g} {BOTTOM:g}" data-months="{max(chart.months, 1)}" data-range="{low:.12g} {high:.12g}"'


@dataclass(frozen=True)
class Scale:
    """From values between `low` and `high` to places between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def _spoken(chart: Chart) -> str:
    """What a screen reader says: title, unit, and the latest value of each series."""
    ends = ", ".join(f"{line.name} {number(float(line.values[-1]))}" for line in chart.lines if len(line.values))
    return safe(f"{chart.axis.title}, {chart.axis.unit}: {ends}", 600)


def _vertical(chart: Chart) -> tuple[float, float, list[float]]:
    """Range of the vertical axis and its ticks, on round numbers so that it seldom moves while the run goes on."""
    values = np.concatenate([line.values for line in chart.lines] or [np.zeros(1)])
    values = values[np.isfinite(values)]
    if not values.size:
        values = np.zeros(1)
    low, high, axis = float(values.min()), float(values.max()), chart.axis
    if axis.zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < axis.least:
        middle = (low + high) / 2 if not axis.zero else 0.0
        low, high = min(low, middle - axis.least / 2), max(high, middle + axis.least / 2)
    return round_ticks(np.array([max(low, axis.floor), high]))


def round_ticks(values: np.ndarray) -> tuple[float, float, list[float]]:
    """An axis on round numbers that holds all values: its ends, and its ticks."""
    low, high = float(values.min()), float(values.max())
    step = _round_step((high - low) / 3)
    low, high = step * math.floor(low / step + 1e-9), step * math.ceil(high / step - 1e-9)
    ticks = [round(low + step * place, 12) for place in range(round((high - low) / step) + 1)]
    return low, high, ticks


def _round_step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(max(wanted, 1e-12)))
    return next(digit * power for digit in (1.0, 2.0, 2.5, 5.0, 10.0) if digit * power >= wanted * 0.999)


def _bands(chart: Chart, across: Scale) -> list[str]:
    drawn = []
    for first, last in chart.bands:
        start, end = across(first - 1), across(min(last, chart.months))
        width = max(end - start, 1.0)
        drawn.append(f'<rect class="band" x="{start:.1f}" y="{TOP:g}" width="{width:.1f}" height="{BOTTOM - TOP:g}"/>')
    return drawn


def _months(months: int, across: Scale) -> list[str]:
    step = next((each for each in MONTH_STEPS if months / each <= 5), 300)
    labels = [
        f'<text class="tick middle" x="{across(month):.1f}" y="{BOTTOM + 13:g}">{month}</text>'
        for month in range(0, months + 1, step)
    ]
    return [*labels, f'<text class="tick" x="{RIGHT + 18:g}" y="{BOTTOM + 13:g}">month</text>']


def _marks(chart: Chart, across: Scale) -> list[str]:
    drawn = []
    for place, (month, name) in enumerate(chart.marks):
        x = across(month - 1)
        drawn.append(
            f'<path class="mark" d="M{x:.1f} {TOP:g}V{BOTTOM:g}"><title>{safe(name)}, month {month}</title></path>'
            f'<text class="markname" x="{x + 3:.1f}" y="{TOP + 8 + 10 * (place % 3):g}">{safe(name, 16)}</text>'
        )
    return drawn


def _lines(chart: Chart, across: Scale, up: Scale) -> list[str]:
    lines = _named_once(
        [line for line in chart.lines[:MOST_LINES] if np.isfinite(line.values[-1:]).any()], chart.together
    )
    ends = [up(float(line.values[-1])) for line in lines]
    heights = spread(ends, [LINE_HEIGHT] * len(lines), TOP - 6, BOTTOM + 6)
    drawn, names = [], []
    for line, end, height in zip(lines, ends, heights, strict=True):
        points = [
            f"{across(month):.1f} {up(float(value)):.2f}"
            for month, value in enumerate(line.values)
            if math.isfinite(value)
        ]
        dashed = " dashed" if line.dashed else ""
        x = across(len(line.values) - 1)
        drawn.append(
            f'<path class="line{dashed}" data-name="{safe(line.name)}" style="{line.style}" d="M{"L".join(points)}"/>'
        )
        drawn.append(f'<circle class="tip" style="{line.style}" r="2.4" cx="{x:.1f}" cy="{end:.1f}"/>')
        names.append(
            f'<path class="leader" style="{line.style}" d="M{x + 3:.1f} {end:.1f}L{x + 8:.1f} {height:.1f}"/>'
            f'<text class="name" style="{line.style}" x="{x + 10:.1f}" y="{height + 3.8:.1f}">{safe(line.name, 15)}</text>'
        )
    return [*drawn, *names]


def _named_once(lines: list[Line], together: str) -> list[Line]:
    """One line for all where nothing tells them apart."""
    alike = (
        len(lines) > 1
        and len(lines[0].values) > 1
        and all(np.array_equal(lines[0].values, one.values) for one in lines)
    )
    return [replace(lines[0], name=together)] if alike else lines
