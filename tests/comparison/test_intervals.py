"""Intervals and tests against hand-worked numbers, SciPy and data whose truth is known."""

import math

import numpy as np
import pytest
from scipy import stats

from talentmarket.comparison import intervals

NAN = float("nan")
# Differences 2, 1, 3, 2: mean 2, variance 2/3, standard error sqrt(1/6); t(0.975, 3) = 3.182446.
BASE, OTHER = np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 3.0, 6.0, 6.0])


def correlated(correlation, count=20_000):
    """Two normal samples of variance 1 with a known correlation."""
    chance = np.random.default_rng(11)
    shared, own = chance.normal(size=count), chance.normal(size=count)
    return shared, correlation * shared + math.sqrt(1.0 - correlation**2) * own


def test_the_paired_interval_and_test_are_the_hand_worked_ones_and_scipys():
    differences = intervals.paired_differences(BASE, OTHER)
    assert differences.tolist() == [2.0, 1.0, 3.0, 2.0]
    low, high = intervals.t_interval(differences)
    half = 3.182446 * math.sqrt(1.0 / 6.0)
    assert (low, high) == pytest.approx((2.0 - half, 2.0 + half), abs=1e-6)
    known = stats.ttest_rel(OTHER, BASE)
    assert intervals.p_value(differences) == pytest.approx(known.pvalue)
    assert (low, high) == pytest.approx(tuple(known.confidence_interval(0.95)))


def test_only_replicates_that_both_define_are_paired_and_rounding_is_no_difference():
    base, other = np.array([1.0, NAN, 0.3, 5.0]), np.array([2.0, 4.0, 0.1 + 0.2, NAN])
    assert intervals.paired_differences(base, other).tolist() == [1.0, 0.0]


def test_the_unpaired_interval_is_that_of_welch():
    chance = np.random.default_rng(3)
    base, other = chance.normal(0.0, 1.0, 12), chance.normal(1.0, 3.0, 20)
    low, high = stats.ttest_ind(other, base, equal_var=False).confidence_interval(0.95)
    assert intervals.unpaired_half_width(base, other) == pytest.approx((high - low) / 2.0)
    assert intervals.unpaired_half_width(np.ones(4), np.zeros(4)) == 0.0
    assert math.isnan(intervals.unpaired_half_width(np.ones(1), np.ones(1)))


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.4, 0.9])
def test_the_variance_that_pairing_takes_away_is_the_correlation(correlation):
    base, other = correlated(correlation)
    error = (1.0 - correlation**2) / math.sqrt(len(base))
    assert abs(intervals.variance_reduction(base, other) - correlation) < 4.5 * error
    low, high = intervals.t_interval(other - base)
    ratio = (high - low) / 2.0 / intervals.unpaired_half_width(base, other)
    assert ratio == pytest.approx(math.sqrt(1.0 - intervals.variance_reduction(base, other)), rel=1e-3)


def test_what_never_varies_has_nothing_to_take_away():
    assert math.isnan(intervals.variance_reduction(np.ones(5), np.ones(5)))
    assert math.isnan(intervals.variance_reduction(np.ones(1), np.zeros(1)))
    assert intervals.variance_reduction(np.arange(5.0), np.arange(5.0)) == 1.0


def test_holm_adjusts_as_worked_by_hand():
    # In order .005 x 4, .01 x 3, .03 x 2, .04 x 1, none smaller than the one before.
    found = intervals.holm(np.array([0.01, 0.04, NAN, 0.03, 0.005]))
    assert found[[0, 1, 3, 4]] == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert math.isnan(found[2])
    assert intervals.holm(np.array([0.7, 0.9])).tolist() == [1.0, 1.0]
    assert intervals.holm(np.full(2, NAN)).shape == (2,)


def test_holm_errs_no_oftener_than_it_says():
    chance = np.random.default_rng(21)
    wrong = sum(bool((intervals.holm(chance.random(20)) < 0.05).any()) for _ in range(2000))
    # At least one wrong among 20 true zeros: 1 - .9975^20 = .049 of 2000.
    assert abs(wrong - 2000 * 0.0488) < 4.5 * math.sqrt(2000 * 0.0488 * 0.9512)


def test_the_bootstrap_is_for_skewed_values_and_always_the_same():
    chance = np.random.default_rng(8)
    skewed, straight = chance.lognormal(0.0, 1.5, 60), chance.normal(size=60)
    assert intervals.is_skewed(skewed)
    assert not intervals.is_skewed(straight)
    assert not intervals.is_skewed(skewed[:10])
    low, high = intervals.bootstrap_interval(skewed)
    assert (low, high) == intervals.bootstrap_interval(skewed)
    mean = skewed.mean()
    assert low < mean < high
    assert high - mean > mean - low


def test_the_bootstrap_of_symmetric_values_is_close_to_students():
    values = np.random.default_rng(2).normal(size=400)
    assert intervals.bootstrap_interval(values) == pytest.approx(intervals.t_interval(values), abs=0.01)


def test_values_that_are_all_alike():
    assert math.isnan(intervals.p_value(np.zeros(5)))  # nothing to test
    assert intervals.p_value(np.full(5, 2.0)) == 0.5**4
    assert intervals.t_interval(np.zeros(5)) == (0.0, 0.0)
    assert np.isnan(intervals.bootstrap_interval(np.zeros(50))).all()
    assert not intervals.is_skewed(np.zeros(50))


def test_one_value_has_no_interval_and_no_test():
    assert np.isnan(intervals.t_interval(np.ones(1))).all()
    assert math.isnan(intervals.p_value(np.ones(1)))
    assert math.isnan(intervals.deviation(np.ones(1)))


@pytest.mark.parametrize(
    ("spread", "target"), [(1.0, 0.1), (3.0, 0.2), (1.0, 1.0), (1.0, 2.0), (1.0, 50.0), (0.0, 1.0)]
)
def test_the_replicates_needed_are_the_fewest_that_suffice(spread, target):
    def half(count):
        return stats.t.ppf(0.975, count - 1) * spread / math.sqrt(count)

    needed = intervals.replicates_needed(spread, target)
    assert half(needed) <= target
    assert needed == 2 or half(needed - 1) > target


def test_nothing_is_needed_for_no_target():
    assert math.isnan(intervals.replicates_needed(1.0, 0.0))
    assert math.isnan(intervals.replicates_needed(NAN, 1.0))


def test_the_spread_of_a_replicate_is_pooled_from_both_runs():
    # Variances 4 and 16.
    assert intervals.pooled_deviation(np.array([0.0, 2.0, 4.0]), np.array([0.0, 4.0, 8.0])) == pytest.approx(
        math.sqrt(10.0)
    )


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_cochrans_rule_holds_for_skewness_to_either_side(sign):
    chance = np.random.default_rng(5)
    samples = [sign * chance.gamma(shape, 1.0, 60) for shape in (0.3, 1.0, 1.5, 2.0, 3.0, 4.0, 8.0)]
    rule = [25.0 * stats.skew(values) ** 2 > 60 for values in samples]
    assert [intervals.is_skewed(values) for values in samples] == rule
    assert set(rule) == {True, False}


def test_the_rule_begins_at_twenty_values():
    values = np.append(np.zeros(19), 1.0)
    assert intervals.is_skewed(values)
    assert not intervals.is_skewed(values[1:])


def test_a_bootstrap_interval_does_not_depend_on_the_unit():
    values = np.random.default_rng(8).lognormal(0.0, 1.5, 60)
    low, high = intervals.bootstrap_interval(values)
    assert intervals.bootstrap_interval(values / 1e6) == pytest.approx((low / 1e6, high / 1e6), rel=1e-9)


def test_two_values_are_enough_for_an_interval_a_test_and_a_reduction():
    pair, other = np.array([0.0, 2.0]), np.array([1.0, 4.0])
    assert intervals.deviation(pair) == pytest.approx(math.sqrt(2.0))
    assert np.isfinite(intervals.t_interval(pair)).all()
    assert intervals.p_value(other) == pytest.approx(stats.ttest_1samp(other, 0.0).pvalue)
    # Variances 2 and 4.5, of the difference .5.
    assert intervals.variance_reduction(pair, other) == pytest.approx(1.0 - 0.5 / 6.5)
    assert intervals.unpaired_half_width(pair, other) > 0.0


def test_fiellers_interval_holds_the_ratio_as_often_as_it_says():
    """Of 4,000 samples of 12 correlated pairs, 95 % of the intervals hold the ratio of the true means, 3."""
    chance, hits = np.random.default_rng(5), 0
    for _ in range(4000):
        below = chance.normal(4.0, 2.0, 12)
        low, high = intervals.ratio_interval(2.0 * below + chance.normal(4.0, 3.0, 12), below)
        hits += low <= 3.0 <= high
    assert abs(hits - 3800) < 4.5 * math.sqrt(4000 * 0.95 * 0.05)


def test_fiellers_ends_are_where_the_difference_is_just_significant():
    below = np.array([4.0, 5.0, 3.0, 6.0, 5.0])
    above = np.array([9.0, 8.0, 9.0, 15.0, 11.0])
    for end in intervals.ratio_interval(above, below):
        assert intervals.p_value(above - end * below) == pytest.approx(0.05, abs=1e-9)


def test_there_is_no_ratio_to_what_may_be_zero():
    assert np.isnan(intervals.ratio_interval(OTHER, np.array([1.0, -1.0, 2.0, -1.0]))).all()
    assert np.isnan(intervals.ratio_interval(OTHER[:1], BASE[:1])).all()
