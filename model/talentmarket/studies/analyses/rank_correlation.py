"""Partial rank correlation: how a response rises or falls with one parameter, the others held (Saltelli, Marivoet 1990)."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

from talentmarket.comparison.intervals import NO_INTERVAL, Interval
from talentmarket.runs.summary import CONFIDENCE

LEAST_FREEDOM = 4


def partial_rank_correlations(inputs: np.ndarray, response: np.ndarray) -> list[tuple[float, Interval]]:
    """The correlation of each parameter's ranks with the response's, both less what the other parameters' ranks explain.

    Parameters
    ----------
    inputs
        Parameters by point (n, k).
    response
        By point (n,).

    Returns
    -------
    list
        For each parameter the correlation, and its 95 % interval by Fisher's z with n - k - 2 degrees of freedom; both
        not a number where something does not vary or there are too few points.
    """
    count, parameters = inputs.shape
    ranks, ranked = rankdata(inputs, axis=0), rankdata(response)
    freedom = count - parameters - 2
    found = []
    for number in range(parameters):
        others = np.column_stack([np.ones(count), np.delete(ranks, number, axis=1)])
        own, left = (_residuals(others, each) for each in (ranks[:, number], ranked))
        size = float(np.sqrt((own @ own) * (left @ left)))
        if freedom < LEAST_FREEDOM or size <= 1e-9 * count**3:
            found.append((float("nan"), NO_INTERVAL))
            continue
        correlation = float(np.clip(own @ left / size, -1.0, 1.0))
        z = np.arctanh(np.clip(correlation, -1.0 + 1e-12, 1.0 - 1e-12))
        half = float(ndtri((1.0 + CONFIDENCE) / 2.0)) / np.sqrt(freedom - 1)
        found.append((correlation, Interval(float(np.tanh(z - half)), float(np.tanh(z + half)))))
    return found


def _residuals(others: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.asarray(values - others @ np.linalg.lstsq(others, values, rcond=None)[0])
