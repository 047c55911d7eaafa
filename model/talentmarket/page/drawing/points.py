"""The points of a study as SVG text: each a dot with its interval that can be chosen, in the order of size or along a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talentmarket.numbers import number
from talentmarket.page.drawing.lines import Scale, round_ticks
from talentmarket.page.drawing.text import safe

WIDTH, HEIGHT = 720.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 706.0, 14.0, 262.0


@dataclass(frozen=True)
class Mark:
    """A point: its number, place along the axis, mean and interval, the class of its colour, and what it says."""

    point: int
    x: float
    mean: float
    low: float
    high: float
    look: str
    words: str


def points_chart(
    marks: Sequence[Mark], across: str, ticks: Sequence[tuple[float, str]], chosen: int, unit: str = ""
) -> str:
    """A chart as one `svg` element.

    Parameters
    ----------
    marks
        The points, from left to right.
    across
        What the horizontal axis is.
    ticks
        Places on the horizontal axis and their labels.
    chosen
        The point that is marked; -1 for none.
    unit
        What stands behind the numbers of the vertical axis.
    """
    low, high, vertical = round_ticks(
        np.array([[mark.low, mark.high, 0.0] for mark in marks if np.isfinite(mark.mean)]).ravel()
    )
    places = [mark.x for mark in marks] + [place for place, _ in ticks]
    spare = 0.03 * (max(places) - min(places) or 1.0)
    right = Scale(min(places) - spare, max(places) + spare, LEFT, RIGHT)
    up = Scale(low, high, BOTTOM, TOP)
    grid = (
        f'<path class="grid" d="M{LEFT:g} {up(tick):.1f}H{RIGHT:g}"/>'
        f'<text class="tick end" x="{LEFT - 6:g}" y="{up(tick) + 3.5:.1f}">{number(tick)}{safe(unit)}</text>'
        for tick in vertical
    )
    below = (
        f'<text class="tick middle" x="{right(place):.1f}" y="{BOTTOM + 14:g}">{safe(label)}</text>'
        for place, label in ticks
    )
    return "".join(
        (
            f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" class="chart points" role="group" aria-label="Points of the study">',
            *grid,
            f'<path class="axis" d="M{LEFT:g} {up(0.0):.1f}H{RIGHT:g}"/>',
            *below,
            f'<text class="tick middle" x="{(LEFT + RIGHT) / 2:g}" y="{HEIGHT - 6:g}">{safe(across, 120)}</text>',
            *(_mark(mark, right, up, mark.point == chosen) for mark in marks if np.isfinite(mark.mean)),
            "</svg>",
        )
    )


def _mark(mark: Mark, right: Scale, up: Scale, chosen: bool) -> str:
    """A dot on its interval; the whole of it can be clicked."""
    x, look = right(mark.x), f"studied {mark.look}{' chosen' if chosen else ''}"
    return (
        f'<g class="{look}" data-point="{mark.point}"><title>{safe(mark.words, 400)}</title>'
        f'<rect class="reach" x="{x - 6:.1f}" y="{TOP:g}" width="12" height="{BOTTOM - TOP:g}"/>'
        f'<path d="M{x:.1f} {up(mark.low):.1f}V{up(mark.high):.1f}"/>'
        f'<circle cx="{x:.1f}" cy="{up(mark.mean):.1f}" r="{5 if chosen else 3.4:g}"/></g>'
    )
