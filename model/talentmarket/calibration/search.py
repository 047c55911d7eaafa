"""Least squares with common shocks: the point at which misses, each in its tolerance, have the smallest sum of squares.

Every point sees the same draws of chance, so that the misses are nearly smooth in the parameters and forward differences
over a share of each range are derivatives (Gourieroux and Monfort 1996, simulated moments with common random numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from talentmarket.calibration.analyses.derivatives import Derivatives, derivatives
from talentmarket.calibration.outcomes import Model
from talentmarket.errors import InputError

ENOUGH = 1e-4  # of the range, or of the sum of squares: smaller steps drown in the noise of the shocks


@dataclass(frozen=True)
class Problem:
    """A model that is to meet figures.

    Attributes
    ----------
    model
        Outcomes for the targets, at a point in shares of the ranges.
    figures, tolerances
        Of the targets (T,).
    step
        Of the forward differences, as a share of the ranges.
    names
        How messages call each target.
    """

    model: Model
    figures: np.ndarray
    tolerances: np.ndarray
    step: float
    names: Sequence[str]

    def misses(self, unit: np.ndarray) -> np.ndarray:
        """How far the model is off each figure, in its tolerance (T,)."""
        found: np.ndarray = (self.model(unit).values - self.figures) / self.tolerances
        return found

    def jacobian(self, unit: np.ndarray) -> np.ndarray:
        """Change of each miss over the whole range of a parameter (T, P)."""
        found: np.ndarray = self.derivatives(unit).jacobian / self.tolerances[:, None]
        return found

    def derivatives(self, unit: np.ndarray) -> Derivatives:
        """Derivatives of the targets."""
        return derivatives(self.model, unit, self.step)

    def check_constant(self, unit: np.ndarray) -> None:
        """Check that every target has something to be fitted by.

        Raises
        ------
        InputError
            If a target is the same in every replicate at a point and a step of any parameter away from it.
        """
        found = self.derivatives(unit)
        constant = ~found.jacobian.any(axis=1) & ~found.error.any(axis=1)
        problems = [
            f"{name} is constant: the model says {value:.6g} whatever free parameter is changed; take it out, or free a"
            " parameter that it depends on"
            for name, value in zip(np.array(self.names)[constant], found.here.values[constant], strict=True)
        ]
        if problems:
            raise InputError("\n".join(problems))


def fit(problem: Problem, begin: np.ndarray, evaluations: int) -> np.ndarray:
    """The best point of searches, in shares of the ranges (parameters,).

    Parameters
    ----------
    begin
        Where they begin (starts, parameters).
    evaluations
        Most points of a search, steps of the derivatives apart.

    Raises
    ------
    InputError
        If a target is constant where the first search begins.
    """
    problem.check_constant(np.clip(begin[0], 0.0, 1.0))
    found = [
        least_squares(
            problem.misses,
            np.clip(start, 0.0, 1.0),
            jac=problem.jacobian,
            bounds=(0.0, 1.0),
            xtol=ENOUGH,
            ftol=ENOUGH,
            max_nfev=evaluations,
        )
        for start in begin
    ]
    best: np.ndarray = min(found, key=lambda each: float(each.cost)).x
    return best
