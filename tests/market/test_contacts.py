import math

import numpy as np
import pytest
from markets import assert_share, lab, outside, quiet, run, run_to
from scipy import stats

from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.records.world import OFFERS_MADE

RATE = 1.5


def calls(scenario, month=1):
    """The month's ordinary offers, and the researchers as they were."""
    world = run_to(scenario, 0).world
    contact(world, month)
    return world.offers[: world.counts[OFFERS_MADE]].copy(), world.researchers


@pytest.mark.parametrize("elasticity", [0.0, 0.5, 1.0, 2.0])
def test_the_chance_of_a_call_grows_with_talent_by_its_elasticity(elasticity):
    """Calls in each fifth of talent within 4.5 standard errors."""
    labs = [lab("Alpha", 8000), lab("Beta", 0, contact=RATE), outside()]
    scenario = quiet(labs=labs, contacts={"contact_talent": elasticity})
    called = np.zeros(8000)
    for month in range(1, 5):
        offers, people = calls(scenario, month)
        called += np.bincount(offers["researcher"], minlength=8000)
    p = 1.0 - np.exp(-RATE / 12.0 * people["talent"] ** elasticity)
    for group in np.array_split(np.argsort(people["talent"]), 5):
        expected, variance = 4 * p[group].sum(), 4 * (p[group] * (1.0 - p[group])).sum()
        assert abs(called[group].sum() - expected) < 4.5 * math.sqrt(variance)


def test_a_lab_calls_nobody_twice_in_a_month():
    labs = [lab("Alpha", 2000), lab("Beta", 0, contact=60.0), outside()]
    offers, _ = calls(quiet(labs=labs))
    assert len(offers) > 1900
    assert len(np.unique(offers["researcher"])) == len(offers)


def test_a_lab_does_not_call_its_own_people():
    labs = [lab("Alpha", 1000, contact=12.0), lab("Beta", 700, contact=6.0), outside(500, contact=6.0)]
    offers, people = calls(quiet(labs=labs))
    assert (offers["lab"] != people["lab"][offers["researcher"]]).all()
    assert set(offers["lab"]) == {0, 1, 2}
    alone, _ = calls(quiet(labs=[lab("Alpha", 1000, contact=12.0), outside()]))
    assert len(alone) == 0


def test_nobody_calls_where_the_rate_is_0():
    offers, _ = calls(quiet())
    assert len(offers) == 0


def test_labs_call_independently_of_each_other():
    labs = [lab("Alpha", 8000), lab("Beta", 0, contact=4.0), lab("Gamma", 0, contact=2.0), outside()]
    offers, _ = calls(quiet(labs=labs))
    beta, gamma = (set(offers["researcher"][offers["lab"] == number]) for number in (1, 2))
    p, q = 1.0 - math.exp(-4.0 / 12.0), 1.0 - math.exp(-2.0 / 12.0)
    assert_share(len(beta), 8000, p)
    assert_share(len(gamma), 8000, q)
    assert_share(len(beta & gamma), 8000, p * q)


def test_the_premium_is_lognormal_with_its_mean():
    """Mean and spread of 6,000 offers within 4.5 standard errors, and Kolmogorov-Smirnov at 1 in 100,000."""
    mean, sigma = 1.4, 0.3
    labs = [lab("Alpha", 8000), lab("Beta", 0, contact=18.0, premium_mean=mean, premium_sigma=sigma), outside()]
    offers, people = calls(quiet(labs=labs))
    premium = offers["pay"] / people["pay"][offers["researcher"]]
    n = len(premium)
    assert n > 5000
    sd = mean * math.sqrt(math.exp(sigma**2) - 1.0)
    assert abs(premium.mean() - mean) < 4.5 * sd / math.sqrt(n)
    assert abs(np.log(premium).std() - sigma) < 4.5 * sigma / math.sqrt(2 * n)
    assert stats.kstest(np.log(premium), stats.norm(math.log(mean) - sigma**2 / 2.0, sigma).cdf).pvalue > 1e-5


def test_an_ordinary_offer_is_pay_and_nothing_else():
    labs = [lab("Alpha", 500), lab("Beta", 0, contact=12.0, premium_sigma=0.0, premium_mean=1.25), outside()]
    offers, people = calls(quiet(labs=labs))
    assert offers["pay"] == pytest.approx(1.25 * people["pay"][offers["researcher"]], rel=1e-12)
    assert not offers["bonus"].any()
    assert not offers["stock"].any()


def test_who_takes_an_ordinary_offer_moves_for_its_pay():
    labs = [lab("Alpha", 500), lab("Beta", 0, contact=12.0, premium_sigma=0.0, premium_mean=1.25), outside()]
    moves = run(quiet(labs=labs, choice={"noise": 0.0, "mission_scale": 0.0}, run={"months": 1}))["moves"]
    assert_share(len(moves), 500, 1.0 - math.exp(-1.0))
    assert set(moves.kind) == {"ordinary"}
    assert moves.pay_after.to_numpy() == pytest.approx(1.25 * moves.pay_before.to_numpy(), rel=1e-6)


def test_who_has_just_moved_is_not_called():
    """Nobody moves twice in a month, though everybody is called every month and leaves every other."""
    busy = {"contact": 60.0, "separation": 6.0, "premium_mean": 3.0}
    labs = [lab("Alpha", 400, **busy), lab("Beta", 400, **busy), outside(100, contact=60.0)]
    moves = run(quiet(labs=labs, run={"months": 6}))["moves"]
    assert len(moves) > 3000
    assert not moves.duplicated(["month", "researcher"]).any()


def test_a_small_change_of_one_lab_s_rate_leaves_all_other_calls_alone():
    def called(rate):
        labs = [lab("Alpha", 3000), lab("Beta", 0, contact=RATE), lab("Gamma", 0, contact=rate), outside()]
        offers, _ = calls(quiet(labs=labs))
        return [
            set(zip(offers["researcher"][offers["lab"] == n], offers["pay"][offers["lab"] == n], strict=True))
            for n in (1, 2)
        ]

    less, more = called(0.55), called(0.6)
    assert less[0] == more[0]
    assert less[1] < more[1]
