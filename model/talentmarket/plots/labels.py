"""Names at the end of lines, in place of a legend, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from talentmarket.plots.colours import ink
from talentmarket.plots.words import printable

MARK = "label at a line's end"
LINE_HEIGHT = 1.25
SMALLEST_SIZE = 4.0
LABEL_PLACE = 1.03


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> np.ndarray:
    """Centres nearest to those wanted (least squares) at which boxes keep their order and do not overlap.

    Parameters
    ----------
    wanted
        Wanted centres of the boxes, in any order.
    sizes
        Size of each box; all shrink by one factor if they do not fit.
    low, high
        Limits that no box may cross.

    Returns
    -------
    numpy.ndarray
        Centres in the order of `wanted`, found by the pool-adjacent-violators algorithm.
    """
    if not len(wanted):
        return np.zeros(0)
    order = np.argsort(np.asarray(wanted, dtype=float), kind="stable")
    boxes = np.asarray(sizes, dtype=float)[order]
    boxes = boxes * min(1.0, (high - low) / boxes.sum())
    offsets = np.cumsum(boxes) - boxes / 2
    level = _isotonic(np.asarray(wanted, dtype=float)[order] - offsets)
    placed = np.empty(len(order))
    placed[order] = np.clip(level, low, max(low, high - boxes.sum())) + offsets
    return placed


def _isotonic(values: np.ndarray) -> np.ndarray:
    """The series that never falls and is nearest to `values`."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((float(value), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, size), (later_mean, later_size) = pools[-2:]
            total = size + later_size
            pools[-2:] = [((mean * size + later_mean * later_size) / total, total)]
    return np.concatenate([np.full(size, mean) for mean, size in pools])


def label_end(axes: Axes, text: str, end: tuple[float, float], colour: str) -> None:
    """Name a line at its right end; `settle` moves the names of a figure apart once its layout stands.

    Parameters
    ----------
    axes
        Where the line is drawn.
    text
        What to write, printed as it stands.
    end
        Last point of the line, in data coordinates.
    colour
        Colour of the line; the text is darkened until it reads well on white.
    """
    axes.annotate(
        printable(text),
        xy=end,
        xytext=(LABEL_PLACE, end[1]),
        textcoords=("axes fraction", "data"),
        color=ink(colour),
        va="center",
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "-",
            "color": colour,
            "linewidth": 0.6,
            "relpos": (0, 0.5),
            "shrinkA": 1,
            "shrinkB": 2,
        },
        gid=MARK,
    )


def settle(figure: Figure) -> None:
    """Move the names at the ends of lines apart, in every axes of a figure that has its final layout."""
    for axes in figure.axes:
        labels = [text for text in axes.texts if text.get_gid() == MARK and isinstance(text, Annotation)]
        if labels:
            _settle_axes(axes, labels)


def _settle_axes(axes: Axes, labels: list[Annotation]) -> None:
    box = axes.get_window_extent()
    points = axes.get_figure().dpi / 72  # type: ignore[union-attr]
    lines = [1 + label.get_text().count("\n") for label in labels]
    room = box.height / points / LINE_HEIGHT / sum(lines)
    size = min(float(labels[0].get_fontsize()), max(SMALLEST_SIZE, room))
    line = LINE_HEIGHT * size * points
    to_pixels = axes.transData
    wanted = [to_pixels.transform(label.xy)[1] for label in labels]
    placed = spread(wanted, [line * own for own in lines], box.y0 - line / 2, box.y1 + line / 2)
    for label, height in zip(labels, placed, strict=True):
        label.set_fontsize(size)
        label.set_position((LABEL_PLACE, float(to_pixels.inverted().transform((box.x1, height))[1])))
