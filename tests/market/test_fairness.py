"""What people get for their talent against what colleagues get: by hand, in its limits, and counted anew."""

import math

import numpy as np
import pytest
from markets import ALIKE, answering, campaign, lab, outside, quiet, run, run_to, tier
from scipy import stats

from talentmarket.market.choice import terms
from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.mechanisms.search import search
from talentmarket.market.money.packages import Package
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.scenario.schema import Scenario

REWARD = {"fairness_reference": "reward", "envy": 1.0, "merit_visibility": 0.0}


def comparing(scenario, **choice):
    document = scenario.model_dump()
    document["choice"] |= {**REWARD, **choice}
    return Scenario.model_validate(document)


def shortfalls(world, people):
    return np.array([terms.shortfall_at_home(world, int(who)) for who in people])


@pytest.mark.parametrize("scope", ["level", "lab"])
def test_in_the_first_month_it_is_the_noise_of_pay_alone(scope):
    """E max(0, s^2/2 - s z) = s [a F(a) + f(a)] with a = s/2: .0656 at s = .15, whatever people's talent is."""
    sigma = 0.15
    labs = [lab("Alpha", 1200), lab("Beta", 0), outside()]
    people = {"pay_sigma": sigma, "pay_talent": 0.83, "talent_sigma": 0.6}
    world = run_to(quiet(labs=labs, choice={**REWARD, "fairness_scope": scope}, population=people), 0).world
    below = shortfalls(world, range(1200))
    a = sigma / 2.0
    expected = sigma * (a * stats.norm.cdf(a) + stats.norm.pdf(a))
    assert expected == pytest.approx(0.0656, abs=1e-4)
    assert abs(below.mean() - expected) < 4.5 * below.std() / math.sqrt(1200)
    world.setting[0].reward_compared = False
    assert shortfalls(world, range(1200)).mean() > 1.5 * expected  # by running pay talent itself looks unfair


@pytest.mark.parametrize("scope", ["level", "lab"])
def test_it_is_the_mean_of_the_others_counted_anew(scope):
    """After ten months of raids, raises, awards and moves."""
    document = answering().model_dump()
    document["population"]["scale"] = 0.1
    for each in document["labs"]:
        each["equity"] |= {"years_of_pay": 0.5}
        each["response"]["fair_trigger"] *= min(each["response"]["fair_trigger"], 1)
    world = run_to(comparing(Scenario.model_validate(document), fairness_scope=scope), 10).world
    people, jobs = world.researchers, world.jobs
    reward = jobs["total_compensation"] / people["talent"] ** 0.5
    raided = np.flatnonzero(people["lab"] != 3)
    for who in raided:
        others = people["lab"] == people["lab"][who]
        if scope == "level":
            others &= people["level"] == people["level"][who]
        others[who] = False
        reference = reward[others].mean() if others.any() else 0.0
        expected = max(0.0, math.log(reference / reward[who])) if reference else 0.0
        assert terms.shortfall_at_home(world, int(who)) == pytest.approx(expected, abs=1e-9)
    assert (jobs["total_compensation"] > 1.01 * people["pay"])[raided].mean() > 0.3


def test_those_who_were_there_mind_the_packages_of_those_who_come():
    """Twenty come to forty for 100 M$ a year at the same running pay: the reference of the forty rises, pay's does not."""
    raid = campaign(months=1, approaches_per_month=20, tiers=[tier(total=400.0, running_pay=1.0)])
    labs = [lab("Alpha", 60), lab("Beta", 40), outside()]
    sure = {**REWARD, "noise": 0.0, "mission_scale": 0.0, "envy": 1e-6}
    world = run_to(quiet(labs=labs, campaigns=[raid], population=ALIKE, choice=sure), 1).world
    before = range(60, 100)
    came = np.flatnonzero(world.researchers["lab"] == 1)
    assert len(came) == 60
    expected = math.log((39.0 + 20.0 * 100.0) / 59.0)
    assert shortfalls(world, before) == pytest.approx(expected, rel=1e-9)
    world.setting[0].reward_compared = False
    assert shortfalls(world, before) == pytest.approx(0.0, abs=1e-12)


def test_an_offer_is_compared_by_what_it_gives_a_year():
    """2 M$ a year at Beta; offered are 1.5 of running pay and 1 M$ of stock over four years, or nothing besides."""
    raid = campaign(start=9, tiers=[tier(total=7.0)])
    labs = [lab("Alpha", 20), lab("Beta", 30, pay_level=2.0), outside()]
    world = run_to(quiet(labs=labs, campaigns=[raid], population=ALIKE, choice=REWARD), 0).world
    for stock, reward in ((1.0, 1.75), (0.0, 1.5), (3.0, 2.25)):
        make_offer(world, 3, 1, Package(1.5, 0.0, stock, 1), 1)
        below = terms.shortfall_of_offer(world, world.offers[world.counts[OFFERS_MADE] - 1], 1)
        assert below == pytest.approx(max(0.0, math.log(2.0 / reward)), rel=1e-9)
        weight = world.setting[0].money_weight
        fairness = terms.fairness_of_offer(world, world.offers[world.counts[OFFERS_MADE] - 1], 1)
        assert fairness == pytest.approx(-weight * below, rel=1e-12)


def test_whoever_gets_less_for_the_same_talent_looks_around():
    """Calls out of envy fall on those below by reward, and on nobody where pay follows talent without noise."""

    def heard(**population):
        labs = [lab("Alpha", 500), lab("Beta", 0, contact=6.0), outside()]
        contacts = {"envious_search": 20.0}
        people = {"pay_talent": 0.83, "talent_sigma": 0.6, **population}
        world = run_to(quiet(labs=labs, contacts=contacts, choice=REWARD, population=people), 0).world
        search(world, 1)
        return world, world.offers["researcher"][: world.counts[OFFERS_MADE]]

    assert len(heard(pay_sigma=0.0)[1]) == 0
    world, called = heard(pay_sigma=0.3)
    assert len(called) > 100
    assert (shortfalls(world, called) > 0.0).all()


def test_without_the_reward_the_scope_changes_no_bit():
    labs = [lab("Alpha", 80, contact=3.0), lab("Beta", 60, contact=3.0), outside()]
    envious = {"envy": 1.0, "merit_visibility": 0.0}
    plain, across = (
        run(quiet(labs=labs, choice={**envious, "fairness_scope": scope}, population={"pay_sigma": 0.4}))
        for scope in ("level", "lab")
    )
    for name, table in plain.items():
        assert table.equals(across[name]), name
    rewarded = run(quiet(labs=labs, choice=REWARD, population={"pay_sigma": 0.4}))
    assert not rewarded["moves"].equals(plain["moves"])
