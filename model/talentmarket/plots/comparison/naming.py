"""The names of compared runs, in one place above the panels, with a square of each run's colour."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from talentmarket.comparison.comparison import Comparison
from talentmarket.plots import words
from talentmarket.plots.colours import SOFT
from talentmarket.plots.comparison.words import run_colours

SIZE = 7.5
LINE, SQUARE = 12.0, 11.0  # points
PANEL_NAME = 18.0  # points that a panel's own name takes above it
ROOM = 6.0  # inches


def names_height(names: Sequence[str]) -> float:
    """Inches that the names of some runs take above the panels."""
    return len(names) * LINE / words.POINTS_PER_INCH


def name_runs(axes: Axes, comparison: Comparison, names: Sequence[str], above: float = 4.0) -> None:
    """Write the titles of some runs one below the other, the last of them so many points above the axes."""
    colours = run_colours(comparison.names)
    for place, name in enumerate(names):
        title = words.shortened(comparison.titles[comparison.names.index(name)], SIZE, ROOM)
        height = above + LINE * (len(names) - 1 - place)
        for text, aside, colour in (("■", 0.0, colours[name]), (title, SQUARE, SOFT)):
            axes.annotate(
                text,
                (0, 1),
                xytext=(aside, height),
                xycoords="axes fraction",
                textcoords="offset points",
                size=SIZE,
                color=colour,
                annotation_clip=False,
            )
