"""Exits that respond: to what staying is worth against the terms of the first month, and to the exits of ties."""

import math

import numpy as np
import pytest
from markets import ALIKE, assert_share, lab, lively, outside, quiet, run_to

from talentmarket.market.choice.reference import gain_since_first_month, log_money_gained
from talentmarket.market.choice.terms import exits_of_ties
from talentmarket.market.mechanisms.separation import exit_factor, exit_factor_bound
from talentmarket.scenario.schema import Scenario

RATE = 0.6
ANNUITY = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
NO_RISK = {"risk_aversion": 0.0, "risk_free": 0.0, "equity_premium": 0.0, "stock_share": 0.0}
WEIGHT = 16.0 * 0.4  # ALIKE people have the loyalty of the mean, .6
RESPONDING = {"exit_response": 0.5, "money_weight": 16.0, "mission_scale": 0.0}


def setting_event(month, **paths):
    return {
        "name": "change",
        "month": month,
        "hazard": 0.0,
        "set": {path.replace("__", "."): value for path, value in paths.items()},
        "reprice": {},
    }


def factors(world, month, lab_number=0):
    people = world.researchers
    return np.array([exit_factor(world, who, month) for who in np.flatnonzero(people["lab"] == lab_number)])


def test_people_on_the_terms_of_the_first_month_leave_at_the_rate_of_their_lab():
    labs = [lab("Alpha", 30, separation=RATE, pay_level=1.3), outside()]
    world = run_to(quiet(labs=labs, population=ALIKE, choice=RESPONDING), 0).world
    assert factors(world, 1) == pytest.approx(np.ones(30), rel=1e-9)
    assert exit_factor_bound(world, 3, 1) == pytest.approx(1.0, rel=1e-6)  # no slack where nothing has changed


def test_who_earns_more_than_the_scale_pays_leaves_more_rarely_by_its_worth():
    """Each person's factor is (reference / staying wealth)**(exit_response * money_weight * (1 - m))."""
    labs = [lab("Alpha", 40, separation=RATE), outside()]
    choice = RESPONDING | {"exit_response": 0.3}
    people = {"pay_sigma": 0.3, "pay_talent": 0.5, "pay_growth": 0.1, "loyalty_concentration": 5.0}
    world = run_to(quiet(labs=labs, population=people, choice=choice), 0).world
    ours = world.researchers
    worth = ANNUITY * math.exp(0.1 * 24 / 12.0)
    reference = ours["wealth"] + ours["talent"] ** 0.5 * worth
    staying = ours["wealth"] + ours["pay"] * worth
    expected = np.minimum(8.0, (reference / staying) ** (0.3 * 16.0 * (1.0 - ours["loyalty"])))
    assert factors(world, 24) == pytest.approx(expected, rel=1e-9)
    assert expected.min() < 0.8 < 1.25 < expected.max()


def test_groups_leave_by_the_hazard_of_their_terms():
    """Labs whose pay an event sets apart from the scale of month 0: exits of a month against 1 - exp(-h/12)."""
    labs = [lab(f"Lab {n}", 6000, separation=RATE) for n in range(3)]
    scenario = quiet(labs=[*labs, outside(10)], population=ALIKE, choice=RESPONDING, run={"months": 1})
    market = run_to(scenario, 0)
    raised = (1.0, 1.1, 0.85)
    for number, factor in enumerate(raised):
        people = market.world.researchers
        people["pay"][people["lab"] == number] *= factor
    market.advance(1)
    left = market.world.months[1]["departures"]
    for number, factor in enumerate(raised):
        hazard = RATE * ((2.0 + ANNUITY) / (2.0 + factor * ANNUITY)) ** (0.5 * WEIGHT)
        assert_share(left[number], 6000, 1.0 - math.exp(-hazard / 12.0))


def test_the_elasticity_of_exits_to_pay_is_response_times_log_odds_for_pay():
    """d ln h / d ln pay = -exit_response * money_weight * (1 - m) * share of running pay in lifetime wealth."""
    world = run_to(quiet(labs=[lab("Alpha", 20, separation=RATE), outside()], choice=RESPONDING), 0).world
    people = world.researchers
    worth = people["pay"] * ANNUITY
    expected = -0.5 * 16.0 * (1.0 - people["loyalty"]) * worth / (people["wealth"] + worth)
    before, step = np.log(factors(world, 1)), 1e-5
    people["pay"] *= math.exp(step)
    assert (np.log(factors(world, 1)) - before) / step == pytest.approx(expected, rel=1e-3)


def test_unvested_stock_holds_and_is_no_part_of_the_reference():
    equity = {"years_of_pay": 1.0, "years": 4, "vesting": "monthly", "cliff": 0}
    labs = [lab("Alpha", 50, separation=RATE, equity=equity, tenure_mean=2.0), outside()]
    scenario = quiet(labs=labs, population=ALIKE, choice=RESPONDING, risk=NO_RISK)
    world = run_to(scenario, 0).world
    age = -world.researchers["joined"]
    held = np.where(age < 48, 1.0 - age / 48.0, 0.0)
    weight = 16.0 * (1.0 - world.researchers["loyalty"])
    expected = ((2.0 + ANNUITY) / (2.0 + ANNUITY + held)) ** (0.5 * weight)
    assert factors(world, 0) == pytest.approx(expected, rel=1e-9)
    assert (held > 0.0).sum() > 30


def test_neither_a_raise_nor_an_event_moves_the_reference():
    """An event lifts the scale: nobody's pay changes, and no factor does."""
    labs = [lab("Alpha", 30, separation=1e-9, pay_level=1.2), outside()]
    events = [setting_event(2, labs__Alpha__pay_level=2.0)]
    scenario = quiet(labs=labs, population=ALIKE, choice=RESPONDING, events=events)
    world = run_to(scenario, 3).world
    assert world.labs["pay_level"][0] == 2.0
    assert world.labs["initial_pay_level"][0] == 1.2
    assert factors(world, 3) == pytest.approx(np.ones(30), rel=1e-9)


def test_a_culture_that_suffers_lets_people_go():
    choice = RESPONDING | {"mission_scale": 0.3}
    labs = [lab("Alpha", 30, separation=RATE, mission=0.8, culture=0.9), outside()]
    world = run_to(quiet(labs=labs, population=ALIKE, choice=choice), 0).world
    assert factors(world, 1) == pytest.approx(np.ones(30), rel=1e-9)
    world.labs["culture"][0] = 0.7
    lost = 16.0 * world.researchers["loyalty"] * 0.3 * 0.8 * 0.2
    assert factors(world, 1) == pytest.approx(np.exp(0.5 * lost), rel=1e-9)


def test_pay_below_colleagues_lets_people_go():
    choice = RESPONDING | {"envy": 0.2, "merit_visibility": 0.0}
    labs = [lab("Alpha", 30, separation=RATE), outside()]
    world = run_to(quiet(labs=labs, population=ALIKE | {"levels": 1}, choice=choice), 0).world
    assert factors(world, 1) == pytest.approx(np.ones(30), rel=1e-9)
    world.labs["level_pay"][0, 0] *= 1.2  # as if colleagues earned more
    mean = (1.2 * 30 - 1.0) / 29
    assert factors(world, 1) == pytest.approx(np.full(30, mean ** (0.5 * 16.0 * 0.2)), rel=1e-9)


def test_the_factor_is_never_above_eight():
    world = run_to(quiet(labs=[lab("Alpha", 30, separation=RATE), outside()], choice=RESPONDING), 0).world
    world.researchers["pay"] *= 0.01
    world.researchers["loyalty"] = 0.0
    world.researchers["wealth"] = 0.1
    assert factors(world, 1) == pytest.approx(np.full(30, 8.0))
    labs = [lab("Alpha", 6000, separation=RATE), outside(10)]
    market = run_to(quiet(labs=labs, population=ALIKE, choice=RESPONDING, run={"months": 1}), 0)
    market.world.researchers["pay"] *= 0.01
    market.advance(1)
    assert_share(market.world.months[1]["departures"][0], 6000, 1.0 - math.exp(-8.0 * RATE / 12.0))


def test_the_exit_of_a_tie_raises_the_hazard_by_its_kernel():
    """Month by month each factor is exp(exit_contagion * kernel summed over the ties who left), whatever contagion is."""
    labs = [lab("Alpha", 300, separation=0.4), outside(50)]
    choice = {"exit_contagion": 0.7, "contagion": 0.0, "money_weight": 0.0}
    world = run_to(quiet(labs=labs, choice=choice, population={"ties_mean": 4.0}), 6).world
    there = np.flatnonzero(world.researchers["lab"] == 0)
    pressure = np.array([exits_of_ties(world, who, 7) for who in there])
    assert (pressure > 0.0).sum() > 50
    assert factors(world, 7) == pytest.approx(np.minimum(8.0, np.exp(0.7 * pressure)), rel=1e-9)


def test_ties_of_those_who_left_leave_the_more_by_the_ratio_of_the_hazards():
    """Exits of months 2 to 12 by the pressure at the month's start: expected 1 - exp(-h/12) of each person, summed."""
    labs = [lab("Alpha", 4000, separation=0.3), outside(10)]
    choice = {"exit_contagion": 0.8, "money_weight": 0.0}
    market = run_to(quiet(labs=labs, choice=choice, population={"ties_mean": 4.0}), 1)
    left, expected, variance = 0, 0.0, 0.0
    for month in range(2, 13):
        there = np.flatnonzero(market.world.researchers["lab"] == 0)
        pressure = np.array([exits_of_ties(market.world, who, month) for who in there])
        stirred = there[pressure > 0.0]
        hazard = 0.3 * np.minimum(8.0, np.exp(0.8 * pressure[pressure > 0.0]))
        chance = 1.0 - np.exp(-hazard / 12.0)
        market.advance(1)
        left += (market.world.researchers["lab"][stirred] != 0).sum()
        expected += chance.sum()
        variance += (chance * (1.0 - chance)).sum()
    assert abs(left - expected) < 4.5 * math.sqrt(variance)
    assert expected > 300


def test_without_a_response_exits_and_their_draws_are_those_of_a_constant_rate():
    off = quiet(choice={"exit_response": 0.0}, labs=[lab("Alpha", 200, separation=RATE), outside()])
    plain = run_to(off, 0).world.setting[0]
    assert plain.most_exit_factor == 1.0
    assert plain.separation_bound == 2.0**-4  # the power of two above .6 / 12
    on = off.model_dump()
    on["choice"]["exit_response"] = 0.5
    assert run_to(Scenario.model_validate(on), 0).world.setting[0].separation_bound == 2.0**-1


def test_a_gain_is_finite_for_anyone_in_a_lively_market():
    world = run_to(lively(choice={"exit_response": 0.5, "exit_contagion": 0.1}), 12).world
    money = [log_money_gained(world, who, 13) for who in range(world.researchers.size)]
    gains = np.array([gain_since_first_month(world, who, gained) for who, gained in enumerate(money)])
    assert np.isfinite(gains).all()
    assert gains.std() > 0.05


@pytest.mark.parametrize("response", [0.05, 0.5, 5.0])
def test_nobody_who_would_leave_is_spared_by_the_bound(response):
    """The bound lies above every factor, after huge cuts and rises of pay too."""
    world = run_to(lively(choice={"exit_response": response, "exit_contagion": 0.4}), 12).world
    everybody = range(world.researchers.size)
    world.researchers["pay"] *= np.random.default_rng(1).lognormal(0.0, 1.5, world.researchers.size)
    factor = np.array([exit_factor(world, who, 13) for who in everybody])
    bound = np.array([exit_factor_bound(world, who, 13) for who in everybody])
    assert (factor <= bound).all()
    assert factor.max() > 1.1
    assert factor.min() < 0.9
