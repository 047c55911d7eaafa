"""Whether two programs simulate the same market, by the moves of their records.

Moves are close to independent, so the difference of two counts has a variance of no more than about their sum. A
record is averaged over nothing: rivals are compared at one size and one number of months, each with chance of its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.poaching import Record

LARGEST = 4.5  # standard errors


class Distance(NamedTuple):
    """Differences of two records in standard errors: of all moves, and the largest of a month and of a flow."""

    moves: float
    month: float
    flow: float


def _errors(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(one - other) / np.sqrt(np.maximum(one + other, 1.0))


def distance(one: Record, other: Record) -> Distance:
    """How far two records are apart."""
    flows = _errors(one.flows.sum(axis=0), other.flows.sum(axis=0))
    months = _errors(one.moves, other.moves)
    return Distance(float(_errors(one.moves.sum(), other.moves.sum())), float(months.max()), float(flows.max()))


def agree(one: Record, other: Record) -> bool:
    """Whether two records of one market differ by no more than chance."""
    return max(distance(one, other)) <= LARGEST
