"""PAWN: how far knowing a parameter moves the whole distribution of a response (Pianosi and Wagener 2015, 2018).

For each slice of the parameter's range the greatest distance of two distribution functions (Kolmogorov and Smirnov), that of
the response in the slice and that of all points; the index is the median over the slices. Slices hold equally many
points, so that they need no sampling of their own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

MOST_SLICES = 10
POINTS_A_SLICE = 10
REPETITIONS = 200
FLOOR = 0.95
LEAST_POINTS = 20
RANDOM_SEED = 20250701


class Pawn(NamedTuple):
    """The index of each parameter (k,) as `indices`, both ends of its 95 % interval, and the noise floor of all."""

    indices: np.ndarray
    low: np.ndarray
    high: np.ndarray
    floor: float


def slices_of(values: np.ndarray, slices: int) -> np.ndarray:
    """The slice of each point (n,): its value if there are few different ones, else equally many points a slice."""
    different, place = np.unique(values, return_inverse=True)
    if len(different) <= slices:
        return place
    rank = np.empty(len(values), dtype=int)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank * slices // len(values)


def pawn_index(slices: np.ndarray, response: np.ndarray) -> float:
    """The index of one parameter from the slice and the response of each point (n,)."""
    order = np.argsort(response, kind="stable")
    ordered, sliced = response[order], slices[order]
    members = sliced[:, None] == np.unique(slices)[None, :]
    inside = np.cumsum(members, axis=0) / members.sum(axis=0)
    everywhere = np.arange(1, len(ordered) + 1)[:, None] / len(ordered)
    last_of_ties = np.append(ordered[1:] > ordered[:-1], True)
    return float(np.median(np.abs(inside - everywhere)[last_of_ties].max(axis=0)))


def pawn(inputs: np.ndarray, response: np.ndarray) -> Pawn:
    """The indices of all parameters.

    Parameters
    ----------
    inputs
        Parameters by point (n, k).
    response
        By point (n,).

    Returns
    -------
    Pawn
        Intervals by subsampling halves without replacement (Politis, Romano and Wolf 1999); they are about the index at
        this number of points. The floor is the 95 % quantile of the largest index of permuted responses: what does not
        reach it may be nothing.
    """
    count, parameters = inputs.shape
    nothing = np.full(parameters, np.nan)
    if count < LEAST_POINTS or np.ptp(response) <= 0.0:
        return Pawn(nothing, nothing, nothing, float("nan"))
    rng = np.random.default_rng(RANDOM_SEED)
    index, floor = _indices(inputs, response), _floor(inputs, response, rng)
    half = count // 2
    chosen = [rng.permutation(count)[:half] for _ in range(REPETITIONS)]
    again = np.array([_indices(inputs[rows], response[rows], count) for rows in chosen])
    # The spread of halves of the same points, brought to the whole: b^(1/2) (1 - b/n)^(-1/2) against n^(1/2).
    spread = np.sqrt(half / (1.0 - half / count) / count) * (again - again.mean(axis=0))
    low, high = np.quantile(spread, [0.975, 0.025], axis=0)
    return Pawn(index, np.clip(index - low, 0.0, 1.0), np.clip(index - high, 0.0, 1.0), floor)


def _slices(count: int) -> int:
    return max(3, min(MOST_SLICES, count // POINTS_A_SLICE))


def _indices(inputs: np.ndarray, response: np.ndarray, count: int = 0) -> np.ndarray:
    """The index of each parameter, with the slices that so many points (0: these) have."""
    slices = _slices(count or len(response))
    return np.array([pawn_index(slices_of(column, slices), response) for column in inputs.T])


def _floor(inputs: np.ndarray, response: np.ndarray, rng: np.random.Generator) -> float:
    sliced = [slices_of(column, _slices(len(response))) for column in inputs.T]
    largest = []
    for _ in range(REPETITIONS):
        permuted = rng.permutation(response)
        largest.append(max(pawn_index(slices, permuted) for slices in sliced))
    return float(np.quantile(largest, FLOOR))
