"""What a model says at a point, and what each replicate adds to the error of that."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Outcomes(NamedTuple):
    """Estimates from replicates.

    Attributes
    ----------
    values
        The estimates (K,).
    influence
        By how much a replicate lies off each of them (R, K): of a mean the deviation, of a ratio of sums its residual
        over the mean below. Their mean is zero. With common shocks those of two points can be compared row by row.
    """

    values: np.ndarray
    influence: np.ndarray

    @property
    def covariance(self) -> np.ndarray:
        """Covariance of the estimates that is the simulation's (K, K); zero for fewer than two replicates."""
        return covariance_of(self.influence)


Model = Callable[[np.ndarray], Outcomes]
"""Outcomes at a point in shares of the parameters' ranges (P,); all points see the same shocks."""


def covariance_of(influence: np.ndarray) -> np.ndarray:
    """Covariance of means over replicates (K, K), from what each adds (R, K): the sum of squares over R (R - 1)."""
    replicates = len(influence)
    if replicates < 2:
        return np.zeros((influence.shape[1], influence.shape[1]))
    covariance: np.ndarray = influence.T @ influence / (replicates * (replicates - 1))
    return covariance


def exact(values: np.ndarray) -> Outcomes:
    """Outcomes of a model without chance."""
    return Outcomes(values, np.zeros((0, len(values))))
