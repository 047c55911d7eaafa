import math
from itertools import pairwise

import numpy as np
import pytest
from markets import assert_share, lab, outside, quiet, run_to
from scipy import stats

PEOPLE = 20_000
ODDS = 1e-5  # p-values below this: one false alarm in 100,000 seeds


def people(labs=None, **population):
    return run_to(quiet(labs=labs or [lab("Alpha", PEOPLE), outside()], population=population), 0).world.researchers


def fits(sample, distribution):
    return stats.kstest(sample, distribution.cdf).pvalue > ODDS


def test_talent_is_lognormal_with_median_1():
    talent = people(talent_tail_share=0.0, talent_sigma=0.8)["talent"]
    assert fits(np.log(talent), stats.norm(0.0, 0.8))


def test_the_tail_of_talent_is_pareto_and_the_splice_is_continuous():
    share, exponent, sigma = 0.1, 1.5, 0.6
    talent = people(talent_tail_share=share, talent_tail_exponent=exponent, talent_sigma=sigma)["talent"]
    splice = math.exp(sigma * stats.norm.ppf(1.0 - share))
    tail = talent[talent > splice]
    assert_share(len(tail), PEOPLE, share)
    assert fits(tail / splice, stats.pareto(exponent))
    assert tail.min() == pytest.approx(splice, rel=0.01)
    body = stats.norm.cdf(np.log(talent[talent <= splice]) / sigma) / (1.0 - share)
    assert fits(body, stats.uniform())


def test_loyalty_is_beta():
    loyalty = people(loyalty_mean=0.3, loyalty_concentration=4.0)["loyalty"]
    assert fits(loyalty, stats.beta(1.2, 2.8))
    assert loyalty.min() > 0.0
    assert loyalty.max() < 1.0


def test_wealth_and_pay_follow_talent_with_their_elasticities():
    rows = people(wealth_median=3.0, wealth_sigma=0.7, wealth_talent=1.5, pay_sigma=0.2, pay_talent=0.8)
    talent = rows["talent"]
    assert fits(np.log(rows["wealth"] / (3.0 * talent**1.5)), stats.norm(0.0, 0.7))
    assert fits(np.log(rows["pay"] / talent**0.8), stats.norm(0.0, 0.2))


def test_pay_is_scaled_by_the_lab_s_level():
    rows = people([lab("Alpha", 100, pay_level=2.5), outside(100, pay_level=0.25)], pay_sigma=0.0, pay_talent=0.0)
    assert (rows["pay"][:100] == 2.5).all()
    assert (rows["pay"][100:] == 0.25).all()


def test_tenure_is_exponential_with_the_mean_of_the_lab():
    rows = people([lab("Alpha", PEOPLE, tenure_mean=4.0), outside()])
    months = -1 - rows["joined"]
    p = 1.0 - math.exp(-1.0 / 48.0)
    assert months.min() == 0
    mean, sd = (1.0 - p) / p, math.sqrt(1.0 - p) / p
    assert abs(months.mean() - mean) < 4.5 * sd / math.sqrt(PEOPLE)
    assert_share((months < 12).sum(), PEOPLE, 1.0 - math.exp(-0.25))


def test_talent_loyalty_wealth_pay_and_tenure_are_drawn_independently():
    rows = people()
    columns = [
        np.log(rows["talent"]),
        rows["loyalty"],
        np.log(rows["wealth"] / rows["talent"]),
        np.log(rows["pay"] / rows["talent"] ** 0.5),
        rows["joined"],
    ]
    off_diagonal = stats.spearmanr(np.column_stack(columns)).statistic[np.triu_indices(5, 1)]
    assert np.abs(off_diagonal).max() < 4.5 / math.sqrt(PEOPLE)


@pytest.mark.parametrize("levels", [1, 4, 20])
def test_levels_are_equal_bands_of_talent(levels):
    rows = people(levels=levels)
    counts = np.bincount(rows["level"], minlength=levels)
    assert len(counts) == levels
    for count in counts:
        assert_share(count, PEOPLE, 1.0 / levels)
    by_level = [rows["talent"][rows["level"] == level] for level in range(levels)]
    assert all(low.max() < high.min() for low, high in pairwise(by_level))


@pytest.mark.parametrize("tail", [0.0, 0.05])
def test_the_top_percent_and_tenth_are_those_of_the_distribution(tail):
    world = run_to(quiet(labs=[lab("Alpha", PEOPLE), outside()], population={"talent_tail_share": tail}), 0).world
    assert_share(world.labs[0]["top"][0], PEOPLE, 0.01)
    assert_share(world.labs[0]["top"][1], PEOPLE, 0.10)


def test_changing_one_trait_leaves_the_draws_of_the_others_alone():
    before = people([lab("Alpha", 500), outside(100)])
    after = people([lab("Alpha", 500), outside(100)], loyalty_mean=0.2, wealth_sigma=1.5, pay_sigma=0.4)
    assert (before["talent"] == after["talent"]).all()
    assert (before["joined"] == after["joined"]).all()
    assert (np.argsort(before["loyalty"]) == np.argsort(after["loyalty"])).all()
    assert (before["loyalty"] != after["loyalty"]).all()


def test_head_counts_are_scaled_and_rounded():
    scenario = quiet(labs=[lab("Alpha", 25), lab("Beta", 0), outside(7)], population={"scale": 0.5})
    rows = run_to(scenario, 0).world.researchers
    assert np.bincount(rows["lab"], minlength=3).tolist() == [12, 0, 4]
    assert scenario.researchers == len(rows) == 16


def test_labs_stand_one_after_the_other():
    rows = people([lab("Alpha", 30), lab("Beta", 20), outside(10)])
    assert rows["lab"].tolist() == [0] * 30 + [1] * 20 + [2] * 10
