"""The closed forms themselves: against the article's numbers, limits and independent computations."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from talentmarket.scenario.reading.chain import theory_names
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.writing.dumping import dumps
from talentmarket.validation.burdett_mortensen import continuous, equilibrium
from talentmarket.validation.logit import acceptance
from talentmarket.validation.markets import theory
from talentmarket.validation.sorkin import true_values
from talentmarket.validation.superstars import contagion, equilibrium_pay, solved_contagion


def test_burdett_and_mortensen_at_ten_offers_a_separation() -> None:
    found = continuous(theory("burdett_mortensen"))
    assert found.unemployment == pytest.approx(0.09091, abs=5e-6)
    assert found.mean == pytest.approx(0.90909, abs=2e-5)
    assert found.spread == pytest.approx(0.15825, abs=2e-5)
    assert found.moves == pytest.approx(0.08188, abs=5e-6)


def test_the_equilibrium_in_months_becomes_that_in_continuous_time() -> None:
    scenario = theory("burdett_mortensen")
    always, monthly = continuous(scenario), equilibrium(scenario)

    def distances(share: float) -> list[float]:
        """How far the equilibrium is off in steps of a share of a month, in proportion."""
        separation, offer = (-math.expm1(math.log1p(-rate) * share) for rate in (monthly.separation, monthly.offer))
        found = replace(monthly, separation=separation, offer=offer)
        mean = found.mean_of(1)
        spread = math.sqrt(found.mean_of(2) - mean**2)
        values = (found.unemployment, mean, spread, found.moves / share)
        wanted = (always.unemployment, always.mean, always.spread, always.moves)
        return [abs(value / target - 1.0) for value, target in zip(values, wanted, strict=True)]

    assert max(distances(1.0)) < 0.02
    assert max(distances(0.1)) < 0.002
    assert max(distances(0.001)) < 2e-5


def test_earned_pay_is_a_distribution_above_that_of_posted_pay() -> None:
    """Those who search on the job leave low pay behind: G(w) < F(w)."""
    monthly = equilibrium(theory("burdett_mortensen"))
    ranks = np.linspace(0.0, 1.0, 101)
    earned = monthly.earned(ranks)
    assert earned[[0, -1]] == pytest.approx([0.0, 1.0], abs=1e-12)
    assert (np.diff(earned) > 0.0).all()
    assert (earned[1:-1] < ranks[1:-1]).all()
    pay = np.array([monthly.pay_at(rank) for rank in ranks])
    assert monthly.posted(pay) == pytest.approx(ranks, abs=1e-9)


def test_mean_pay_by_parts_is_the_mean_of_draws() -> None:
    monthly = equilibrium(theory("burdett_mortensen"))
    ranks = np.linspace(0.0, 1.0, 200_001)
    pay = np.array([monthly.pay_at(rank) for rank in ranks])
    weights = np.diff(monthly.earned(ranks))
    middle = (pay[1:] + pay[:-1]) / 2.0
    assert monthly.mean_of(1) == pytest.approx((weights * middle).sum(), rel=1e-6)
    assert monthly.mean_of(2) == pytest.approx((weights * middle**2).sum(), rel=1e-6)


def test_acceptance_of_a_pure_mercenary_and_of_a_pure_missionary() -> None:
    """Twice the pay at a cost of .2: odds exp(4 (ln 2 - .2)). A mission stronger by .6: exp(4 (-.6 - .2))."""
    found = acceptance(np.array([0.0, 1.0]), theory("logit"))
    odds = np.array([math.exp(4.0 * (math.log(2.0) - 0.2)), math.exp(-3.2)])
    assert found == pytest.approx(odds / (1.0 + odds))


def test_the_values_to_be_revealed_are_those_of_the_file() -> None:
    assert list(true_values(theory("sorkin")).values()) == pytest.approx([0.9, 0.3, -0.9, -0.3])


def test_superstar_contagion_has_the_published_size() -> None:
    """A tenth that pays double nearly doubles all pay; a tenth that pays half takes 9 % off it."""
    assert contagion(0.1, 2.0) == pytest.approx(1.70)
    assert contagion(0.1, 0.5) == pytest.approx(0.9125)
    assert contagion(0.0, 5.0) == contagion(1.0, 1.0) == 1.0


@pytest.mark.parametrize(("share", "factor"), [(0.05, 2.0), (0.2, 1.5), (0.5, 0.8), (1.0, 1.2)])
def test_the_solved_assignment_follows_the_form(share: float, factor: float) -> None:
    assert solved_contagion(share, factor) == pytest.approx(contagion(share, factor), rel=2e-3)


def test_in_the_solved_assignment_no_firm_gains_by_hiring_another_person() -> None:
    """Stable pay by definition, for uneven sizes; and the best match is the one that scipy finds."""
    sizes = np.sort(np.random.default_rng(4).pareto(1.0, 60) + 1.0)[::-1]
    talent = -1.5 * np.arange(1.0, 61.0) ** (2.0 / 3.0)
    profit = sizes[:, None] * talent[None, :] - equilibrium_pay(sizes)[None, :]
    assert (profit.max(axis=1) - np.diag(profit) < 1e-9).all()
    firms, people = linear_sum_assignment(-sizes[:, None] * talent[None, :])
    assert (firms == people).all()


def test_pay_in_the_assignment_rises_with_size_to_a_third() -> None:
    sizes = 1.0 / np.arange(1.0, 2_000_001.0)
    pay = equilibrium_pay(sizes)
    slopes = [math.log(pay[a] / pay[b]) / math.log(sizes[a] / sizes[b]) for a, b in pairwise((99, 199, 399))]
    assert slopes == pytest.approx([1.0 / 3.0, 1.0 / 3.0], abs=0.02)


def test_the_scenarios_of_theory_load_and_stand_alone(tmp_path) -> None:
    names = theory_names()
    assert names == [f"theory/{name}" for name in ("burdett_mortensen", "logit", "sorkin", "turnover")]
    for name in names:
        file = tmp_path / "copy.toml"
        file.write_text(dumps(load(name)), encoding="utf-8")
        assert load(file) == load(name)
