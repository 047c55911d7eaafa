"""What the targets see least of: the weakest direction of the parameters, and how strong each direction is."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from talentmarket.calibration.result import Fitted
from talentmarket.calibration.words import weakest_direction
from talentmarket.numbers import number
from talentmarket.plots.calibration.rows import NEAR, OPPOSITE, name_rows
from talentmarket.plots.colours import DARK, GREY
from talentmarket.plots.style import canvas, dress, picture

ROW = 0.24


@picture
def direction(fitted: Fitted) -> Figure:
    """Left: the parts of the weakest direction, as shares of the ranges; right: the singular values of the Jacobian."""
    strength, parts = weakest_direction(fitted)
    figure = canvas(max(ROW * len(parts), 1.2) + 0.6)
    left, right = figure.subplots(1, 2, width_ratios=(2.0, 1.0))
    places = np.arange(len(parts))
    left.barh(places, parts, height=0.55, color=np.where(parts >= 0.0, NEAR, OPPOSITE))
    left.axvline(0.0, color=DARK, linewidth=0.7)
    name_rows(left, list(fitted.paths), 2.0)
    left.set_xlabel("part of the weakest direction, in ranges")
    values = fitted.found.singular_values
    known = values > 0.0
    right.scatter(1.0 + np.arange(len(values))[known], values[known], s=16, color=NEAR, zorder=3)
    right.axhline(1.0, color=GREY, linewidth=0.8, linestyle="--")
    right.set_yscale("log")
    right.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    right.set_xlabel("direction, the strongest first")
    right.set_ylabel("tolerances a range")
    order = np.argsort(-np.abs(parts), kind="stable")
    one = fitted.paths[order[0]]
    if len(parts) > 1 and abs(parts[order[1]]) >= 0.3 * abs(parts[order[0]]):
        way = "up" if parts[order[1]] > 0.0 else "down"
        title = f"What the targets see least of: {one} up with {fitted.paths[order[1]]} {way}"
    else:
        title = f"What the targets see least of: {one}"
    caption = (
        f"All along the weakest direction the misses change by {number(strength)} tolerances for a whole range; dashed: one"
        " tolerance. Blue: up; orange: down at the same time."
    )
    return dress(figure, title, fitted.calibration.title, caption)
