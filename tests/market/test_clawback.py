"""Who leaves a raider early pays back the bonus and what has vested, and weighs that against going."""

import math

import numpy as np
import pytest
from markets import ALIKE, campaign, lab, outside, quiet, run_to, tier

from talentmarket.market.choice import preferences
from talentmarket.market.choice.reference import gain_since_first_month, log_money_gained
from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.jobs.raises import award
from talentmarket.market.jobs.waiting import months_until_tranche
from talentmarket.market.money.clawback import repayment
from talentmarket.market.money.packages import Package, liquid_wealth, unvested_stock
from talentmarket.market.money.vesting import cumulative_shares
from talentmarket.market.records.world import OFFERS_MADE

SPECIAL, SHARE = 52.0, 0.75
STOCK, BONUS = SPECIAL * SHARE, SPECIAL * (1.0 - SHARE)
MOVING = {"drift": 0.1, "volatility": 0.6, "beta": 1.5}


def package(clawback=12, **changes):
    terms = {"total": 60.0, "running_pay": 2.0, "stock_share": SHARE, "first_year_share": 0.4, "clawback": clawback}
    return tier(vesting="quarterly", **(terms | changes))


def raided(clawback=12, people=40, beta=None, raid=None, **sections):
    """Everybody at Alpha takes Beta's package in month 2."""
    one = campaign(start=2, months=1, approaches_per_month=people, **({"tiers": [package(clawback)]} | (raid or {})))
    return quiet(
        labs=[lab("Alpha", people), lab("Beta", 0, **(beta or {})), outside()],
        campaigns=[one],
        **{"choice": {"noise": 0.0, "mission_scale": 0.0}, "run": {"months": 24}, **sections},
    )


def liquid_of(world, month):
    return np.array(
        [
            liquid_wealth(each, world.labs[each["lab"]], world.tiers[int(each["vesting"])], month)
            for each in world.researchers
        ]
    )


def vested():
    return cumulative_shares(raided().campaigns[0].tiers[0])


@pytest.mark.parametrize("month", [3, 8, 13, 14, 20])
def test_what_leaving_would_pay_back_is_bonus_and_vested_stock_until_the_months_are_over(month):
    world = run_to(raided(), month).world
    due = BONUS + STOCK * vested()[month - 2] if month - 2 < 12 else 0.0
    assert [repayment(world, who, month) for who in range(40)] == pytest.approx(np.full(40, due), rel=1e-12)


def test_who_leaves_early_keeps_nothing_of_the_package_but_its_gains_and_later_all_that_has_vested():
    scenario = raided(beta={"separation": 1.0, "stock": MOVING}, people=200)
    market = run_to(scenario, 24)
    tables, world = market.tables(), market.world
    before = run_to(scenario, 0).world.researchers["wealth"]
    moves, shares = tables["moves"], vested()
    index = tables["months"]["stock"].reshape(-1, 3)[:, 1]
    tranches = np.diff(shares, prepend=0.0)
    left = np.flatnonzero(moves["kind"].codes == 0)
    paid_back = np.zeros(25)
    early = 0
    for row in left:
        month, who = moves["month"][row], moves["researcher"][row]
        age = month - 2
        got = before[who] + BONUS + sum(STOCK * tranches[k] * index[2 + k] / index[2] for k in range(age + 1))
        owed = min(got, BONUS + STOCK * shares[age]) if age < 12 else 0.0
        assert world.researchers["wealth"][who] == pytest.approx(got - owed, rel=1e-9, abs=1e-9)
        paid_back[month] += owed
        early += age < 12
    assert min(early, len(left) - early) > 30
    counted = tables["months"]["clawed_back"].reshape(-1, 3)
    assert counted[:, 1] == pytest.approx(paid_back, rel=1e-9)
    assert counted[:, [0, 2]].sum() == 0.0


def test_granted_is_paid_forfeited_or_ahead_and_wealth_grows_by_what_is_paid_less_what_is_paid_back():
    """At a steady index not one dollar is lost from the books."""
    scenario = raided(beta={"separation": 0.8}, people=300)
    market = run_to(scenario, 20)
    world, months = market.world, market.tables()["months"]
    ahead = sum(
        unvested_stock(each, world.labs[1], world.tiers[1], 20) for each in world.researchers if each["lab"] == 1
    )
    accounted = months["spend_paid"].sum() + months["forfeited"].sum() + ahead
    assert accounted == pytest.approx(300 * SPECIAL, rel=1e-9)
    assert months["clawed_back"].sum() > 100 * BONUS
    richer = liquid_of(world, 20).sum() - run_to(scenario, 0).world.researchers["wealth"].sum()
    assert richer == pytest.approx(months["spend_paid"].sum() - months["clawed_back"].sum(), rel=1e-9)


def test_who_goes_back_pays_back_too():
    scenario = raided(raid={"return_rate": 6.0, "return_months": 6}, people=100)
    world = run_to(scenario, 9).world
    back = world.researchers["lab"] == 0
    assert back.sum() > 50
    before = run_to(scenario, 0).world.researchers["wealth"]
    assert world.researchers["wealth"][back] == pytest.approx(before[back], rel=1e-9)


def test_nobody_owes_more_than_they_have():
    scenario = raided(beta={"separation": 3.0, "stock": {"drift": -2.0}}, people=60)
    market = run_to(scenario, 13)
    world = market.world
    left = world.researchers["lab"] == 2
    assert left.sum() > 40
    assert (world.researchers["wealth"] >= 0.0).all()
    assert (world.researchers["wealth"][left] == 0.0).any()


def test_an_offer_elsewhere_is_worth_less_by_what_leaving_pays_back():
    world = run_to(raided(choice={"noise": 0.0, "mission_scale": 0.0, "discount": 0.0}), 5).world
    make_offer(world, 7, 0, Package(3.0, 1.0, 0.0, 0), 5)
    wealth = preferences.offered_wealth(world, world.offers[world.counts[OFFERS_MADE] - 1], 5)
    kept = run_to(raided(), 0).world.researchers["wealth"][7]  # as if the package had never been
    assert wealth == pytest.approx(kept + 4.0 * 3.0 + 1.0, rel=1e-9)


def test_what_would_be_paid_back_holds_against_the_outside_as_well():
    sections = {"population": ALIKE, "choice": {"noise": 0.0, "mission_scale": 0.0, "exit_response": 0.5}}
    bound, free = (run_to(raided(clawback, **sections), 5).world for clawback in (12, 0))
    pay = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
    liquid = liquid_of(free, 5)
    due = BONUS + STOCK * vested()[3]
    for who in range(5):
        with_it, without = (
            gain_since_first_month(world, who, log_money_gained(world, who, 5)) for world in (bound, free)
        )
        more = with_it - without
        weight = 4.0 * (1.0 - bound.researchers["loyalty"][who])
        assert more == pytest.approx(weight * math.log((liquid[who] + pay) / (liquid[who] - due + pay)), rel=1e-9)


def test_an_award_on_top_leaves_what_is_owed_as_it_was():
    world = run_to(raided(), 8).world
    due = BONUS + STOCK * vested()[6]
    award(world, 7, 100.0, int(world.labs["award_vesting"][1]), 8)
    assert repayment(world, 7, 8) == pytest.approx(due, rel=1e-12)
    assert repayment(world, 7, 13) == pytest.approx(due, rel=1e-12)
    assert repayment(world, 7, 14) == 0.0


def test_without_clawback_nothing_is_paid_back():
    market = run_to(raided(0, beta={"separation": 2.0}), 12)
    assert market.world.months["clawed_back"].sum() == 0.0


@pytest.mark.parametrize(("month", "wait"), [(8, 0), (9, 4), (12, 1), (14, 0)])
def test_the_end_of_the_clawback_is_waited_for_and_a_tranche_that_would_be_paid_back_is_not(month, wait):
    """Tranches vest in months 5, 8, 11, 14; leaving in month 14 pays back nothing, so that 4 months from 9 are enough."""
    world = run_to(raided(choice={"noise": 0.0, "mission_scale": 0.0, "patience": 4}), month).world
    person, job = world.researchers[7], world.jobs[7]
    tier_of_raid = world.tiers[1]
    freed = months_until_tranche(world.setting[0], person, job, world.labs[1], tier_of_raid, month)
    assert freed == (3 if month == 14 else wait)
