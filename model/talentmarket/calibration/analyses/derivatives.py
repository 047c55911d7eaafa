"""How outcomes change with each parameter: forward differences under the same shocks, with the error of each.

    J_kj = (y_k(u + h e_j) - y_k(u)) / h,    var J_kj = sum over replicates (d_rk)^2 / (R (R - 1) h^2),

with d the difference of what a replicate adds at the two points: whatever both have in common cancels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from talentmarket.calibration.outcomes import Model, Outcomes, covariance_of

FALSE_ALARM = 0.05


class Derivatives(NamedTuple):
    """Outcomes at a point and how they change over the whole range of a parameter.

    Attributes
    ----------
    here
        At the point.
    jacobian
        Change for a whole range (K, P).
    error
        Standard error of each entry (K, P), from the simulation.
    """

    here: Outcomes
    jacobian: np.ndarray
    error: np.ndarray

    @property
    def significant(self) -> np.ndarray:
        """Which entries are not zero by chance alone (K, P): Student's test, Bonferroni over those of a parameter."""
        freedom = max(len(self.here.influence) - 1, 1)
        line = stdtrit(freedom, 1.0 - FALSE_ALARM / (2.0 * max(len(self.jacobian), 1)))
        found: np.ndarray = np.abs(self.jacobian) > line * self.error
        return found


def derivatives(model: Model, unit: np.ndarray, step: float) -> Derivatives:
    """Forward differences over a share of each range; backward ones where the range ends.

    Parameters
    ----------
    unit
        The point, in shares of the ranges (P,).
    step
        Share of each range.
    """
    here = model(unit)
    columns, errors = [], []
    for place in range(unit.size):
        there = unit.copy()
        there[place] += step if unit[place] + step <= 1.0 else -step
        width = there[place] - unit[place]
        moved = model(there)
        columns.append((moved.values - here.values) / width)
        spread = covariance_of(moved.influence - here.influence).diagonal()
        errors.append(np.sqrt(spread) / abs(width))
    return Derivatives(here, np.stack(columns, axis=1), np.stack(errors, axis=1))
