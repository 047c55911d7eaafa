"""Targets from samples: means, differences and ratios of flows, each with what a replicate adds to its error."""

from __future__ import annotations

import pickle
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest
from small_calibrations import calibration

from talentmarket.calibration.moments import FLOWS, Question, outcomes, sample_at
from talentmarket.runs.options import Options
from talentmarket.validation.published import ratio_of_sums

STAY, OTHER = "a: stay of X", "b: stay of X"
THERE, BACK = "a: flows of X > Y", "a: flows of Y > X"
DRAWS = np.random.default_rng(11)
SAMPLE = {
    STAY: DRAWS.normal(0.6, 0.1, 40),
    OTHER: DRAWS.normal(0.5, 0.1, 40),
    THERE: DRAWS.poisson(30.0, 40).astype(float),
    BACK: DRAWS.poisson(5.0, 40).astype(float),
}


class Elsewhere:
    """A crew that runs at once what it is sent, as copies that have travelled, as a cluster's workers do."""

    width = 2

    def submit(self, function: Any, *arguments: object) -> Future[Any]:
        future: Future[Any] = Future()
        sent, given = pickle.loads(pickle.dumps((function, arguments)))
        future.set_result(pickle.loads(pickle.dumps(sent(*given))))
        return future

    def close(self) -> None:
        """Nothing runs on."""


def test_a_mean_has_the_standard_error_of_a_mean():
    found = outcomes([Question("a", "stay", "X")], SAMPLE)
    assert found.values[0] == pytest.approx(SAMPLE[STAY].mean())
    assert found.covariance[0, 0] == pytest.approx(SAMPLE[STAY].var(ddof=1) / 40)


def test_a_difference_is_paired():
    found = outcomes([Question("a", "stay", "X", "b")], SAMPLE)
    difference = SAMPLE[STAY] - SAMPLE[OTHER]
    assert found.values[0] == pytest.approx(difference.mean())
    assert found.covariance[0, 0] == pytest.approx(difference.var(ddof=1) / 40)


def test_a_ratio_of_flows_has_cochran_s_error():
    found = outcomes([Question("a", FLOWS, ("X", "Y"))], SAMPLE)
    ratio, interval = ratio_of_sums(SAMPLE[THERE], SAMPLE[BACK])
    assert found.values[0] == pytest.approx(ratio)
    half = 2.0227 * np.sqrt(found.covariance[0, 0])  # Student's quantile for 39 degrees of freedom
    assert half == pytest.approx((interval.high - interval.low) / 2.0, rel=1e-4)


def test_covariances_of_two_targets_are_those_of_their_replicates():
    found = outcomes([Question("a", "stay", "X"), Question("a", "stay", "X", "b")], SAMPLE)
    expected = np.cov(SAMPLE[STAY], SAMPLE[STAY] - SAMPLE[OTHER])[0, 1] / 40
    assert found.covariance[0, 1] == pytest.approx(expected)


def test_replicates_in_which_a_measure_is_undefined_do_not_count():
    values = SAMPLE[STAY].copy()
    values[::4] = np.nan
    found = outcomes([Question("a", "stay", "X")], {STAY: values})
    defined = values[np.isfinite(values)]
    assert found.values[0] == pytest.approx(defined.mean())
    assert found.covariance[0, 0] == pytest.approx(defined.var(ddof=0) / 30, rel=0.05)
    assert np.isnan(outcomes([Question("a", "stay", "X")], {STAY: np.full(4, np.nan)}).values[0])


def test_without_moves_back_a_ratio_is_undefined():
    found = outcomes([Question("a", FLOWS, ("X", "Y"))], SAMPLE | {BACK: np.zeros(40)})
    assert np.isnan(found.values[0])


def test_a_market_gives_every_measure_and_the_flows_that_are_asked():
    target = {"name": "f", "scenario": "baseline", "measure": FLOWS, "of": ["OpenAI", "Anthropic"]}
    asked = calibration([target | {"value": 8.0, "tolerance": 2.0, "source": "x"}])
    point = {"labs.Meta.separation": 0.2, "labs.OpenAI.separation": 0.2}
    sample = sample_at(asked, point, 3, 3, Options(workers=1))
    assert {len(values) for values in sample.values()} == {3}
    assert {"baseline: flows of OpenAI > Anthropic", "baseline: flows of Anthropic > OpenAI"} <= set(sample)
    assert "baseline: two_year_retention of Meta" in sample
    assert len(sample) > 50
    for options in (Options(workers=2), Options(crew=Elsewhere())):
        again = sample_at(asked, point, 3, 3, options)
        assert all(np.array_equal(sample[name], again[name], equal_nan=True) for name in sample)
