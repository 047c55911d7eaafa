"""Which further published number would tell most of the parameters, of all that the runs measure anyway.

Were a measure k published with a tolerance of t, the targets' information would grow by

    H -> H + g g' / (t^2 + s^2),    H = G'(I + S)^-1 G + 12 I,

with g its derivative and s its simulation error. A published number comes from one history: t^2 is the square of the usual
share of its value, and the variance over replicates. 12 is what a range tells by itself, one over the variance of a uniform
distribution. Standard errors are the roots of the diagonal of H^-1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.calibration.analyses.derivatives import Derivatives
from talentmarket.calibration.analyses.identification import Identification

OF_A_RANGE = 12.0


class Suggestions(NamedTuple):
    """What each candidate would do, in the order of the candidates.

    Attributes
    ----------
    tolerance
        With which it was taken to be published (K,).
    ratios
        Standard error of each parameter with it, over that without (K, P).
    gain
        Geometric mean of the ratios (K,): the lower, the more it tells.
    order
        Numbers of those that tell anything, the best first.
    """

    tolerance: np.ndarray
    ratios: np.ndarray
    gain: np.ndarray
    order: np.ndarray


def suggestions(found: Identification, simulation: np.ndarray, candidates: Derivatives, relative: float) -> Suggestions:
    """Rank candidates by how much smaller they would make the standard errors.

    Parameters
    ----------
    found
        What the targets tell.
    simulation
        Covariance of the misses that is the simulation's, in tolerances (T, T).
    candidates
        Derivatives of all measures (K, P); entries that chance explains count as zero, undefined measures not at all.
    relative
        Tolerance of a number to be published, as a share of its value; what one history differs from another comes on top.
    """
    jacobian = np.where(found.seen, found.jacobian, 0.0)
    whole = jacobian.T @ np.linalg.solve(np.eye(len(simulation)) + simulation, jacobian)
    whole += OF_A_RANGE * np.eye(len(whole))
    without = np.linalg.inv(whole)
    telling = np.isfinite(candidates.jacobian) & candidates.significant
    slopes = np.where(telling, candidates.jacobian, 0.0)
    simulated = candidates.here.covariance.diagonal()
    history = len(candidates.here.influence) * simulated
    tolerance = np.sqrt((relative * candidates.here.values) ** 2 + history)
    variance = tolerance**2 + simulated
    # One more row of information: the inverse by Sherman and Morrison's formula.
    along = slopes @ without
    usable = np.isfinite(variance) & (variance > 0.0)
    known = variance + np.sum(along * slopes, axis=1)
    fall = np.divide(along**2, known[:, None], out=np.zeros_like(along), where=usable[:, None])
    ratios = np.sqrt(np.maximum(1.0 - fall / without.diagonal(), 0.0))
    with np.errstate(divide="ignore"):
        gain = np.exp(np.log(ratios).mean(axis=1))
    order = np.argsort(gain, kind="stable")
    return Suggestions(tolerance, ratios, gain, order[gain[order] < 1.0 - 1e-9])
