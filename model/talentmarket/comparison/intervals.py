"""How large a difference is and how well it is known: paired, unpaired, skewed, and one of many."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np

from talentmarket.runs.summary import CONFIDENCE, half_width

# SciPy is imported where it is used: a picture of one run asks for none of it, and its statistics take half a second.

ROUNDING = 1e-12  # relative; below this a difference is the computer's, not the model's
COCHRAN = 25.0
LEAST_FOR_BOOTSTRAP = 20
RESAMPLES = 9999
BATCH = 2_000_000
RANDOM_SEED = 20250701  # the bootstrap's own; the same values give the same interval


class Interval(NamedTuple):
    """A 95 % interval; not a number where there is none."""

    low: float
    high: float

    @property
    def half(self) -> float:
        """Half its width."""
        return (self.high - self.low) / 2.0


NO_INTERVAL = Interval(float("nan"), float("nan"))


def paired_differences(base: np.ndarray, other: np.ndarray) -> np.ndarray:
    """`other` - `base` of the replicates in which both are defined (n,); rounding errors are zero."""
    both = ~(np.isnan(base) | np.isnan(other))
    differences = other[both] - base[both]
    size = np.maximum(np.abs(base[both]), np.abs(other[both]))
    return np.where(np.abs(differences) <= ROUNDING * size, 0.0, differences)


def deviation(values: np.ndarray) -> float:
    """Standard deviation (divisor n - 1); not a number for fewer than two values."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")


def pooled_deviation(base: np.ndarray, other: np.ndarray) -> float:
    """Standard deviation of one replicate, from the mean variance of both runs: sqrt((var a + var b) / 2)."""
    return float(np.sqrt((deviation(base) ** 2 + deviation(other) ** 2) / 2.0))


def t_interval(values: np.ndarray) -> Interval:
    """Student's interval of a mean."""
    if len(values) < 2:
        return NO_INTERVAL
    half = float(half_width(np.array(deviation(values)), np.array(len(values))))
    mean = float(values.mean())
    return Interval(mean - half, mean + half)


def ratio_interval(above: np.ndarray, below: np.ndarray) -> Interval:
    """Fieller's interval of a ratio of two means of the same replicates (n,) (Fieller 1954).

    It holds every ratio r at which the mean of `above` - r `below` is not significantly off zero:

        (a - r b)^2 <= t^2 (s_aa - 2 r s_ab + r^2 s_bb) / n.

    There is none unless the mean of `below` is significantly off zero: any ratio might be the true one then.
    """
    if len(above) < 2:
        return NO_INTERVAL
    factor = float(half_width(np.array(1.0), np.array(len(above)))) ** 2
    (s_aa, s_ab), (_, s_bb) = factor * np.cov(above, below)
    a, b = float(above.mean()), float(below.mean())
    leading = b * b - s_bb
    if not leading > 0.0:
        return NO_INTERVAL
    middle = a * b - s_ab
    root = float(np.sqrt(max(middle * middle - leading * (a * a - s_aa), 0.0)))
    return Interval((middle - root) / leading, (middle + root) / leading)


def is_skewed(values: np.ndarray) -> bool:
    """Whether Student's interval of the mean is off by Cochran's rule, n < 25 g^2 with the skewness g.

    Cochran (1977), Sampling Techniques, section 2.15. Below 20 values the bootstrap is no better, and this is False.
    """
    if len(values) < LEAST_FOR_BOOTSTRAP or np.ptp(values) <= 0.0:
        return False
    return bool(len(values) < COCHRAN * _skewness(values) ** 2)


def _skewness(values: np.ndarray) -> float:
    """Third central moment over the standard deviation cubed, m_3 / m_2^(3/2) (divisor n); 0 if they differ by rounding."""
    off = values - values.mean()
    variance = float(np.mean(off**2))
    if variance <= float(np.finfo(float).eps * values.mean()) ** 2:
        return 0.0
    return float(np.mean(off**3)) / variance**1.5


def bootstrap_interval(values: np.ndarray) -> Interval:
    """Bias-corrected and accelerated bootstrap interval of a mean (Efron 1987), with fixed draws.

    There is none for values that are all alike.
    """
    if len(values) < 2 or np.ptp(values) <= 0.0:
        return NO_INTERVAL
    from scipy.stats import DegenerateDataWarning, bootstrap

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        interval = bootstrap(
            (values,),
            np.mean,
            n_resamples=RESAMPLES,
            batch=max(1, BATCH // len(values)),
            confidence_level=CONFIDENCE,
            method="BCa",
            rng=np.random.default_rng(RANDOM_SEED),
        ).confidence_interval
    return Interval(float(interval.low), float(interval.high))


def mean_interval(values: np.ndarray) -> tuple[Interval, str]:
    """The interval of a mean that is shown, and which it is: `bootstrap` where Student's is off, else `t`."""
    if is_skewed(values):
        resampled = bootstrap_interval(values)
        if not np.isnan(resampled).any():
            return resampled, "bootstrap"
    return t_interval(values), "t"


def p_value(differences: np.ndarray) -> float:
    """Two-sided p value of Student's paired test that the mean difference is zero.

    Differences that are all alike have no t; p is then that of the signs, 2^(1 - n). If they are all zero there is nothing to
    test, and it is not a number.
    """
    from scipy.special import stdtr

    count = len(differences)
    if count < 2 or not differences.any():
        return float("nan")
    spread = deviation(differences)
    if spread == 0.0:
        return float(0.5 ** (count - 1))
    return float(2.0 * stdtr(count - 1, -abs(differences.mean()) / (spread / np.sqrt(count))))


def unpaired_half_width(base: np.ndarray, other: np.ndarray) -> float:
    """Half the width of Welch's 95 % interval of a difference of means, as if the runs had nothing in common."""
    if min(len(base), len(other)) < 2:
        return float("nan")
    parts = np.array([np.var(base, ddof=1) / len(base), np.var(other, ddof=1) / len(other)])
    if parts.sum() == 0.0:
        return 0.0
    from scipy.special import stdtrit

    freedom = parts.sum() ** 2 / (parts**2 / (np.array([len(base), len(other)]) - 1)).sum()
    return float(stdtrit(freedom, (1.0 + CONFIDENCE) / 2.0) * np.sqrt(parts.sum()))


def variance_reduction(base: np.ndarray, other: np.ndarray) -> float:
    """Share of the variance of a difference that pairing takes away: 1 - var(b - a) / (var a + var b).

    It is the correlation where both vary alike, and negative if pairing makes it worse; not a number if nothing varies.
    """
    if len(base) < 2:
        return float("nan")
    apart = float(np.var(base, ddof=1) + np.var(other, ddof=1))
    return 1.0 - float(np.var(other - base, ddof=1)) / apart if apart > 0.0 else float("nan")


def replicates_needed(spread: float, target: float) -> float:
    """Smallest number of replicates, at least 2, at which the half-width of a mean's interval is `target` or less.

    `spread` is the standard deviation over replicates; not a number unless the target is above zero.
    """
    if not (spread >= 0.0 and target > 0.0):
        return float("nan")
    from scipy.special import stdtrit

    # The normal's quantile is the smallest of Student's, which adds a few replicates and no more.
    least = max(2, int((stdtrit(np.inf, (1.0 + CONFIDENCE) / 2.0) * spread / target) ** 2))
    counts = least + np.arange(16)
    return float(counts[half_width(np.full(len(counts), spread), counts) <= target][0])


def holm(p_values: np.ndarray) -> np.ndarray:
    """P values adjusted for being several (Holm 1979); those that are not a number are not of the family.

    The i-th smallest of m becomes max over j <= i of (m - j + 1) p_j, at most 1.
    """
    adjusted = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")]
    factors = len(order) - np.arange(len(order))
    adjusted[order] = np.minimum(np.maximum.accumulate(factors * p_values[order]), 1.0)
    return adjusted
