"""How far the model is off each figure, in its tolerance."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from talentmarket.calibration.result import Fitted
from talentmarket.numbers import count, number
from talentmarket.plots import words
from talentmarket.plots.calibration.rows import FAR, NEAR, name_rows
from talentmarket.plots.colours import DARK, SHADE
from talentmarket.plots.style import canvas, dress, picture

ROW = 0.24


@picture
def misfits(fitted: Fitted) -> Figure:
    """A row for each target: the miss with the 95 % interval of the simulation; shaded is the tolerance."""
    table = fitted.targets
    miss, half = table["miss"].to_numpy(), 1.96 * (table["model_error"] / table["tolerance"]).to_numpy()
    places = np.arange(len(table))
    figure = canvas(ROW * len(table) + 0.6)
    axes = figure.subplots()
    axes.axvspan(-1.0, 1.0, color=SHADE, linewidth=0, zorder=0)
    axes.axvline(0.0, color=DARK, linewidth=0.7, zorder=1)
    for place in places:
        colour = NEAR if abs(miss[place]) <= 1.0 else FAR
        axes.hlines(place, miss[place] - half[place], miss[place] + half[place], color=colour, linewidth=1.2)
        axes.scatter(miss[place], place, s=18, color=colour, zorder=3)
    end = 1.1 * max(1.2, float(np.max(np.abs(miss) + half)))
    axes.set_xlim(-end, end)
    name_rows(axes, list(table["target"]))
    axes.set_xlabel("model less figure, in tolerances")
    met, every = int(np.sum(np.abs(miss) <= 1.0)), len(miss)
    worst = int(np.argmax(np.abs(miss)))
    title = f"All {every} targets are met within their tolerance" if met == every else f"{met} of {count(every, 'target')} are met; farthest off: {table['target'][worst]}"  # fmt: skip
    found = fitted.found
    test = f" J = {number(found.j)} with {count(found.freedom, 'degree')} of freedom, p = {number(found.p, 2)}." if found.freedom else ""  # fmt: skip
    caption = f"Lines: 95 % intervals of the simulation at the point found. Shaded: the tolerance of each figure.{test}"
    return dress(figure, title, fitted.calibration.title, words.printable(caption))
