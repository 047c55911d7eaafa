"""Rows with names at the left, which pictures of calibrations share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from talentmarket.plots import words

# Okabe and Ito (2008).
NEAR, FAR, OPPOSITE = "#0072B2", "#D55E00", "#D55E00"


def name_rows(axes: Axes, names: Sequence[str], room: float = 2.6) -> None:
    """Rows from the top, each with its name, and vertical lines behind them."""
    axes.set_yticks(np.arange(len(names)), [words.shortened(name, 7.5, room) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
