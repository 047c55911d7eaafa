import math

import numpy as np
import pandas as pd
import pytest
from fake_market import build_scenario
from scipy import stats

from talentmarket.runs.measures.everything import questions
from talentmarket.runs.summary import summary_rows

SCENARIO = build_scenario()
ASKED = [(measure.name, lab) for measure, lab in questions(SCENARIO)]


def summary_of(values, measure="list_depth"):
    """Summary of a measure's values, every other measure being 0."""
    rows = [
        (replicate, name, lab, value if (name, lab) == (measure, "") else 0.0)
        for replicate, value in enumerate(values)
        for name, lab in ASKED
    ]
    summary = pd.DataFrame(summary_rows(SCENARIO, np.array([row[-1] for row in rows])))
    return summary.set_index(["measure", "lab"]).loc[(measure, "")]


def test_the_interval_is_that_of_student():
    values = np.random.default_rng(5).normal(3.0, 2.0, 17)
    row = summary_of(values)
    low, high = stats.t.interval(0.95, 16, loc=values.mean(), scale=stats.sem(values))
    assert (row["mean"], row["sd"]) == pytest.approx((values.mean(), values.std(ddof=1)))
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_the_interval_covers_the_mean_as_often_as_it_says():
    chance = np.random.default_rng(9)
    hits = 0
    for _ in range(200):
        row = summary_of(chance.normal(1.0, 1.0, 5))
        hits += row["low"] <= 1.0 <= row["high"]
    # Binomial(200, 0.95): outside 180 to 199 with a probability of 0.003.
    assert 180 <= hits <= 199


def test_undefined_values_are_left_out_and_counted():
    row = summary_of([1.0, math.nan, 3.0, math.nan])
    assert row["n"] == 2
    assert row["mean"] == 2.0
    assert row["sd"] == pytest.approx(math.sqrt(2.0))


def test_one_value_has_no_interval_and_none_no_mean():
    one = summary_of([4.0])
    assert (one["n"], one["mean"]) == (1, 4.0)
    assert math.isnan(one["sd"])
    assert math.isnan(one["low"])
    none = summary_of([math.nan, math.nan])
    assert none["n"] == 0
    assert math.isnan(none["mean"])


def test_every_measure_says_its_unit_and_what_it_is():
    for measure, _ in questions(SCENARIO):
        assert measure.unit
        assert measure.definition.endswith(".")
        assert "\n" not in measure.definition
    assert len(set(ASKED)) == len(ASKED)


def test_the_interval_of_a_share_stays_between_0_and_1():
    row = summary_of([1.0, 1.0, 1.0, 0.2], "share_came")
    assert row["unit"] == "share"
    assert (row["low"] > 0.0, row["high"]) == (True, 1.0)
    assert summary_of([0.0, 0.0, 0.0, 0.8], "share_came")["low"] == 0.0
    assert summary_of([0.0, 0.0, 0.0, 0.8], "loyalty_gap")["low"] < 0.0
