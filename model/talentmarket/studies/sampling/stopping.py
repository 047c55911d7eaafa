"""When a point has enough replicates, and how its interval is widened because it was looked at more than once.

Replicates come in rounds of eight and are looked at after each. Whoever stops at the first look that pleases is wrong more
often than 5 %: each of K planned looks gets the level .05 / K (Bonferroni), so that all intervals together, and
with them the one at which it stops, hold their means with at least 95 %, whatever the rule.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from talentmarket.runs.summary import CONFIDENCE
from talentmarket.studies.reading.study import ROUND, Stopping


def half_width(values: np.ndarray, looks: int) -> float:
    """Half the width of the interval of a mean that is one of so many looks; not a number below two values."""
    count = len(values)
    if count < 2:
        return float("nan")
    level = (1.0 - CONFIDENCE) / looks
    return float(stdtrit(count - 1, 1.0 - level / 2.0) * values.std(ddof=1) / np.sqrt(count))


def is_enough(values: np.ndarray, stopping: Stopping) -> bool:
    """Whether the replicates so far (n,) reach the aims for an outcome; undefined ones are left out."""
    defined = values[~np.isnan(values)]
    half, mean = half_width(defined, stopping.looks), abs(float(defined.mean())) if len(defined) else 0.0
    if np.isnan(half):
        return False
    near = half <= stopping.half_width and half <= stopping.relative * mean
    return near and (not stopping.sign or mean > half)


def rounds(stopping: Stopping) -> list[range]:
    """The replicates of each round; the first has the least number."""
    first = range(stopping.least)
    return [first, *(range(begin, begin + ROUND) for begin in range(stopping.least, stopping.most, ROUND))]
