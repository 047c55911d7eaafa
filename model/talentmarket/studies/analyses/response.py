"""How a response runs along one parameter, or over two: what the pictures of a study show."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.interpolate import RBFInterpolator

from talentmarket.studies.sampling.stopping import half_width

MOST_BINS = 8
POINTS_A_BIN = 8
SKEWED = 10.0
GRID = 60
NEIGHBOURS = 60
SMOOTHING = 0.5


class Curve(NamedTuple):
    """Values of a parameter, and the response's mean there with both ends of its 95 % interval (each of equal length)."""

    value: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def binned(values: np.ndarray, response: np.ndarray) -> Curve:
    """Means of the response over all points whose parameter is alike: equal, or in one of at most eight equal parts.

    The interval is of the mean over what else varies.
    """
    different, place = np.unique(values, return_inverse=True)
    if len(different) > MOST_BINS:
        bins = max(3, min(MOST_BINS, len(values) // POINTS_A_BIN))
        rank = np.empty(len(values), dtype=int)
        rank[np.argsort(values, kind="stable")] = np.arange(len(values))
        place = rank * bins // len(values)
    rows = []
    for part in np.unique(place):
        inside = response[place == part]
        half = half_width(inside, looks=1)
        rows.append((values[place == part].mean(), inside.mean(), inside.mean() - half, inside.mean() + half))
    return Curve(*np.array(rows).T)


def is_skewed(response: np.ndarray) -> bool:
    """Whether a response needs an axis that shows small and very large values: its ends lie ten quartile ranges out."""
    known = response[~np.isnan(response)]
    if len(known) < 4:
        return False
    quarter, three_quarters = np.quantile(known, [0.25, 0.75])
    spread = three_quarters - quarter
    return bool(spread > 0.0 and np.ptp(known) > SKEWED * spread)


class Surface(NamedTuple):
    """A response over two parameters: values along both axes (GRID,) each, and the response (second, first)."""

    first: np.ndarray
    second: np.ndarray
    response: np.ndarray


def surface(first: np.ndarray, second: np.ndarray, response: np.ndarray) -> Surface:
    """A smooth surface through scattered points (thin-plate splines), on both parameters' scales from 0 to 1.

    What the other parameters do is noise to it, which the smoothing averages.
    """
    points = np.column_stack([first, second])
    ends = points.min(axis=0), points.max(axis=0)
    size = ends[1] - ends[0]
    axes = [np.linspace(ends[0][number], ends[1][number], GRID) for number in (0, 1)]
    spline = RBFInterpolator(
        (points - ends[0]) / size, response, neighbors=min(NEIGHBOURS, len(points)), smoothing=SMOOTHING
    )
    mesh = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    return Surface(axes[0], axes[1], spline((mesh - ends[0]) / size).reshape(GRID, GRID))


class Swing(NamedTuple):
    """The response where a parameter is low and where it is high.

    Attributes
    ----------
    low, high
        Mean of the response over the quarter of the points with the lowest and with the highest values.
    low_half, high_half
        Half of their 95 % intervals over what else varies.
    low_value, high_value
        Mean of the parameter there.
    """

    low: float
    high: float
    low_half: float
    high_half: float
    low_value: float
    high_value: float

    @property
    def size(self) -> float:
        """By how much the response is higher where the parameter is high."""
        return self.high - self.low

    @property
    def is_clear(self) -> bool:
        """Whether the 95 % interval of `size` leaves zero out."""
        return abs(self.size) > math.hypot(self.low_half, self.high_half)


def swing(values: np.ndarray, response: np.ndarray) -> Swing:
    """How a response (n,) swings with a parameter's values (n,); of a list of few values the ends are its first and last."""
    quarter, three_quarters = np.quantile(values, [0.25, 0.75])
    ends = [values <= quarter, values >= three_quarters]
    means = [float(response[end].mean()) for end in ends]
    halves = [half_width(response[end], looks=1) for end in ends]
    levels = [float(values[end].mean()) for end in ends]
    return Swing(*means, *halves, *levels)
