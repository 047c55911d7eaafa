"""Those paid less than their colleagues hear from more labs, at the rate of the equation, and nobody else does."""

import math

import numpy as np
import pytest
from markets import everything, lab, lively, outside, quiet, run, run_to

from talentmarket.market.mechanisms.search import search
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.scenario.schema import Scenario

RATE, SEARCH = 1.2, 3.0
LABS = [lab("Alpha", 8000), lab("Beta", 0, contact=RATE), outside()]


def calls(month=1, **contacts):
    scenario = quiet(labs=LABS, population={"pay_sigma": 0.6}, contacts={"envious_search": SEARCH, **contacts})
    world = run_to(scenario, 0).world
    search(world, month)
    return world.offers[: world.counts[OFFERS_MADE]].copy(), world.researchers


def shortfalls(people):
    """Log points below the mean of the others of one's level, at most 1; 0 above it."""
    pay, level = people["pay"], people["level"]
    count, total = np.bincount(level), np.bincount(level, pay)
    reference = (total[level] - pay) / (count[level] - 1)
    return np.clip(np.log(reference / pay), 0.0, 1.0)


def test_calls_follow_the_shortfall():
    """Calls in groups of shortfall within 4.5 standard errors of 1 - exp(-search * contact/12 * shortfall)."""
    called = np.zeros(8000)
    for month in range(1, 7):
        offers, people = calls(month)
        called += np.bincount(offers["researcher"], minlength=8000)
    below = shortfalls(people)
    p = 1.0 - np.exp(-SEARCH * RATE / 12.0 * below)
    assert called[below == 0.0].sum() == 0
    worst_paid = np.argsort(below)[(below == 0.0).sum() :]
    for group in np.array_split(worst_paid, 5):
        expected, variance = 6 * p[group].sum(), 6 * (p[group] * (1.0 - p[group])).sum()
        assert abs(called[group].sum() - expected) < 4.5 * math.sqrt(variance)


def test_where_all_are_paid_alike_or_nobody_searches_there_are_no_such_calls():
    assert len(calls(envious_search=0.0)[0]) == 0
    alike = quiet(labs=LABS, population={"pay_sigma": 0.0, "pay_talent": 0.0}, contacts={"envious_search": SEARCH})
    world = run_to(alike, 0).world
    search(world, 1)
    assert world.counts[OFFERS_MADE] == 0


def test_what_is_offered_is_an_ordinary_job():
    offers, people = calls()
    premium = offers["pay"] / people["pay"][offers["researcher"]]
    assert np.log(premium).mean() == pytest.approx(math.log(1.3) - 0.02, abs=4.5 * 0.2 / math.sqrt(len(offers)))
    assert set(offers["lab"]) == {1}


def test_whoever_searches_does_not_change_who_gets_ordinary_calls():
    """A process of its own: without anyone below the reference the market is the same to the last bit."""
    document = lively(population={"pay_sigma": 0.0, "pay_talent": 0.0}, choice={"noise": 0.0}).model_dump()
    document["run"]["months"] = 1
    document["campaigns"] = []
    one = Scenario.model_validate(document)
    document["contacts"]["envious_search"] = 9.0
    other = Scenario.model_validate(document)
    for name, table in run(one).items():
        assert table.equals(run(other)[name]), name


def test_in_a_market_full_of_everything_people_and_fees_add_up():
    tables = run(everything())
    months = tables["months"]
    assert months.groupby("month").headcount.sum().eq(1600).all()
    assert months.fees_paid.sum() == pytest.approx(months.fees_received.sum(), rel=1e-12)
    assert months.fees_paid.sum() > 10.0
    assert tables["flows"].joint.sum() > 0
    assert (tables["flows"].joint <= tables["flows"].moves).all()
