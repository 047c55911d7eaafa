"""Checks that a figure can be read: no text on another, none cut off by the edge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from talentmarket.plots.style import styled

TOLERANCE = 1.0


def _shown(axes: Axes) -> Iterator[Text]:
    yield from (axes.title, axes._left_title, axes._right_title, axes.xaxis.label, axes.yaxis.label, *axes.texts)
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if low <= tick.get_loc() <= high:
                yield from (label for label in (tick.label1, tick.label2) if label.get_visible())


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text of a figure with its box in pixels."""
    with styled():
        figure.draw_without_rendering()
        texts = [*figure.texts, *(text for axes in figure.axes for text in _shown(axes))]
        # An annotation's own extent would include its arrow.
        return [(t.get_text(), Text.get_window_extent(t)) for t in texts if t.get_text().strip() and t.get_visible()]


def assert_readable(figure: Figure) -> None:
    """Fail if two texts overlap or one leaves the figure."""
    found = boxes(figure)
    for text, box in found:
        beyond = max(-box.x0, box.x1 - figure.bbox.x1, -box.y0, box.y1 - figure.bbox.y1)
        assert beyond <= TOLERANCE, f"cut off: {text!r}"
    for (one, a), (other, b) in combinations(found, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= TOLERANCE or high <= TOLERANCE, f"{one!r} lies on {other!r}"
