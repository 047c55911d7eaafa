"""How well the targets identify the parameters at the point found.

The estimate minimises r'r with r = (m(u) - d) / tolerance. With G = dr/du, tolerances as the standard errors of
independent figures, and S the covariance of r that is the simulation's, its covariance is the sandwich

    V = A (I + S) A',    A = (G'G)^-1 G',

(Gourieroux and Monfort 1996, section 2.3). A is the sensitivity of Andrews, Gentzkow and Shapiro (2017): the change of
each estimate if a figure is one tolerance higher. The J statistic, for weights that need not be the best, is
r'M (M (I + S) M)^+ M r with M = I - G A, chi-squared with as many degrees of freedom as there are targets beyond the
identified directions (Newey 1985).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc

from talentmarket.calibration.analyses.derivatives import Derivatives

SINGULAR = 1e-6  # of the largest singular value: below this a direction is none
LOADING = 1e-3  # share of a parameter in directions that are not identified, from which it is not either


class Identification(NamedTuple):
    """What the targets tell of the parameters; all in shares of their ranges, and in tolerances of the targets.

    Attributes
    ----------
    unit
        The estimates (P,).
    jacobian, error
        Change of each miss over the whole range of a parameter, and its standard error (T, P).
    seen
        Whether any target changes with a parameter by more than chance (P,).
    identified
        Whether the targets tell a parameter from all others (P,).
    covariance, simulated
        Of the estimates, and the part of it that more replicates would take away (P, P); infinite variances where a
        parameter is not identified.
    sensitivity
        Change of an estimate for a figure that is one tolerance higher (P, T).
    singular_values, directions
        Of the Jacobian: change of all misses along each direction (P,), and the directions as rows (P, P), the strongest first.
    j, freedom, p
        The J test: statistic, degrees of freedom (0: there is no test), probability of as large a one.
    """

    unit: np.ndarray
    jacobian: np.ndarray
    error: np.ndarray
    seen: np.ndarray
    identified: np.ndarray
    covariance: np.ndarray
    simulated: np.ndarray
    sensitivity: np.ndarray
    singular_values: np.ndarray
    directions: np.ndarray
    j: float
    freedom: int
    p: float

    @property
    def errors(self) -> np.ndarray:
        """Standard errors (P,), the simulation's part among them."""
        return np.sqrt(self.covariance.diagonal())

    @property
    def correlations(self) -> np.ndarray:
        """Of the estimates (P, P); not a number where a parameter is not identified."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found: np.ndarray = self.covariance / np.outer(self.errors, self.errors)
        found[~self.identified] = np.nan
        found[:, ~self.identified] = np.nan
        return found

    @property
    def scale(self) -> np.ndarray:
        """Variance over that of figures without correlation or simulation (P,): what squares along a profile count."""
        plain = np.sum(self.sensitivity**2, axis=1)
        return np.divide(self.covariance.diagonal(), plain, out=np.ones(len(plain)), where=self.identified)


def identification(unit: np.ndarray, found: Derivatives, figures: np.ndarray, tolerances: np.ndarray) -> Identification:
    """Standard errors, sensitivity, singular values and J of an estimate.

    Parameters
    ----------
    unit
        The estimate, in shares of the ranges (P,).
    found
        Derivatives of the targets there.
    figures, tolerances
        Of the targets (T,).
    """
    jacobian, error = found.jacobian / tolerances[:, None], found.error / tolerances[:, None]
    seen: np.ndarray = np.any(found.significant, axis=0)
    used = np.where(seen, jacobian, 0.0)
    left, values, directions = np.linalg.svd(used, full_matrices=True)
    values = np.concatenate([values, np.zeros(len(directions) - len(values))])
    rank = int(np.sum(values > SINGULAR * max(values[0], np.finfo(float).tiny)))
    sensitivity = directions[:rank].T @ (left[:, :rank] / values[:rank]).T
    blind = directions[rank:]
    identified = np.sqrt(np.sum(blind**2, axis=0)) < LOADING
    simulation = found.here.covariance / np.outer(tolerances, tolerances)
    simulated = sensitivity @ simulation @ sensitivity.T
    covariance = sensitivity @ sensitivity.T + simulated
    for matrix in (covariance, simulated):
        matrix[np.diag_indices_from(matrix)] = np.where(identified, matrix.diagonal(), np.inf)
    misses = (found.here.values - figures) / tolerances
    j, freedom, p = _j_test(misses, left[:, rank:], simulation)
    return Identification(
        unit, jacobian, error, seen, identified, covariance, simulated, sensitivity, values, directions, j, freedom, p
    )


def _j_test(misses: np.ndarray, beyond: np.ndarray, simulation: np.ndarray) -> tuple[float, int, float]:
    """J of the misses along what no parameter moves (T, T - rank), whose covariance there is I + S."""
    freedom = beyond.shape[1]
    if freedom == 0:
        return float("nan"), 0, float("nan")
    off = beyond.T @ misses
    statistic = float(off @ np.linalg.solve(np.eye(freedom) + beyond.T @ simulation @ beyond, off))
    return statistic, freedom, float(chdtrc(freedom, statistic))
