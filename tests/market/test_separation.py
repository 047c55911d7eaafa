import math

import numpy as np
import pytest
from markets import assert_share, lab, outside, quiet, run
from scipy import stats

import talentmarket as tm


def leaving(rates, months=12, people=3000):
    labs = [lab(f"Lab {number}", people, separation=rate) for number, rate in enumerate(rates)]
    return quiet(labs=[*labs, outside(500)], run={"months": months, "seed": 1})


def exits(scenario, replicate=0):
    """Head-counts of the month before, and exits, by month and lab."""
    months = run(scenario, replicate)["months"].pivot(index="month", columns="lab")
    names = [each.name for each in scenario.labs if each.kind == "lab"]
    return months["headcount"][names].to_numpy()[:-1], months["departures"][names].to_numpy()[1:]


@pytest.mark.parametrize("rate", [0.05, 0.15, 1.0, 7.0])
def test_exits_are_binomial_with_the_monthly_probability_of_the_rate(rate):
    """Each month within 4.5 standard errors, and all of them by chi-square at 1 in 100,000."""
    at_risk, left = exits(leaving([rate], months=6))
    p = 1.0 - math.exp(-rate / 12.0)
    for people, gone in zip(at_risk[:, 0], left[:, 0], strict=True):
        assert_share(gone, people, p)
    z = (left - at_risk * p) / np.sqrt(at_risk * p * (1.0 - p))
    assert 1e-5 < stats.chi2.sf((z**2).sum(), z.size) < 1.0 - 1e-5


def test_each_lab_loses_people_at_its_own_rate():
    rates = [0.05, 0.4, 3.0, 0.0]
    at_risk, left = exits(leaving(rates))
    for number, rate in enumerate(rates):
        p = 1.0 - math.exp(-rate / 12.0)
        assert_share(left[:, number].sum(), at_risk[:, number].sum(), p)
    assert left[:, 3].sum() == 0


def test_exits_of_different_replicates_are_independent():
    """Mean and variance of 200 first months of 500 people: 4.5 standard errors each."""
    scenario = leaving([0.6], months=1, people=500)
    left = np.array([len(tm.simulate(scenario, replicate)["moves"]["month"]) for replicate in range(200)])
    p = 1.0 - math.exp(-0.05)
    assert_share(left.sum(), 200 * 500, p)
    variance = 500 * p * (1.0 - p)
    assert left.var(ddof=1) == pytest.approx(variance, rel=4.5 * math.sqrt(2.0 / 199))


def test_everybody_is_equally_likely_to_be_struck():
    """Exits by place within the block of 1024 in which events fall: chi-square at 1 in 100,000."""
    moves = run(quiet(labs=[lab("Alpha", 6144, separation=2.0), outside()], run={"months": 6}))["moves"]
    counts = np.bincount(moves.researcher % 1024 // 64, minlength=16)
    assert stats.chisquare(counts).pvalue > 1e-5
    assert stats.chisquare(np.bincount(moves.researcher // 1024, minlength=6)).pvalue > 1e-5


def test_who_separates_goes_outside_on_the_ordinary_terms_there():
    tables = run(quiet(labs=[lab("Alpha", 500, separation=1.0), outside(pay_level=0.4)]))
    moves = tables["moves"]
    assert set(moves.kind) == {"separation"}
    assert set(moves.to) == {"outside"}
    assert moves.pay_after.to_numpy() == pytest.approx(0.4 * moves.talent.to_numpy() ** 0.5, rel=1e-6)
    assert moves.first_year.to_numpy() == pytest.approx(moves.pay_after.to_numpy())
    assert (moves.forfeited == 0.0).all()
    assert moves.researcher.is_unique


def test_nobody_separates_from_the_outside_world_or_where_the_rate_is_0():
    tables = run(quiet(labs=[lab("Alpha", 500), outside(500, separation=5.0)]))
    assert len(tables["moves"]) == 0


def test_a_lab_s_rate_leaves_the_exits_of_the_others_alone():
    def gone(beta):
        labs = [lab("Alpha", 800, separation=0.5), lab("Beta", 800, separation=beta), outside()]
        moves = run(quiet(labs=labs))["moves"]
        left = moves[moves["from"] == "Alpha"]
        return list(zip(left.month, left.researcher, strict=True))

    assert gone(0.3) == gone(0.4) == gone(0.0)
