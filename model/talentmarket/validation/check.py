"""A check: what theory or a publication says, what the model does, and how well that is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from talentmarket.comparison.intervals import Interval
from talentmarket.numbers import decimals, fixed, number

STANDARD_ERRORS = 4.5
BOUND_DIGITS = 4  # as published ranges have them
FALSE_ALARM = 2.0 * float(stats.norm.sf(STANDARD_ERRORS))  # 7 in a million

Verdict = Literal["agrees", "known miss", "differs"]


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    quick
        A few replicates in place of many: wider intervals in a few seconds.
    workers
        Replicates at once; 0 for one a processor. It changes no result.
    """

    quick: bool = False
    workers: int = 0

    def replicates(self, many: int, few: int) -> int:
        """How many replicates to run."""
        return few if self.quick else many


@dataclass(frozen=True)
class Check:
    """One line of the validation.

    Attributes
    ----------
    group
        The theory, or the kind of figure.
    name
        What is compared.
    target
        The numbers that are right, from lowest to highest; both the same for a closed form.
    value
        What the model gives.
    interval
        How well that is known. For a closed form 4.5 standard errors: a right model lies outside once in 150,000 checks.
    unit
        Unit of all of them.
    source
        The closed form with its origin, or who published the figure.
    miss
        Why the model is known not to meet a published figure; empty for what it must meet.
    """

    group: str
    name: str
    target: Interval
    value: float
    interval: Interval
    unit: str
    source: str
    miss: str = ""

    @property
    def verdict(self) -> Verdict:
        """Whether the interval holds the closed form, or the range of right numbers the value."""
        if self.target.low == self.target.high:
            right = self.interval.low <= self.target.low <= self.interval.high
        else:
            right = self.target.low <= self.value <= self.target.high
        if right:
            return "agrees"
        return "known miss" if self.miss else "differs"


def cells(check: Check) -> tuple[str, str, str, str, str]:
    """Target, model, half the width of its interval (none where it is exact), unit and verdict as text."""
    half = (check.interval.high - check.interval.low) / 2.0
    places = decimals(check.value, half)
    margin = fixed(half, places) if half > 0.0 else ""
    return _target_text(check.target, places), fixed(check.value, places), margin, check.unit, check.verdict


def _target_text(target: Interval, places: int) -> str:
    """A number, or a range with as many digits as it has."""
    low, high = target
    if low == high:
        return fixed(low, places)
    if math.isinf(high):
        return f"at least {number(low, BOUND_DIGITS)}"
    least, most = number(low, BOUND_DIGITS), number(high, BOUND_DIGITS)
    return f"up to {most}" if low == 0.0 else f"{least} to {most}"


def exactly(value: float) -> Interval:
    """A target, or a value, that is one number."""
    return Interval(value, value)


def around(value: float, error: float) -> Interval:
    """The interval of a value with that standard error."""
    return Interval(value - STANDARD_ERRORS * error, value + STANDARD_ERRORS * error)


def around_mean(values: np.ndarray) -> Interval:
    """The interval of the mean of independent values, by Student's t with the same chance of a false alarm."""
    width = float(stats.t.isf(FALSE_ALARM / 2.0, len(values) - 1)) * float(np.std(values, ddof=1))
    mean = float(np.mean(values))
    return Interval(mean - width / math.sqrt(len(values)), mean + width / math.sqrt(len(values)))
