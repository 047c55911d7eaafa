"""A dot for each replicate over one axis, those of like value above one another, with a mean's interval, in SVG text."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.numbers import number
from talentmarket.page.drawing.text import safe

WIDTH, LEFT, RIGHT, FLOOR, AXIS = 460.0, 14.0, 446.0, 96.0, 128.0
FEWEST, MOST = 16, 44  # columns
LARGEST = 10.0  # dots
TICKS = 5


def dot_strip(values: np.ndarray, mine: float, interval: tuple[float, float], words: str) -> str:
    """The dots of some values (n,), n at least 1.

    Parameters
    ----------
    mine
        The value to mark, that of the run on the page; not a number for none.
    interval
        Interval of the mean, as a bar below the dots.
    words
        What is shown, for those who do not see it.
    """
    grain = _grain(values)
    values, mine, interval = values / grain, mine / grain, (interval[0] / grain, interval[1] / grain)
    low, width, columns = _columns(values, interval)
    high = low + width * columns
    scale = (RIGHT - LEFT) / (high - low)
    bins = np.clip(((values - low) / width).astype(int), 0, columns - 1)
    tallest = int(np.bincount(bins).max())
    step = min((RIGHT - LEFT) / columns, (FLOOR - 8.0) / tallest, LARGEST)
    marked = int(np.flatnonzero(values == mine)[0]) if math.isfinite(mine) else -1
    parts = [
        f'<svg viewBox="0 0 {WIDTH:g} {AXIS + 18:g}" class="chart seeds" role="img" aria-label="{safe(words, 200)}">'
    ]
    heights = np.zeros(columns, dtype=int)
    for place in np.argsort(np.arange(len(values)) != marked, kind="stable"):  # the marked one stands at the bottom
        column = int(bins[place])
        x, y = LEFT + (column + 0.5) * (RIGHT - LEFT) / columns, FLOOR - step * (heights[column] + 0.5)
        heights[column] += 1
        look = "seed mine" if place == marked else "seed"
        parts.append(f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{0.42 * step:.1f}"/>')
    parts += _mean_bar([LEFT + (end - low) * scale for end in interval], LEFT + (float(values.mean()) - low) * scale)
    parts += [
        f'<text class="tick middle" x="{LEFT + (tick - low) * scale:.1f}" y="{AXIS + 12:g}">{number(grain * tick)}</text>'
        for tick in _ticks(low, high)
    ]
    return "".join([*parts, "</svg>"])


def _grain(values: np.ndarray) -> float:
    """What the columns count: one for whole numbers, else the power of ten that gives the values some columns."""
    spread = float(np.ptp(values))
    if spread == 0.0 or np.array_equal(values, np.round(values)):
        return 1.0
    return float(10.0 ** math.floor(math.log10(spread / FEWEST)))


def _columns(values: np.ndarray, interval: tuple[float, float]) -> tuple[float, int, int]:
    """Where the axis begins, how many whole numbers a column holds, and how many columns there are around everything.

    Columns begin halfway between whole numbers, so that a column of one whole number stands at that number.
    """
    known = [float(values.min()), float(values.max()), *(end for end in interval if math.isfinite(end))]
    low, high = math.floor(min(known)), math.ceil(max(known))
    width = math.ceil((high - low + 1) / MOST)
    columns = max(FEWEST, math.ceil((high - low + 1) / width))
    spare = columns * width - (high - low + 1)
    begin = low - spare // 2
    return (max(begin, 0) if low >= 0 else begin) - 0.5, width, columns


def _mean_bar(ends: list[float], mean: float) -> list[str]:
    y = FLOOR + 14.0
    bar = [f'<path class="interval" d="M{ends[0]:.1f} {y:g}H{ends[1]:.1f}"/>'] if all(map(math.isfinite, ends)) else []
    return [
        f'<path class="axis" d="M{LEFT:g} {FLOOR + 1:g}H{RIGHT:g}"/>',
        *bar,
        f'<path class="mean" d="M{mean:.1f} {y - 6:g}V{y + 6:g}"/>',
    ]


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
