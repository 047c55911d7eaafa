"""The summary of a run: every measure over the replicates, with its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from talentmarket.runs.measures.everything import questions
from talentmarket.scenario.schema import Scenario

CONFIDENCE = 0.95


def half_width(deviation: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Half the width of the 95 % t-interval of a mean; not a number for fewer than two values.

    t(0.975, n - 1) * sd / sqrt(n), with `deviation` the standard deviation (divisor n - 1) and `count` n.
    """
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


def summarise(scenario: Scenario, measures: pd.DataFrame) -> pd.DataFrame:
    """Summarise the measures of a run.

    Parameters
    ----------
    scenario
        What was run.
    measures
        Rows as `measures.measure` makes them: replicate, measure, lab, value.

    Returns
    -------
    pandas.DataFrame
        One row for each measure and lab (empty: the whole market, or all raided labs): group, measure, lab, unit,
        n (replicates in which it is defined: mean, sd and interval are of these alone), mean, sd, low and high (95 %
        t-interval of the mean; of a share cut off at 0 and 1), definition.
    """
    asked = questions(scenario)
    count, mean, deviation = _moments(measures["value"].to_numpy(dtype=float).reshape(-1, len(asked)))
    half = half_width(deviation, count)
    lowest, highest = np.array([measure.bounds for measure, _ in asked]).T
    return pd.DataFrame(
        {
            "group": [measure.group for measure, _ in asked],
            "measure": [measure.name for measure, _ in asked],
            "lab": [lab for _, lab in asked],
            "unit": [measure.unit for measure, _ in asked],
            "n": count,
            "mean": mean,
            "sd": deviation,
            "low": np.maximum(mean - half, lowest),
            "high": np.minimum(mean + half, highest),
            "definition": [measure.definition for measure, _ in asked],
        }
    )
