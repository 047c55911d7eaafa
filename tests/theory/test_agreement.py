"""The model against closed forms and published figures.

Seeds are fixed; a closed form is outside the interval of a right model once in 150,000 checks.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from talentmarket.comparison.intervals import Interval
from talentmarket.validation import Check
from talentmarket.validation.check import around, around_mean, exactly
from talentmarket.validation.published import ratio_of_sums

# How many checks each group has, and how far off at most the interval reaches, as a share of the target: a check
# whose interval holds everything shows nothing.
GROUPS = {
    "Logit": (2, 0.08),
    "Burdett-Mortensen": (5, 0.06),
    "Sorkin": (4, 0.11),
    "Tenure law": (1, 0.03),
    "Survival": (3, 0.03),
    "Restricted stock": (12, 0.0),
    "Superstar contagion": (2, 0.0),
    "Published: baseline": (10, math.inf),
    "Published: meta_raid": (3, math.inf),
    "Published: leaving": (3, math.inf),
}


@pytest.mark.parametrize("group", GROUPS)
def test_the_model_agrees_with(group: str, quick_checks: list[Check]) -> None:
    number, _ = GROUPS[group]
    found = [check for check in quick_checks if check.group == group]
    assert len(found) == number
    off = {check.name: (check.target, check.value, check.interval) for check in found if check.verdict == "differs"}
    assert off == {}


def test_no_other_group_is_checked(quick_checks: list[Check]) -> None:
    assert {check.group for check in quick_checks} == set(GROUPS)
    assert len({(check.group, check.name) for check in quick_checks}) == len(quick_checks)


def test_checks_are_sharp_enough_to_fail(quick_checks: list[Check]) -> None:
    for check in quick_checks:
        half = (check.interval.high - check.interval.low) / 2.0
        assert half <= GROUPS[check.group][1] * abs(check.target.high), check.name


def test_no_published_figure_is_missed(quick_checks: list[Check]) -> None:
    assert [check.name for check in quick_checks if check.verdict != "agrees" or check.miss] == []


def line(target: Interval, value: float, interval: Interval, miss: str = "") -> Check:
    return Check("group", "name", target, value, interval, "unit", "source", miss)


def test_a_closed_form_must_lie_in_the_interval_and_a_value_in_its_range() -> None:
    assert line(exactly(1.0), 1.2, Interval(0.9, 1.5)).verdict == "agrees"
    assert line(exactly(1.0), 1.2, Interval(1.1, 1.3)).verdict == "differs"
    assert line(Interval(1.0, 2.0), 1.2, Interval(0.0, 3.0)).verdict == "agrees"
    assert line(Interval(1.0, 2.0), 2.1, Interval(1.9, 2.3)).verdict == "differs"
    assert line(Interval(1.0, 2.0), 2.1, Interval(1.9, 2.3), "why").verdict == "known miss"
    assert line(Interval(1.0, math.inf), 9.0, exactly(9.0)).verdict == "agrees"
    assert line(Interval(1.0, 2.0), math.nan, Interval(math.nan, math.nan)).verdict == "differs"


def test_intervals_are_four_and_a_half_standard_errors_wide() -> None:
    assert around(0.36, 0.048) == pytest.approx((0.36 - 4.5 * 0.048, 0.36 + 4.5 * 0.048))
    values = np.random.default_rng(1).normal(3.0, 2.0, 4000)
    error = 4.5 * values.std(ddof=1) / math.sqrt(4000)
    assert around_mean(values) == pytest.approx((values.mean() - error, values.mean() + error), rel=1e-3)
    few = values[:5]
    assert around_mean(few).high - few.mean() > 4.5 * few.std(ddof=1) / math.sqrt(5)


def test_a_ratio_of_sums_has_the_interval_of_its_residuals() -> None:
    """Over many small samples the 95 % interval holds the true ratio of 3 about as often."""
    chance = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        ratio, interval = ratio_of_sums(chance.poisson(60.0, 24).astype(float), chance.poisson(20.0, 24).astype(float))
        assert interval.low < ratio < interval.high
        held += interval.low <= 3.0 <= interval.high
    assert abs(held / 400 - 0.95) < 4.5 * math.sqrt(0.95 * 0.05 / 400)
