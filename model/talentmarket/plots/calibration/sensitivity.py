"""Which figure moves which estimate: the sensitivity of Andrews, Gentzkow and Shapiro (2017), as a matrix."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from talentmarket.calibration.result import Fitted
from talentmarket.errors import InputError
from talentmarket.numbers import fixed, signed
from talentmarket.plots import words
from talentmarket.plots.colours import text_on
from talentmarket.plots.style import canvas, dress, picture

ROW = 0.27
MAP = "RdBu_r"
LEAST = 0.05  # standard errors; smaller cells stay empty


@picture
def sensitivity(fitted: Fitted) -> Figure:
    """A row for each identified parameter, a column for each target: change in standard errors for a tolerance more."""
    rows = np.flatnonzero(fitted.found.identified)
    if not len(rows):
        raise InputError("no parameter is identified")
    cells = fitted.found.sensitivity[rows] / fitted.found.errors[rows, None]
    figure = canvas(ROW * len(rows) + 1.7)
    axes = figure.subplots()
    drawn = axes.imshow(cells, cmap=MAP, vmin=-1.0, vmax=1.0, aspect="auto")
    for (row, column), value in np.ndenumerate(cells):
        if abs(value) >= LEAST:
            ground = drawn.cmap(drawn.norm(value))
            ink = text_on("#{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in ground[:3])))
            axes.text(column, row, signed(fixed(value, 1)), ha="center", va="center", size=6.5, color=ink)
    axes.set_yticks(np.arange(len(rows)), [words.shortened(fitted.paths[row], 7.5, 2.2) for row in rows])
    names = [words.in_lines(target.name, 7.0, 1.3, 2) for target in fitted.calibration.targets]
    axes.set_xticks(np.arange(len(names)), names, rotation=40, ha="right", rotation_mode="anchor", size=7.0)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    row, column = np.unravel_index(int(np.argmax(np.abs(cells))), cells.shape)
    title = f"{fitted.paths[rows[row]]} hangs on one figure most of all: {fitted.calibration.targets[column].name}"
    caption = (
        "Change of each estimate, in its standard errors, if a figure were one tolerance higher (Andrews, Gentzkow and"
        " Shapiro 2017). Red: it rises; blue: it falls."
    )
    return dress(figure, title, fitted.calibration.title, caption)
