"""PAWN, Sobol, Morris and rank correlation against what is known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.studies.analyses.pawn import pawn, pawn_index, slices_of
from talentmarket.studies.analyses.rank_correlation import partial_rank_correlations
from talentmarket.studies.analyses.screening import elementary_effects
from talentmarket.studies.analyses.variance import own_variance, sobol_indices, too_wide
from talentmarket.studies.reading.study import Design
from talentmarket.studies.sampling.design import shares

pytest.importorskip("SALib")

A, B = 7.0, 0.1
G = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(cube: np.ndarray) -> np.ndarray:
    """sin x1 + a sin^2 x2 + b x3^4 sin x1, each x uniform on [-pi, pi] (Ishigami and Homma 1990)."""
    x = np.pi * (2.0 * cube - 1.0)
    return np.asarray(np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0]))


def g_function(cube: np.ndarray) -> np.ndarray:
    """prod_i (|4 u_i - 2| + a_i) / (1 + a_i) (Sobol 1998)."""
    return np.asarray(np.prod((np.abs(4.0 * cube - 2.0) + G) / (1.0 + G), axis=1))


def ishigami_shares() -> tuple[np.ndarray, np.ndarray]:
    first = 0.5 * (1.0 + B * np.pi**4 / 5.0) ** 2
    second = A**2 / 8.0
    both = B**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    total = first + second + both
    return np.array([first, second, 0.0]) / total, np.array([first + both, second, both]) / total


def g_shares() -> tuple[np.ndarray, np.ndarray]:
    alone = 1.0 / (3.0 * (1.0 + G) ** 2)
    total = np.prod(1.0 + alone) - 1.0
    with_others = alone * np.array([np.prod(1.0 + np.delete(alone, place)) for place in range(len(G))])
    return alone / total, with_others / total


@pytest.mark.parametrize(
    ("function", "known", "parameters"), [(ishigami, ishigami_shares, 3), (g_function, g_shares, 4)]
)
def test_sobol_indices_are_the_closed_forms(function, known, parameters) -> None:  # type: ignore[no-untyped-def]
    cube = shares(Design("saltelli", 4096 * (parameters + 2)), parameters)
    found = sobol_indices(function(cube), parameters, noise=0.0)
    first, total = known()
    assert np.abs(found.first - first).max() < 0.02
    assert np.abs(found.total - total).max() < 0.02
    assert not too_wide(found.total_half)


def test_chance_of_the_replicates_is_taken_out_of_sobol_indices() -> None:
    cube = shares(Design("saltelli", 4096 * 5), 3)
    rng = np.random.default_rng(3)
    # Shocks that all points share cancel; what is left of chance would halve the first indices.
    replicates = ishigami(cube)[:, None] + rng.normal(0.0, 10.0, 8) + rng.normal(0.0, 10.0, (len(cube), 8))
    noise = own_variance(replicates)
    assert noise == pytest.approx(100.0 / 8.0, rel=0.03)
    first, total = ishigami_shares()
    found = sobol_indices(replicates.mean(axis=1), 3, noise)
    assert np.abs(found.first - first).max() < 0.1
    assert np.abs(found.total - total).max() < 0.1
    left_in = sobol_indices(replicates.mean(axis=1), 3, 0.0)
    assert left_in.total[2] - total[2] > 0.2


def test_elementary_effects_of_a_linear_function_are_its_slopes() -> None:
    slopes = np.array([3.0, -2.0, 0.0])
    cube = shares(Design("morris", 80), 3)
    found = elementary_effects(cube, cube @ slopes)
    assert found.mean == pytest.approx(slopes, abs=1e-9)
    assert found.size == pytest.approx(np.abs(slopes), abs=1e-9)
    assert found.spread == pytest.approx(np.zeros(3), abs=1e-9)


def test_elementary_effects_of_the_g_function_are_in_its_order() -> None:
    """On four levels a step goes over 2/3 of the range; a factor |4 u - 2| changes by 4/3 over it, whichever way."""
    cube = shares(Design("morris", 5 * 400), 4)
    found = elementary_effects(cube, g_function(cube))
    # Factors have mean (1 + a + e) / (1 + a) on the levels 0, 1/3, 2/3, 1, where |4 u - 2| averages 4/3.
    level_means = (4.0 / 3.0 + G) / (1.0 + G)
    expected = [
        (4.0 / 3.0) / (2.0 / 3.0) / (1.0 + G[place]) * np.prod(np.delete(level_means, place)) for place in range(4)
    ]
    assert found.size == pytest.approx(expected, rel=0.1)


def test_pawn_of_a_response_that_is_the_parameter() -> None:
    """In a slice [a, b] of a uniform response the distance to all of it is max(a, 1 - b); the median of S = 10 is .7."""
    u = (np.arange(1000) + 0.5) / 1000
    rng = np.random.default_rng(0)
    assert pawn_index(slices_of(u, 10), u) == pytest.approx(0.7, abs=2e-3)
    # As many points a value as there are in a slice: the values themselves are the slices.
    coin = rng.integers(0, 2, 1000).astype(float)
    assert pawn_index(slices_of(coin, 10), coin) == pytest.approx(np.median([1 - coin.mean(), coin.mean()]), abs=1e-9)


def slow_pawn(function, parameter: int, slices: int, dimensions: int) -> float:  # type: ignore[no-untyped-def]
    """The index by a large sample of its own, a slice at a time, with distributions counted on a grid of values."""
    rng = np.random.default_rng(11)
    everything = np.sort(function(rng.random((200_000, dimensions))))
    grid = np.quantile(everything, np.linspace(0.0, 1.0, 2001))
    whole = np.searchsorted(everything, grid, side="right") / len(everything)
    distances = []
    for number in range(slices):
        cube = rng.random((40_000, dimensions))
        cube[:, parameter] = (number + cube[:, parameter]) / slices
        part = np.sort(function(cube))
        distances.append(np.abs(np.searchsorted(part, grid, side="right") / len(part) - whole).max())
    return float(np.median(distances))


def test_pawn_of_ishigami_and_the_g_function() -> None:
    for function, dimensions in ((ishigami, 3), (g_function, 4)):
        cube = shares(Design("sobol", 8192), dimensions)
        response = function(cube)
        index = [pawn_index(slices_of(column, 10), response) for column in cube.T]
        slow = [slow_pawn(function, place, 10, dimensions) for place in range(dimensions)]
        # A slice of 819 points raises a distance by about .5 / sqrt(819) where there is next to none.
        assert index == pytest.approx(slow, abs=0.03)
        found = pawn(cube[:256], response[:256])
        assert (found.low <= found.indices).all()
        assert (found.high >= found.indices).all()


def test_what_does_nothing_stays_below_the_floor() -> None:
    above = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        found = pawn(rng.random((64, 3)), rng.normal(size=64))
        above += bool((found.indices > found.floor).any())
    assert above <= 4  # 5 % of 20 is 1; more than 4 comes once in 400 times


def test_partial_rank_correlations() -> None:
    rng = np.random.default_rng(5)
    inputs = rng.random((400, 3))
    noise = rng.normal(0.0, 0.3, 400)
    found = partial_rank_correlations(inputs, np.exp(inputs[:, 0] * 3.0) - inputs[:, 1] * 4.0 + noise)
    assert found[0][0] > 0.8
    assert found[1][0] < -0.5
    assert found[2][1].low < 0.0 < found[2][1].high
    nothing = partial_rank_correlations(inputs, np.ones(400))
    assert np.isnan([value for value, _ in nothing]).all()


def test_intervals_of_rank_correlations_cover() -> None:
    """With two normal parameters and a linear response the partial correlation is known; ranks shrink it a little."""
    rho, covered = 0.0, 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        (_, interval), _ = partial_rank_correlations(rng.normal(size=(60, 2)), rng.normal(size=60))
        covered += interval.low <= rho <= interval.high
    assert covered >= 300 * 0.95 - 3.0 * np.sqrt(300 * 0.95 * 0.05)
