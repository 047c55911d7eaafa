import math

import numpy as np
import pytest
from markets import campaign, lab, outside, quiet, run, run_to, tier

from talentmarket.market.money import packages
from talentmarket.market.money.risk import restricted_value
from talentmarket.market.money.vesting import cumulative_shares

MOVING = {"drift": 0.1, "volatility": 0.6, "success_rate": 1.0, "success_size": 1.5, "beta": 1.5}
PACKAGE = {"total": 60.0, "running_pay": 2.0, "stock_share": 0.75, "first_year_share": 0.4}
SPECIAL = 60.0 - 4 * 2.0
STOCK, BONUS = 0.75 * SPECIAL, 0.25 * SPECIAL
SCHEDULES = ["monthly", "quarterly", "annual", "first_year_at_once"]


def poached(vesting="quarterly", separation=0.0, **sections):
    """Everybody at Alpha takes Beta's package in month 2; Beta's stock moves."""
    terms = tier(vesting=vesting, **PACKAGE)
    return quiet(
        labs=[lab("Alpha", 40), lab("Beta", 0, separation=separation, stock=MOVING), outside()],
        campaigns=[campaign(start=2, months=1, approaches_per_month=40, tiers=[terms])],
        **{
            "choice": {"noise": 0.0, "mission_scale": 0.0},
            "run": {"months": 60},
            "risk": {"risk_aversion": 0.5},
            **sections,
        },
    )


def stock_index(market):
    return market.tables()["months"]["stock"].reshape(-1, 3)[:, 1]


@pytest.mark.parametrize("vesting", SCHEDULES)
def test_every_tranche_becomes_wealth_at_the_price_of_its_day(vesting):
    scenario = poached(vesting)
    market = run_to(scenario, 1)
    before = market.world.researchers["wealth"].copy()
    vested = cumulative_shares(scenario.campaigns[0].tiers[0])
    wealth = before + BONUS
    for month in range(2, 61):
        market.advance(1)
        world = market.world
        index = stock_index(market)
        tranche = vested[month - 2] - (vested[month - 3] if month > 2 else 0.0)
        wealth = wealth + STOCK * tranche * index[month] / index[2]
        assert (world.researchers["lab"] == 1).all()
        liquid = [packages.liquid_wealth(person, world.labs[1], world.tiers[1], month) for person in world.researchers]
        assert liquid == pytest.approx(wealth, rel=1e-12)


@pytest.mark.parametrize("vesting", SCHEDULES)
def test_vested_and_unvested_shares_make_the_whole_grant(vesting):
    scenario = poached(vesting)
    market = run_to(scenario, 2)
    vested = cumulative_shares(scenario.campaigns[0].tiers[0])
    for month in range(2, 61):
        world, index = market.world, stock_index(market)
        person, beta, package = world.researchers[7], world.labs[1], world.tiers[1]
        today = packages.price_of(person, beta, month)
        assert today == pytest.approx(STOCK * index[month] / index[2], rel=1e-12)
        unvested = packages.unvested_stock(person, beta, package, month) / today
        assert packages.vested_share(package, month - 2) + unvested == pytest.approx(1.0, abs=1e-12)
        assert unvested == pytest.approx(1.0 - vested[month - 2], abs=1e-12)
        market.advance(1)


def test_a_grant_is_worth_nothing_before_and_everything_after_its_schedule():
    market = run_to(poached(), 2)
    package = market.world.tiers[1]
    assert packages.vested_share(package, -5) == package.vested[0]
    assert packages.vested_share(package, 10_000) == 1.0


def test_who_leaves_forfeits_the_unvested_part_at_today_s_index_and_keeps_the_rest():
    scenario = poached(separation=0.6)
    market = run_to(scenario, 60)
    tables, world = market.tables(), market.world
    moves = tables["moves"]
    vested = cumulative_shares(scenario.campaigns[0].tiers[0])
    index = stock_index(market)
    tranches = np.diff(vested, prepend=0.0)
    left = np.flatnonzero(moves["kind"].codes == 0)
    assert len(left) > 25
    at_start = run_to(scenario, 0).world.researchers["wealth"]
    for row in left:
        month, who = moves["month"][row], moves["researcher"][row]
        age = month - 2
        assert moves["tenure"][row] == age
        lost = STOCK * (1.0 - vested[age]) * index[month] / index[2]
        assert moves["forfeited"][row] == pytest.approx(lost, rel=1e-6)
        kept = sum(STOCK * tranches[k] * index[2 + k] / index[2] for k in range(age + 1))
        assert world.researchers["wealth"][who] == pytest.approx(at_start[who] + BONUS + kept, rel=1e-12)
        assert world.researchers["grant"][who] == 0.0


@pytest.mark.parametrize("separation", [0.0, 0.8])
def test_special_pay_is_paid_out_forfeited_or_still_to_vest(separation):
    """At a steady index not one dollar of the packages accepted is lost from the books."""
    terms = tier(**PACKAGE)
    scenario = quiet(
        labs=[lab("Alpha", 300), lab("Beta", 0, separation=separation), outside()],
        campaigns=[campaign(start=2, months=1, approaches_per_month=300, tiers=[terms])],
        choice={"noise": 0.0, "mission_scale": 0.0},
        run={"months": 30},
    )
    market = run_to(scenario, 30)
    world, months = market.world, market.tables()["months"]
    waiting = sum(
        packages.unvested_stock(person, world.labs[1], world.tiers[1], 30)
        for person in world.researchers
        if person["lab"] == 1
    )
    assert months["spend_packages"].sum() == pytest.approx(300 * 60.0)
    accounted = months["spend_paid"].sum() + months["forfeited"].sum() + waiting
    assert accounted == pytest.approx(300 * SPECIAL, rel=1e-9)


@pytest.mark.parametrize("vesting", SCHEDULES)
@pytest.mark.parametrize("horizon", [12, 48, 100])
def test_the_certainty_equivalent_is_the_sum_of_its_parts(vesting, horizon):
    discount = 0.07
    choice = {"noise": 0.0, "mission_scale": 0.0, "horizon": horizon, "discount": discount}
    scenario = poached(vesting, choice=choice, risk={"risk_aversion": 2.0})
    annuity = sum((1.0 + discount) ** (-k / 12.0) / 12.0 for k in range(1, horizon + 1))
    worth = restricted_value(np.arange(121) / 12.0, scenario.labs[1].stock, scenario.risk)
    vested = cumulative_shares(scenario.campaigns[0].tiers[0])
    stock = sum((vested[k] - (vested[k - 1] if k else 0.0)) * worth[k] for k in range(horizon + 1))
    offers = run(scenario)["offers"]
    assert len(offers) == 40
    assert offers.certainty_equivalent.to_numpy() == pytest.approx(2.0 * annuity + BONUS + STOCK * stock, rel=1e-9)


def test_the_stock_still_awaited_shrinks_with_what_has_vested_and_follows_the_index():
    scenario = poached("first_year_at_once", choice={"noise": 0.0, "mission_scale": 0.0, "horizon": 24})
    worth = restricted_value(np.arange(121) / 12.0, scenario.labs[1].stock, scenario.risk)
    vested = cumulative_shares(scenario.campaigns[0].tiers[0])
    market = run_to(scenario, 2)
    for month in range(2, 58):
        world, index = market.world, stock_index(market)
        age = month - 2
        expected = sum((vested[age + k] - vested[age + k - 1]) * worth[k] for k in range(1, 25))
        awaited = packages.awaited_stock(world.researchers[3], world.labs[1], world.tiers[1], month, 24)
        assert awaited == pytest.approx(STOCK * index[month] / index[2] * expected, rel=1e-9, abs=1e-12)
        market.advance(1)


def test_nobody_waits_for_stock_without_a_grant():
    world = run_to(quiet(), 3).world
    person, alpha, none = world.researchers[0], world.labs[0], world.tiers[0]
    assert packages.awaited_stock(person, alpha, none, 3, 48) == 0.0
    assert packages.unvested_stock(person, alpha, none, 3) == 0.0
    assert packages.liquid_wealth(person, alpha, none, 3) == person["wealth"]


def test_wages_grow_for_everybody_alike():
    growing = run(quiet(population={"pay_growth": 0.12}))["months"]
    level = run(quiet())["months"]
    for pay in ("pay_p10", "pay_p50", "pay_p90"):
        factor = np.exp(0.12 * level.month / 12.0)
        assert growing[pay].to_numpy() == pytest.approx((level[pay] * factor).to_numpy(), rel=1e-12, nan_ok=True)


def test_running_pay_is_discounted_over_the_horizon():
    market = run_to(quiet(choice={"horizon": 36, "discount": 0.1}), 0)
    payments = [2.5 / 12.0 / 1.1 ** (k / 12.0) for k in range(1, 37)]
    assert packages.running_worth(market.world.setting[0], 2.5, 0) == pytest.approx(math.fsum(payments), rel=1e-12)
