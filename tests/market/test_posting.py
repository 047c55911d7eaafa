"""Posted pay: its distributions, whom it reaches, and that it is off unless asked for."""

import math

import numpy as np
import pytest
from markets import ALIKE, NO_POSTING, assert_same_tables, assert_share, lab, lively, outside, quiet, run, run_to
from scipy import stats

from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.scenario.schema import Scenario

PEOPLE = 8000
BURDETT_MORTENSEN = {"distribution": "burdett_mortensen", "productivity": 1.5, "reservation": 0.4, "competition": 4.0}


def offers(posting, month=1, **changes):
    """The pay of the month's offers by a lab that calls nearly all, and the people they go to."""
    labs = [lab("Alpha", PEOPLE), lab("Beta", 0, contact=60.0, pay_level=2.0, posting=posting), outside()]
    world = run_to(quiet(labs=labs, population={**ALIKE, **changes}), 0).world
    contact(world, month)
    made = world.offers[: world.counts[OFFERS_MADE]].copy()
    assert len(made) > 7900
    return made["pay"], world.researchers[made["researcher"]]


def burdett_mortensen(pay):
    """F at pay in units of ordinary pay, as the article has it."""
    k, p, reservation = 4.0, 1.5, 0.6
    return (1.0 + k) / k * (1.0 - np.sqrt((p - pay) / (p - reservation)))


def test_posted_pay_has_the_distribution_of_burdett_and_mortensen():
    """Kolmogorov-Smirnov at 1 in 100,000, and the ends of the range."""
    pay, _ = offers(BURDETT_MORTENSEN)
    low, high = 0.6, 1.5 - 0.9 / 25.0
    assert 2.0 * low <= pay.min() < 2.0 * (low + 0.001)
    assert 2.0 * (high - 0.001) < pay.max() <= 2.0 * high
    assert stats.kstest(pay / 2.0, burdett_mortensen).pvalue > 1e-5


def test_posted_pay_can_be_lognormal():
    pay, _ = offers({"distribution": "lognormal", "sigma": 0.3})
    assert stats.kstest(np.log(pay / 2.0), "norm", args=(0.0, 0.3)).pvalue > 1e-5


def test_without_a_reply_to_offers_employers_post_the_reservation_pay():
    """Nobody on the job gets offers, so nobody has to be outbid (Diamond 1971)."""
    pay, _ = offers({**BURDETT_MORTENSEN, "competition": 0.0})
    assert pay == pytest.approx(1.2, abs=1e-12)


@pytest.mark.parametrize("distribution", ["lognormal", "burdett_mortensen"])
def test_posted_pay_follows_talent_and_not_present_pay(distribution):
    pay, people = offers({**BURDETT_MORTENSEN, "distribution": distribution}, talent_sigma=0.6, pay_sigma=0.5)
    ordinary = 2.0 * people["talent"] ** 0.5
    factor = np.log(pay / ordinary)
    present = np.log(people["pay"] / people["talent"] ** 0.5)
    for other in (present, np.log(people["talent"])):
        assert abs(np.corrcoef(factor, other)[0, 1]) < 4.5 / math.sqrt(len(pay))


def test_each_month_has_new_draws_and_the_same_ones_again():
    first, second = offers(BURDETT_MORTENSEN, 1)[0], offers(BURDETT_MORTENSEN, 2)[0]
    assert (offers(BURDETT_MORTENSEN, 1)[0] == first).all()
    assert set(first).isdisjoint(second)


def with_posting(**changes):
    document = lively().model_dump()
    for each in document["labs"]:
        each["posting"] = {**NO_POSTING, **changes}
    return Scenario.model_validate(document)


def test_without_a_distribution_posting_changes_no_bit():
    odd = {"sigma": 2.0, "productivity": 9.0, "reservation": 0.9, "competition": 0.5}
    assert_same_tables(run(with_posting(**odd)), run(lively()))


def test_with_one_the_premium_changes_no_bit():
    document = with_posting(distribution="lognormal").model_dump()
    for each in document["labs"]:
        each |= {"premium_mean": 5.0, "premium_sigma": 1.0}
    posted = run(with_posting(distribution="lognormal"))
    assert_same_tables(run(Scenario.model_validate(document)), posted)
    assert not posted["moves"].equals(run(lively())["moves"])


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_recruiters_reach_people_outside_in_proportion(share):
    labs = [lab("Alpha", PEOPLE), lab("Beta", 0, contact=2.0), outside(PEOPLE)]
    world = run_to(quiet(labs=labs, contacts={"reach_outside": share}), 0).world
    contact(world, 1)
    called = world.researchers["lab"][world.offers["researcher"][: world.counts[OFFERS_MADE]]]
    assert_share((called == 0).sum(), PEOPLE, -math.expm1(-2.0 / 12.0))
    assert_share((called == 2).sum(), PEOPLE, -math.expm1(-2.0 * share / 12.0))


def test_reaching_fewer_outside_leaves_the_calls_on_others_alone():
    labs = [lab("Alpha", 2000), lab("Beta", 0, contact=2.0), outside(2000)]

    def called(share):
        world = run_to(quiet(labs=labs, contacts={"reach_outside": share}), 0).world
        contact(world, 1)
        made = world.offers[: world.counts[OFFERS_MADE]]
        return dict(zip(made["researcher"], made["pay"], strict=True))

    everybody, some = called(1.0), called(0.4)
    assert set(some) < set(everybody)
    assert {who: pay for who, pay in some.items() if who < 2000} == {
        who: pay for who, pay in everybody.items() if who < 2000
    }


def test_vacancies_pay_what_the_lab_posts_and_its_ordinary_pay_without_a_distribution():
    """Where pay decides nothing, the pay of those hired is posted pay: Kolmogorov-Smirnov at 1 in 100,000."""

    def hired(**posting):
        labs = [lab("Alpha", 150, refill=True, separation=9.0, pay_level=2.0, posting=posting), outside(400)]
        blind = {"money_weight": 0.0}
        moves = run(quiet(labs=labs, choice=blind, run={"months": 3}))["moves"].query("kind == 'growth'")
        return np.log(moves.pay_after / (2.0 * moves.talent**0.5)).to_numpy()

    assert hired() == pytest.approx(0.0, abs=1e-6)
    posted = hired(distribution="lognormal", sigma=0.3)
    assert len(posted) > 150
    assert stats.kstest(posted, "norm", args=(0.0, 0.3)).pvalue > 1e-5
