"""Shares and widened intervals cover as often as they promise, by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from talentmarket.runs.summary import half_width as plain_half_width
from talentmarket.studies.analyses.robustness import robustness, wilson
from talentmarket.studies.reading.study import Stopping
from talentmarket.studies.sampling.stopping import half_width, is_enough, rounds


def test_wilson_interval_of_a_published_case() -> None:
    """0 of 20 gives 0 to .161, 81 of 263 gives .255 to .366 (Newcombe 1998, table I)."""
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_wilson_interval_covers(share: float) -> None:
    counts = np.arange(101)
    inside = [low <= share <= high for low, high in (wilson(int(count), 100) for count in counts)]
    assert 0.93 < float(binom.pmf(counts, 100, share)[inside].sum()) < 0.98


def test_one_look_is_students_interval() -> None:
    values = np.random.default_rng(1).normal(size=8)
    assert half_width(values, 1) == pytest.approx(float(plain_half_width(values.std(ddof=1), np.array(8))))
    assert half_width(values, 4) > half_width(values, 1)


def coverage(stopping: Stopping, looks: int, mean: float, times: int = 4000) -> tuple[float, float]:
    """How often the interval at which a rule stops holds the mean, and how often it says the wrong thing of the sign."""
    rng = np.random.default_rng(20)
    covered = wrong = 0
    for _ in range(times):
        values = rng.normal(mean, 1.0, stopping.most)
        for numbers in rounds(stopping):
            seen = values[: numbers.stop]
            if is_enough(seen, stopping):
                break
        half = half_width(seen, looks)
        covered += abs(seen.mean() - mean) <= half
        wrong += abs(seen.mean()) > half and np.sign(seen.mean()) != np.sign(mean)
    return covered / times, wrong / times


@pytest.mark.parametrize("mean", [0.0, 0.2, 0.5])
def test_the_widened_interval_covers_whenever_it_stops(mean: float) -> None:
    stopping = Stopping(least=8, most=64, sign=True)
    covered, wrong = coverage(stopping, stopping.looks, mean)
    assert covered >= 0.95 - 3.0 * np.sqrt(0.95 * 0.05 / 4000)
    assert wrong <= 0.05


def test_without_widening_it_would_not_cover() -> None:
    """The same rule with intervals of a single look: the widening is needed."""
    rng = np.random.default_rng(21)
    stopped = 0
    for _ in range(2000):
        values = rng.normal(0.0, 1.0, 64)
        stopped += any(abs(values[:n].mean()) > half_width(values[:n], 1) for n in range(8, 65, 8))
    assert stopped / 2000 > 0.1


def test_aims() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(10.0, 1.0, 16)
    assert is_enough(values, Stopping(8, 64, half_width=2.0))
    assert not is_enough(values, Stopping(8, 64, half_width=0.1))
    assert is_enough(values, Stopping(8, 64, relative=0.2))
    assert is_enough(values, Stopping(8, 64, sign=True))
    assert not is_enough(values - values.mean(), Stopping(8, 64, sign=True))
    assert not is_enough(np.full(8, np.nan), Stopping(8, 64, half_width=1.0))
    assert [len(numbers) for numbers in rounds(Stopping(16, 40, sign=True))] == [16, 8, 8, 8]


def test_points_are_counted_by_sign_and_by_how_clear_it_is() -> None:
    mean = np.array([-3.0, -1.0, 2.0, 0.0, np.nan])
    found = robustness(mean, mean - 1.5, mean + 1.5, lower_is_wanted=True, sampled=True)
    assert found[:5] == (4, 2, 1, 1, 2)
    assert found.share == 0.5
    assert found.interval == wilson(2, 4)
    turned = robustness(mean, mean - 1.5, mean + 1.5, lower_is_wanted=False, sampled=False)
    assert turned[:5] == (4, 1, 1, 1, 2)
    assert np.isnan(turned.interval.low)
