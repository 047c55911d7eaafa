"""Whoever is asked has heard of the package: how many talk, over its size and their weight on money."""

import itertools

import numpy as np
import pytest
from markets import ALIKE, assert_same_tables, assert_share, campaign, lab, outside, quiet, run, run_to, tier

PEOPLE = 2000
ANNUITY = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
NOBODY_COMES = {"switching_cost": 100.0, "noise": 0.0}
CASH = {"running_pay": 2.0, "stock_share": 0.0}


def asked(total, engage=0.3, **changes):
    """Everybody at Alpha is asked in the first month, with a package of so much, all of it cash."""
    steps = {"engage": engage, "engage_response": 0.25, "engage_reference": 100.0} | changes
    raid = campaign(approaches_per_month=PEOPLE, months=1, tiers=[tier(total=total, **CASH)], **steps)
    return quiet(
        labs=[lab("Alpha", PEOPLE), lab("Beta", 0), outside()],
        campaigns=[raid],
        choice=NOBODY_COMES,
        run={"months": 1},
        population={"loyalty_mean": 0.5, "loyalty_concentration": 2.0},
    )


def worth(total):
    """Certainty equivalent of the package: pay over the horizon, and the rest at once."""
    return 2.0 * ANNUITY + (total - 8.0)


def expected(people, total, engage=0.3, response=0.25):
    """Probability of talking, by the closed form; the package at the reference is the same one, scaled."""
    ahead = np.log((people["wealth"] + worth(total)) / (people["wealth"] + worth(total) * 100.0 / total))
    return 1.0 / (1.0 + (1.0 - engage) / engage * np.exp(-response * 4.0 * (1.0 - people["loyalty"]) * ahead))


@pytest.mark.parametrize("total", [10.0, 100.0, 1000.0])
def test_the_share_who_talk_follows_the_logit_in_every_group(total):
    scenario = asked(total)
    people = run_to(scenario, 0).world.researchers.view(np.ndarray)
    probability = expected(people, total)
    talked = np.zeros(PEOPLE, dtype=bool)
    talked[run(scenario)["offers"].researcher] = True
    for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)):
        group = (people["loyalty"] >= low) & (people["loyalty"] < high)
        variance = (probability[group] * (1.0 - probability[group])).sum()
        assert group.sum() > 300
        assert abs(talked[group].sum() - probability[group].sum()) < 4.5 * np.sqrt(variance)
    if total == 100.0:
        assert probability == pytest.approx(np.full(PEOPLE, 0.3), rel=1e-12)
        assert_share(talked.sum(), PEOPLE, 0.3)


def test_a_larger_rumour_never_silences_anyone():
    """With the same draws all who talk at one price talk at any higher one, and more do."""
    talked = [set(run(asked(total))["offers"].researcher) for total in (10.0, 50.0, 100.0, 200.0, 1000.0)]
    for fewer, more in itertools.pairwise(talked):
        assert fewer < more


def test_nobody_talks_at_0_and_everybody_at_1():
    assert len(run(asked(1000.0, engage=0.0))["offers"]) == 0
    assert len(run(asked(10.0, engage=1.0))["offers"]) == PEOPLE


def test_without_response_the_reference_and_the_package_do_not_matter():
    plain = run(asked(300.0, engage_response=0.0))
    other = run(asked(300.0, engage_response=0.0, engage_reference=5.0))
    assert_same_tables(other, plain)
    assert list(run(asked(30.0, engage_response=0.0))["offers"].researcher) == list(plain["offers"].researcher)


def test_who_weighs_no_money_talks_as_ever():
    scenario = asked(1000.0)
    scenario = scenario.model_copy(update={"choice": scenario.choice.model_copy(update={"money_weight": 0.0})})
    assert_share(len(run(scenario)["offers"]), PEOPLE, 0.3)


def test_a_sweeter_second_asking_is_a_larger_rumour():
    """At twice the package the odds are those of 200 M$ in place of 100."""
    raid = campaign(
        approaches_per_month=PEOPLE, months=3, retry_after=1, sweetener=2.0, engage=0.3, engage_response=1.0,
        engage_reference=100.0, tiers=[tier(total=100.0, **CASH)],
    )  # fmt: skip
    labs = [lab("Alpha", PEOPLE), lab("Beta", 0), outside()]
    scenario = quiet(labs=labs, campaigns=[raid], choice=NOBODY_COMES, run={"months": 2}, population=ALIKE)
    offers = run(scenario)["offers"]
    first, second = (offers[offers.attempt == attempt] for attempt in (1, 2))
    people = run_to(scenario, 0).world.researchers.view(np.ndarray)[first.researcher]
    ahead = np.log((2.0 + 2.0 * worth(100.0)) / (2.0 + worth(100.0)))
    odds = 0.3 / 0.7 * np.exp(4.0 * (1.0 - people["loyalty"]) * ahead)
    assert_share(len(second), len(first), float((odds / (1.0 + odds)).mean()))
