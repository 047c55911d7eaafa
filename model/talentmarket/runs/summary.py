"""The summary of a run: every measure over the replicates, with its interval."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.runs.measures.everything import questions
from talentmarket.scenario.schema import Scenario

CONFIDENCE = 0.95
SPREAD = (0.05, 0.95)
LEAST_FOR_SPREAD = 20  # with fewer, a twentieth of them is none


class Row(NamedTuple):
    """A measure of one lab (empty: the whole market, or all raided labs) over the replicates.

    `n` counts the replicates in which it is defined: mean, sd and interval are of these alone. `low` and `high` are the
    95 % t-interval of the mean; of a share cut off at 0 and 1.
    """

    group: str
    measure: str
    lab: str
    unit: str
    n: int
    mean: float
    sd: float
    low: float
    high: float
    definition: str


def half_width(deviation: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Half the width of the 95 % t-interval of a mean; not a number for fewer than two values.

    t(0.975, n - 1) * sd / sqrt(n), with `deviation` the standard deviation (divisor n - 1) and `count` n.
    """
    if np.all(count < 2):
        return np.full(np.shape(count), np.nan)
    from scipy.special import stdtrit  # a quarter of a second, which a single replicate does not pay

    enough = np.maximum(count, 2)
    width = stdtrit(enough - 1, (1.0 + CONFIDENCE) / 2.0) * deviation / np.sqrt(enough)
    return np.where(count >= 2, width, np.nan)


def _moments(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number, mean and standard deviation (divisor n - 1) of the defined values of each column (R, K)."""
    defined = ~np.isnan(values)
    count = defined.sum(axis=0)
    known = np.where(defined, values, 0.0)
    mean = np.divide(known.sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)
    squares = np.where(defined, (values - mean) ** 2, 0.0).sum(axis=0)
    variance = np.divide(squares, count - 1, out=np.full(count.shape, np.nan), where=count > 1)
    return count, mean, np.sqrt(variance)


def spread_of_runs(scenario: Scenario, values: np.ndarray) -> dict[tuple[str, str], tuple[float, float]]:
    """Between which values nine tenths of the single replicates lie (5 % to 95 %), by measure and lab.

    What fewer than `LEAST_FOR_SPREAD` replicates define is not there; `values` as for `summary_rows`.
    """
    asked = questions(scenario)
    by_measure = values.astype(float).reshape(-1, len(asked)).T
    found = {}
    for (measure, lab), column in zip(asked, by_measure, strict=True):
        known = column[~np.isnan(column)]
        if len(known) >= LEAST_FOR_SPREAD:
            low, high = np.quantile(known, SPREAD).tolist()
            found[measure.name, lab] = (low, high)
    return found


def summary_rows(scenario: Scenario, values: np.ndarray) -> list[Row]:
    """Summarise the values of all measures, in the order of the table `measures`: all `questions` of each replicate."""
    asked = questions(scenario)
    count, mean, deviation = _moments(values.astype(float).reshape(-1, len(asked)))
    half = half_width(deviation, count)
    lowest, highest = np.array([measure.bounds for measure, _ in asked]).T
    low, high = np.maximum(mean - half, lowest), np.minimum(mean + half, highest)
    figures = zip(*(column.tolist() for column in (count, mean, deviation, low, high)), strict=True)
    return [
        Row(measure.group, measure.name, lab, measure.unit, n, average, sd, least, most, measure.definition)
        for (measure, lab), (n, average, sd, least, most) in zip(asked, figures, strict=True)
    ]
