"""Least squares with common shocks: the point at which misses, each in its tolerance, have the smallest sum of squares.

Every point sees the same draws of chance, so that the misses are nearly smooth in the parameters and forward differences
over a share of each range are derivatives (Gourieroux and Monfort 1996, simulated moments with common random numbers).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import qmc

from talentmarket.calibration.file import Calibration, Free
from talentmarket.calibration.moments import misses, runs_at

Tell = Callable[[int, float], object]
ENOUGH = 1e-4  # of the range, or of the sum of squares: smaller steps drown in the noise of the shocks


@dataclass(frozen=True)
class Fitted:
    """The best point of all searches.

    Attributes
    ----------
    point
        Values by path.
    misses
        In tolerances (targets,).
    jacobian
        Change of each miss over the whole range of a parameter (targets, parameters).
    evaluations
        Points that were simulated, steps of the derivatives included.
    """

    point: dict[str, float]
    misses: np.ndarray
    jacobian: np.ndarray
    evaluations: int


@dataclass
class _Search:
    """Points in units of the ranges, and what was simulated at each."""

    calibration: Calibration
    workers: int
    tell: Tell
    known: dict[bytes, np.ndarray] = field(default_factory=dict)

    def misses(self, unit: np.ndarray) -> np.ndarray:
        """Misses at a point; each point is simulated once."""
        key = unit.tobytes()
        if key not in self.known:
            runs = runs_at(
                self.calibration, values_at(self.calibration, unit), self.calibration.fit.replicates, self.workers
            )
            self.known[key] = misses(self.calibration, runs)
            self.tell(len(self.known), float(self.known[key] @ self.known[key]))
        return self.known[key]

    def jacobian(self, unit: np.ndarray) -> np.ndarray:
        """Forward differences; backward ones where the range ends."""
        here, step = self.misses(unit), self.calibration.fit.step
        columns = []
        for place in range(unit.size):
            there = unit.copy()
            there[place] += step if unit[place] + step <= 1.0 else -step
            columns.append((self.misses(there) - here) / (there[place] - unit[place]))
        return np.stack(columns, axis=1)


def value_at(free: Free, share: float) -> float:
    """The value at a share of a range."""
    if free.log:
        return float(free.low * (free.high / free.low) ** share)
    return free.low + share * (free.high - free.low)


def share_at(free: Free, value: float) -> float:
    """The share of a range at which a value lies."""
    if free.log:
        return math.log(value / free.low) / math.log(free.high / free.low)
    return (value - free.low) / (free.high - free.low)


def values_at(calibration: Calibration, unit: np.ndarray) -> dict[str, float]:
    """Values by path at a point in units of the ranges (parameters,)."""
    return {
        path: value_at(free, float(share))
        for (path, free), share in zip(calibration.parameters.items(), unit, strict=True)
    }


def _starts(calibration: Calibration) -> np.ndarray:
    """Points where searches begin (starts, parameters): that of the file, then a scrambled Sobol sequence."""
    free = list(calibration.parameters.values())
    first = [[share_at(each, each.start) for each in free]]
    if calibration.fit.starts == 1:
        return np.array(first)
    sequence = qmc.Sobol(len(free), rng=calibration.fit.seed)
    return np.concatenate([first, sequence.random(calibration.fit.starts - 1)])


def _nothing(evaluation: int, squares: float) -> None:
    """Nobody is told."""


def fit(calibration: Calibration, workers: int = 0, tell: Tell = _nothing) -> Fitted:
    """Search from every start; the best point of all.

    Parameters
    ----------
    workers
        Replicates at once; 0 for one a processor. It changes no result.
    tell
        Called after each point with its number and its sum of squared misses.
    """
    search = _Search(calibration, workers, tell)
    found = [
        least_squares(
            search.misses,
            np.clip(start, 0.0, 1.0),
            jac=search.jacobian,
            bounds=(0.0, 1.0),
            xtol=ENOUGH,
            ftol=ENOUGH,
            max_nfev=calibration.fit.evaluations,
        )
        for start in _starts(calibration)
    ]
    best = min(found, key=lambda each: each.cost)
    return Fitted(values_at(calibration, best.x), best.fun, best.jac, len(search.known))
