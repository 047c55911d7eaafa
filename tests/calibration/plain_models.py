"""Plain functions as models, for which estimates, errors and profiles have closed forms."""

from __future__ import annotations

import numpy as np

from talentmarket.calibration.outcomes import Outcomes, exact


class Linear:
    """Outcomes matrix @ u + constant, with noise of replicates that is the same at every point."""

    def __init__(self, matrix, replicates=0, spread=1.0, seed=7):
        self.matrix = np.asarray(matrix, dtype=float)
        rows = len(self.matrix)
        self.noise = spread * np.random.default_rng(seed).normal(size=(replicates, rows))

    def __call__(self, unit):
        values = self.matrix @ unit
        if not len(self.noise):
            return exact(values)
        mean = self.noise.mean(axis=0)
        return Outcomes(values + mean, self.noise - mean)

    @property
    def simulation(self):
        """Covariance of the means over replicates."""
        return np.cov(self.noise.T) / len(self.noise)


def ridge(unit):
    """Two outcomes: a product, which is a curved ridge, and a number along it that bends."""
    x, y = unit
    return exact(np.array([x * y, bend(x)]))


def bend(x):
    return 1.0 - np.exp(-3.0 * x)
