"""The shipped scenarios against the published figures that they were fitted to, and those that they were not."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from talentmarket.runs.running import Options, run
from talentmarket.runs.runs import Runs
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.reading.loading import load

REPLICATES = 24
LABS = {"Anthropic": "anthropic", "Google DeepMind": "deepmind", "OpenAI": "openai", "Meta": "meta"}
Value = Callable[..., float]


def means(runs: Runs) -> Value:
    summary: pd.DataFrame = runs.summary.set_index(["measure", "lab"])
    return lambda measure, lab="": float(summary.loc[(measure, lab), "mean"])


@pytest.fixture(scope="module")
def baseline() -> Runs:
    return run(load("baseline"), Options(replicates=REPLICATES))


@pytest.fixture(scope="module")
def raid() -> Runs:
    return run(load("meta_raid"), Options(replicates=REPLICATES))


@pytest.mark.parametrize(("lab", "identifier"), LABS.items())
def test_two_year_retention_is_within_three_points_of_the_published(baseline: Runs, lab: str, identifier: str) -> None:
    published = fact(f"retention_two_years_{identifier}").number
    assert means(baseline)("two_year_retention", lab) == pytest.approx(published, abs=0.03)


def test_about_ninety_per_cent_of_exits_go_outside(baseline: Runs) -> None:
    assert means(baseline)("exits_to_outside") == pytest.approx(fact("outside_share_of_exits").number, abs=0.02)


def test_money_and_mission_weigh_what_the_literature_says(baseline: Runs) -> None:
    assert 3.0 < means(baseline)("log_odds_per_log_pay") < 5.0
    assert 0.15 < means(baseline)("mission_pay_share") < 0.35


def test_the_labs_keep_their_size_where_they_can(baseline: Runs) -> None:
    """A market that empties or floods a lab would make every comparison about that instead."""
    for lab in ("OpenAI", "Meta", "Google DeepMind"):
        start = load("baseline").labs[[one.name for one in load("baseline").labs].index(lab)].headcount
        assert abs(means(baseline)("headcount_change", lab)) < 0.02 * start


def test_of_those_approached_at_openai_about_a_tenth_come(raid: Runs) -> None:
    low, high = fact("raid_yield_interval").value
    assert low < means(raid)("share_came") < high
    assert means(raid)("approached") > fact("raid_approached").number
    started = raid.measures.query("measure == 'started' and lab == 'OpenAI'")["value"]
    assert started.mean() >= fact("raid_hired_august").number
    assert (started >= 10).mean() > 0.8


def test_at_least_ten_top_offers_go_to_openai(raid: Runs) -> None:
    offers = raid.measures.query("measure == 'top_tier_offers' and lab == 'OpenAI'")["value"]
    assert offers.mean() >= fact("offer_count").number
    assert (offers >= 10).mean() > 0.8


def test_the_article_package_pays_over_a_hundred_millions_in_its_first_year(raid: Runs) -> None:
    top = raid.offers.query("tier == 'top'")
    assert (top["total"] == fact("max_package").number).all()
    assert (top["first_year"] > fact("first_year_pay").number).all()


def test_acceptances_agree_with_the_logit(raid: Runs) -> None:
    """Sum of P against the number accepted; 4.5 standard errors of independent choices, false alarm 7e-6."""
    probability = raid.offers["acceptance_probability"].to_numpy()
    accepted = raid.offers["outcome"].isin(["withdrew", "started", "returned"]).sum()
    spread = sqrt(float(np.sum(probability * (1.0 - probability))))
    assert abs(accepted - probability.sum()) < 4.5 * spread


def test_those_who_come_care_less_for_the_mission(raid: Runs) -> None:
    assert means(raid)("loyalty_came") < means(raid)("loyalty_refused")


def test_pay_levels_off_over_ten_years() -> None:
    """Counter-offers and good draws lift pay until as much is lost by those who leave: no lab's pay runs away."""
    long = ["run.months=120", "labs.Anthropic.growth=0.0", "population.scale=0.5", "run.moves=none"]
    months = run(load("baseline", long), Options(replicates=4)).months
    labs = months[months["lab"].isin([*LABS, "xAI"])].groupby(["lab", "month"], observed=True)
    sums = labs[["wage_bill", "headcount"]].sum()
    pay = np.log(sums["wage_bill"] / sums["headcount"]).unstack("month")
    first, second = pay[60] - pay[1], pay[120] - pay[60]
    assert (first < 0.15).all()
    assert (second < 0.075).all()
    assert second.sum() < 0.6 * first.sum()


def test_a_small_lab_stays_small() -> None:
    small = ["labs.xAI.headcount=30", "run.moves=none"]
    months = run(load("baseline", small), Options(replicates=8)).months
    size = months[(months["lab"] == "xAI") & (months["month"] >= 12)].groupby("month")["headcount"].mean()
    assert size.between(26, 34).all()
