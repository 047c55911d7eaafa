"""Sobol's indices: shares of a response's variance that parameters bring alone (first) and with others (total).

Both by SALib, with its bootstrap, after the replicates' own variance is taken out. With the response of a point
f + e, where e is what is left of chance in a mean of R replicates with variance s^2 / R,

    first = first' V / (V - s^2 / R),    total = (total' V - s^2 / R) / (V - s^2 / R),

where the primes are SALib's and V is the variance over all points: chance adds to the squared differences of which the total
is made, and to V, but not to the products of which the first is made. What all points share of a replicate's shocks
cancels, so s^2 is the mean square of points by replicates in a two-way layout.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.studies.sampling.design import problem_of, salib

WIDEST = 0.5
RANDOM_SEED = 20250701


class Shares(NamedTuple):
    """First and total index of each parameter (k,) and half the widths of their 95 % intervals."""

    first: np.ndarray
    first_half: np.ndarray
    total: np.ndarray
    total_half: np.ndarray


def own_variance(values: np.ndarray) -> float:
    """Variance that chance leaves in a point's mean, of responses by point and replicate (points, R).

    The mean square of the interaction of a two-way layout, over R; 0 for a single replicate.
    """
    points, replicates = values.shape
    if replicates < 2:
        return 0.0
    left = values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()
    return float((left**2).sum() / ((points - 1) * (replicates - 1)) / replicates)


def sobol_indices(response: np.ndarray, parameters: int, noise: float) -> Shares:
    """Sobol's indices of the means of a Saltelli design.

    Parameters
    ----------
    response
        Means by point, in the order of the design (n,).
    parameters
        How many parameters, k.
    noise
        `own_variance` of the means.

    Raises
    ------
    InputError
        If SALib is not installed.
    """
    salib()
    from SALib.analyze.sobol import analyze

    problem = problem_of(parameters)
    found = analyze(problem, response, calc_second_order=False, seed=RANDOM_SEED, print_to_console=False)
    total_variance = _variance(response, parameters)
    left = total_variance - noise
    if not left > 0.0:
        nothing = np.full(parameters, np.nan)
        return Shares(nothing, nothing, nothing, nothing)
    scale = total_variance / left
    return Shares(
        np.asarray(found["S1"]) * scale,
        np.asarray(found["S1_conf"]) * scale,
        (np.asarray(found["ST"]) * total_variance - noise) / left,
        np.asarray(found["ST_conf"]) * scale,
    )


def _variance(response: np.ndarray, parameters: int) -> float:
    """The variance that SALib divides by: that of the points of the matrices A and B."""
    blocks = response.reshape(-1, parameters + 2)
    return float(np.var(blocks[:, [0, -1]]))


def too_wide(half: np.ndarray) -> bool:
    """Whether an interval is so wide that its index says nothing."""
    return bool((2.0 * half > WIDEST).any())
