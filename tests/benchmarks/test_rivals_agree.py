"""The programs that the benchmark compares simulate the same market."""

import numpy as np
import pytest

from benchmarks.agreement import agree, distance
from benchmarks.contenders import contenders
from benchmarks.poaching import Poaching, Record, poaching_of, scenario_of
from benchmarks.timing import months_of

PEOPLE = 20_000
FOUND, MISSING = contenders()
QUICK = [each for each in FOUND if each.researcher_months >= 1e9]
SLOW = [each for each in FOUND if each.researcher_months < 1e9]


@pytest.fixture(scope="module")
def market() -> Poaching:
    return poaching_of(scenario_of(PEOPLE, seed=11))


@pytest.fixture(scope="module")
def ours(market) -> Record:
    return FOUND[0].prepare(market)()


def cut(record: Record, months: int) -> Record:
    return Record(*(column[:months] for column in record))


def test_talentmarket_is_always_there():
    assert FOUND[0].name == "talentmarket"
    assert "numpy_sparse" not in MISSING


@pytest.mark.parametrize("rival", QUICK[1:], ids=lambda each: each.name)
def test_a_rival_moves_as_many_as_talentmarket_between_the_same_labs(rival, ours):
    theirs = rival.prepare(poaching_of(scenario_of(PEOPLE, seed=12)))()
    assert agree(ours, theirs), distance(ours, theirs)
    np.testing.assert_allclose(theirs.headcount[-1], ours.headcount[-1], rtol=0.05)
    np.testing.assert_allclose(theirs.mean_pay[-1], ours.mean_pay[-1], rtol=0.03)


@pytest.mark.parametrize("rival", SLOW, ids=lambda each: each.name)
def test_a_slow_rival_does_so_over_the_months_it_runs(rival, ours):
    months = min(months_of(rival, PEOPLE), 6)
    theirs = rival.prepare(poaching_of(scenario_of(PEOPLE, months, seed=13)))()
    assert agree(cut(ours, months), theirs), distance(cut(ours, months), theirs)


def test_a_market_with_another_rule_does_not_agree(ours):
    from benchmarks.rivals import numpy_sparse

    def record(**changes) -> Record:
        market = poaching_of(scenario_of(PEOPLE, seed=14))
        return numpy_sparse.prepare(Poaching(**{**vars(market), **changes}))()

    assert not agree(ours, record(money=1.0))
    assert not agree(ours, record(fit=poaching_of(scenario_of(PEOPLE)).fit.T))
    assert not agree(ours, record(size=8.0))


def test_about_a_tenth_of_the_people_hears_of_a_job_each_month(market):
    elsewhere = 1.0 - market.headcounts / market.people
    assert float(market.probability @ elsewhere) == pytest.approx(0.10, abs=0.005)


def test_headcounts_follow_from_the_flows(ours, market):
    change = ours.flows.sum(axis=1) - ours.flows.sum(axis=2)
    np.testing.assert_array_equal(market.headcounts + change.cumsum(axis=0), ours.headcount)
