"""In what share of the points an outcome has the wanted sign, and how many points are clear about it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from talentmarket.comparison.intervals import NO_INTERVAL, Interval
from talentmarket.runs.summary import CONFIDENCE


class Robustness(NamedTuple):
    """Points by the sign of an outcome.

    Attributes
    ----------
    points
        Points at which it is known.
    wanted
        Those whose mean has the wanted sign.
    clear_wanted, clear_other
        Those whose interval leaves zero out, on the wanted side and on the other.
    unclear
        Those whose interval holds zero.
    share
        wanted over points.
    interval
        Its 95 % interval (Wilson), if the points are a sample of the space; none for a grid.
    """

    points: int
    wanted: int
    clear_wanted: int
    clear_other: int
    unclear: int
    share: float
    interval: Interval


def wilson(successes: int, trials: int) -> Interval:
    """The 95 % interval of a share (Wilson 1927).

    The shares p at which |k/n - p| <= z sqrt(p (1 - p) / n).
    """
    if trials < 1:
        return NO_INTERVAL
    z = float(ndtri((1.0 + CONFIDENCE) / 2.0))
    share = successes / trials
    centre = share + z * z / (2.0 * trials)
    spread = z * np.sqrt(share * (1.0 - share) / trials + z * z / (4.0 * trials * trials))
    scale = 1.0 + z * z / trials
    return Interval(max(0.0, float((centre - spread) / scale)), min(1.0, float((centre + spread) / scale)))


def robustness(mean: np.ndarray, low: np.ndarray, high: np.ndarray, lower_is_wanted: bool, sampled: bool) -> Robustness:
    """Count points by their sign.

    Parameters
    ----------
    mean, low, high
        Means and intervals by point (n,); points where the mean is unknown are left out.
    lower_is_wanted
        Whether below zero is wanted.
    sampled
        Whether the points are a sample of the space of the parameters.
    """
    known = ~np.isnan(mean)
    sign = -1.0 if lower_is_wanted else 1.0
    mean, ends = sign * mean[known], (sign * low[known], sign * high[known])
    nearest, farthest = np.minimum(*ends), np.maximum(*ends)
    points, wanted = len(mean), int((mean > 0.0).sum())
    clear_wanted, clear_other = int((nearest > 0.0).sum()), int((farthest < 0.0).sum())
    share = wanted / points if points else float("nan")
    interval = wilson(wanted, points) if sampled else NO_INTERVAL
    return Robustness(points, wanted, clear_wanted, clear_other, points - clear_wanted - clear_other, share, interval)
