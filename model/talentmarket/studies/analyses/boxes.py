"""Where an outcome fails: boxes of the parameters' space in which it mostly does (PRIM, Friedman and Fisher 1999).

A box begins as the whole space. Peeling takes away, side by side, the twentieth of its points whose loss raises the share of
failures most. Of the boxes on the way the one is kept whose coverage (share of all failures) and density
(share of failures in it) have the greatest harmonic mean; a side that does not help is let go. What the box
covers is taken out, and the next one sought, three at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from talentmarket.comparison.intervals import Interval
from talentmarket.studies.analyses.robustness import wilson

PEEL = 0.05
MOST_BOXES = 3
LEAST_POINTS = 5
LEAST_SHARE = 0.02

Limits = Mapping[int, tuple[float, float]]


@dataclass(frozen=True)
class Box:
    """A box.

    Attributes
    ----------
    limits
        Lowest and highest value of each parameter that it restricts, by the parameter's number.
    points, failures
        Points in it that no earlier box holds, and the failures among them.
    density
        failures over points.
    interval
        The density's interval (Wilson); the box was sought, so it is a little too high.
    coverage
        failures over all failures.
    """

    limits: Limits
    points: int
    failures: int
    density: float
    interval: Interval
    coverage: float


def boxes(inputs: np.ndarray, fails: np.ndarray) -> list[Box]:
    """At most three boxes, the first the most telling.

    Parameters
    ----------
    inputs
        Parameters by point (n, k).
    fails
        Whether the outcome fails, by point (n,).

    Returns
    -------
    list
        Empty if it fails nowhere, everywhere, or no box is denser than the points that are left.
    """
    found: list[Box] = []
    left = np.ones(len(fails), dtype=bool)
    while len(found) < MOST_BOXES:
        failures = int((fails & left).sum())
        if failures < LEAST_POINTS or failures == left.sum():
            break
        limits = _box(inputs[left], fails[left])
        inside = _inside(inputs, limits) & left
        count, hits = int(inside.sum()), int((fails & inside).sum())
        interval = wilson(hits, count)
        if not limits or interval.low <= failures / left.sum():
            break
        found.append(Box(limits, count, hits, hits / count, interval, hits / int(fails.sum())))
        left &= ~inside
    return found


def _inside(inputs: np.ndarray, limits: Limits) -> np.ndarray:
    inside = np.ones(len(inputs), dtype=bool)
    for number, (low, high) in limits.items():
        inside &= (inputs[:, number] >= low) & (inputs[:, number] <= high)
    return inside


def _score(fails: np.ndarray, inside: np.ndarray) -> float:
    """Harmonic mean of coverage and density."""
    hits = (fails & inside).sum()
    return float(2.0 * hits / (fails.sum() + inside.sum()))


def _box(inputs: np.ndarray, fails: np.ndarray) -> Limits:
    limits: dict[int, tuple[float, float]] = {}
    best, best_score = dict(limits), _score(fails, np.ones(len(fails), dtype=bool))
    least = max(LEAST_POINTS, int(LEAST_SHARE * len(fails)))
    while True:
        peeled = _peeled(inputs, fails, limits, least)
        if peeled is None:
            break
        limits = peeled
        score = _score(fails, _inside(inputs, limits))
        if score > best_score:
            best, best_score = dict(limits), score
    return _without_needless(inputs, fails, best)


def _peeled(inputs: np.ndarray, fails: np.ndarray, limits: Limits, least: int) -> dict[int, tuple[float, float]] | None:
    """The box after the best peel; None if none leaves enough points or there is nothing left to gain."""
    inside = _inside(inputs, limits)
    rows, hits = inputs[inside], fails[inside]
    if hits.all():
        return None
    best: dict[int, tuple[float, float]] | None = None
    gain = -np.inf
    for number, column in enumerate(rows.T):
        ordered = np.unique(column)
        if len(ordered) < 2:
            continue
        low, high = limits.get(number, (float(ordered[0]), float(ordered[-1])))
        quantiles = np.quantile(column, [PEEL, 1.0 - PEEL])
        # At least one value goes, however many points share it.
        from_low = float(ordered[ordered > max(quantiles[0], ordered[0])][0])
        to_high = float(ordered[ordered < min(quantiles[1], ordered[-1])][-1])
        for trial in ((from_low, high), (low, to_high)):
            kept = (column >= trial[0]) & (column <= trial[1])
            if kept.sum() < least or kept.all():
                continue
            rise = (hits[kept].mean() - hits.mean()) / (len(kept) - kept.sum())
            if rise > gain:
                best, gain = {**limits, number: trial}, rise
    return best


def _without_needless(inputs: np.ndarray, fails: np.ndarray, limits: Limits) -> Limits:
    """The box without sides whose loss costs nothing, the least telling first."""
    kept = dict(limits)
    for number in sorted(limits, key=lambda each: -_score(fails, _inside(inputs, _less(limits, each)))):
        fewer = _less(kept, number)
        if _score(fails, _inside(inputs, fewer)) >= _score(fails, _inside(inputs, kept)) - 1e-9:
            kept = dict(fewer)
    return kept


def _less(limits: Limits, number: int) -> Limits:
    return {each: ends for each, ends in limits.items() if each != number}
