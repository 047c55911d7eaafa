"""Profiles of the weakest parameters: how much worse the best fit is where each is held, and the 95 % line."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from talentmarket.calibration.analyses.profile import Profile
from talentmarket.calibration.result import Fitted
from talentmarket.errors import InputError
from talentmarket.numbers import number
from talentmarket.plots import words
from talentmarket.plots.calibration.rows import FAR, NEAR
from talentmarket.plots.colours import GREY, SHADE
from talentmarket.plots.style import canvas, dress, picture

COLUMNS, HEIGHT = 3, 2.1


@picture
def profiles(fitted: Fitted) -> Figure:
    """Axes for each profile: the least sum of squares over the value that is held, the 95 % line, and a straight valley."""
    if not fitted.profiles:
        raise InputError("no profile was asked for; [identification] profile says of how many parameters")
    columns = min(COLUMNS, len(fitted.profiles))
    rows = math.ceil(len(fitted.profiles) / columns)
    figure = canvas(HEIGHT * rows)
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes in grid[len(fitted.profiles) :]:
        axes.set_visible(False)
    for axes, along in zip(grid, fitted.profiles, strict=False):
        _draw(axes, fitted, along, 6.4 / columns)
    for axes in grid[::columns]:
        axes.set_ylabel("sum of squared misses")
    caption = (
        "At each value the parameter is held and all others are fitted again. Orange: the 95 % line; shaded: what stays below"
        " it. Dashed: what the standard error says, for a straight valley."
    )
    return dress(figure, _title(fitted, fitted.profiles[0]), fitted.calibration.title, caption)


def _draw(axes: Axes, fitted: Fitted, along: Profile, room: float) -> None:
    parameter = along.parameter
    values = [fitted.value(parameter, share) for share in along.unit]
    unit = float(fitted.found.unit[parameter])
    best = float(along.squares[np.argmin(np.abs(along.unit - unit))])
    # Only as far as the line is of interest.
    top = along.line + 0.5 * (along.line - best)
    low = along.unit[0] if np.isnan(along.low) else along.low
    high = along.unit[-1] if np.isnan(along.high) else along.high
    axes.axvspan(fitted.value(parameter, low), fitted.value(parameter, high), color=SHADE, linewidth=0, zorder=0)
    shares = np.linspace(along.unit[0], along.unit[-1], 101)
    scale = float(fitted.found.scale[parameter]) / float(fitted.found.covariance[parameter, parameter])
    straight = best + scale * (shares - unit) ** 2
    axes.plot([fitted.value(parameter, share) for share in shares], straight, color=GREY, linestyle="--", linewidth=1.0)
    axes.axhline(along.line, color=FAR, linewidth=1.0)
    axes.plot([fitted.value(parameter, share) for share in shares], _between(along, shares, unit, best), color=NEAR)
    axes.scatter(values, along.squares, color=NEAR, s=10, zorder=3)
    axes.set_ylim(min(float(along.squares.min()), best) - 0.05 * (top - best), top)
    axes.set_xlabel(words.shortened(fitted.paths[parameter], 8.0, room))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def _between(along: Profile, shares: np.ndarray, unit: float, best: float) -> np.ndarray:
    """The profile between the values tried: the root of the rise, with the sign of the side, is nearly straight."""
    roots = np.sign(along.unit - unit) * np.sqrt(np.maximum(along.squares - best, 0.0))
    curve: np.ndarray = best + np.interp(shares, along.unit, roots) ** 2
    return curve


def _title(fitted: Fitted, along: Profile) -> str:
    """The interval of the weakest parameter."""
    path = fitted.paths[along.parameter]
    low, high = (number(fitted.value(along.parameter, end)) for end in (along.low, along.high))
    if np.isnan(along.low) and np.isnan(along.high):
        return f"{path}: every value tried fits as well"
    if np.isnan(along.low):
        return f"{path}: anything up to {high} fits as well"
    if np.isnan(along.high):
        return f"{path}: anything from {low} fits as well"
    return f"{path}: anything from {low} to {high} fits as well"
