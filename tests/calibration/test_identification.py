"""Standard errors, sensitivity, J, profiles and suggestions against closed forms of plain models."""

from __future__ import annotations

import numpy as np
import pytest
from plain_models import Linear, bend, ridge
from scipy.stats import chi2

from talentmarket.calibration.analyses.derivatives import derivatives
from talentmarket.calibration.analyses.identification import identification
from talentmarket.calibration.analyses.profile import LINE, profile, weakest
from talentmarket.calibration.analyses.suggestions import OF_A_RANGE, suggestions
from talentmarket.calibration.outcomes import Outcomes, exact
from talentmarket.calibration.search import Problem

MATRIX = np.array([[2.0, 1.0], [0.5, -3.0], [1.0, 1.0], [0.2, 0.7]])
TOLERANCES = np.array([0.1, 0.2, 0.3, 0.1])
UNIT = np.array([0.4, 0.6])


def identified(model, unit, figures, tolerances):
    return identification(unit, derivatives(model, unit, 0.05), figures, tolerances)


def posed(model, unit, tolerances=TOLERANCES, step=0.05):
    figures = model(unit).values
    return Problem(model, figures, tolerances, step, [""] * len(figures))


def test_a_linear_model_has_the_standard_errors_of_weighted_least_squares():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    information = MATRIX.T @ np.diag(TOLERANCES**-2.0) @ MATRIX
    assert found.covariance == pytest.approx(np.linalg.inv(information))
    correlation = -information[0, 1] / np.sqrt(information[0, 0] * information[1, 1])
    assert found.correlations == pytest.approx(np.array([[1.0, correlation], [correlation, 1.0]]))
    assert not found.simulated.any()


def test_the_simulation_s_error_adds_to_the_figures():
    model = Linear(MATRIX, replicates=40, spread=0.5)
    found = identified(model, UNIT, MATRIX @ UNIT, TOLERANCES)
    weights = np.diag(TOLERANCES**-2.0)
    bread = np.linalg.inv(MATRIX.T @ weights @ MATRIX)
    meat = MATRIX.T @ weights @ (np.diag(TOLERANCES**2.0) + model.simulation) @ weights @ MATRIX
    assert found.covariance == pytest.approx(bread @ meat @ bread)
    assert found.simulated == pytest.approx(bread @ meat @ bread - bread)


def test_the_sensitivity_is_the_change_of_the_estimate_for_a_figure_one_tolerance_higher():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    weighted = MATRIX / TOLERANCES[:, None]
    for target, tolerance in enumerate(TOLERANCES):
        figures = MATRIX @ UNIT
        figures[target] += tolerance
        moved = np.linalg.lstsq(weighted, figures / TOLERANCES, rcond=None)[0]
        assert found.sensitivity[:, target] == pytest.approx(moved - UNIT)


def test_j_is_the_sum_of_squares_at_the_minimum_with_its_chi_squared():
    figures = MATRIX @ UNIT + np.array([0.05, -0.1, 0.2, -0.15])
    weighted = MATRIX / TOLERANCES[:, None]
    best, squares, _, _ = np.linalg.lstsq(weighted, figures / TOLERANCES, rcond=None)
    found = identified(Linear(MATRIX), best, figures, TOLERANCES)
    assert found.j == pytest.approx(squares[0])
    assert found.freedom == 2
    assert found.p == pytest.approx(chi2.sf(squares[0], 2))


def test_j_of_true_models_is_chi_squared_with_the_simulation_counted():
    """Over 400 data sets the mean of J is its degrees of freedom; without the simulation's part it would be 2.9."""
    generator = np.random.default_rng(5)
    weighted = MATRIX / TOLERANCES[:, None]
    statistics = []
    for seed in range(400):
        model = Linear(MATRIX, replicates=20, spread=0.6, seed=seed)
        figures = MATRIX @ UNIT + TOLERANCES * generator.normal(size=4)
        best = np.linalg.lstsq(weighted, (figures - model(np.zeros(2)).values) / TOLERANCES, rcond=None)[0]
        statistics.append(identified(model, best, figures, TOLERANCES).j)
    assert np.mean(statistics) == pytest.approx(2.0, abs=4.0 * np.sqrt(2.0 * 2.0 / 400))


def test_singular_values_are_those_of_the_weighted_matrix():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    weighted = MATRIX / TOLERANCES[:, None]
    assert found.singular_values == pytest.approx(np.linalg.svd(weighted, compute_uv=False))
    weak = found.directions[-1]
    assert np.linalg.norm(weighted @ weak) == pytest.approx(found.singular_values[-1])


def test_a_parameter_that_does_nothing_is_not_identified_and_leaves_the_others_as_they_are():
    idle = np.column_stack([MATRIX[:, 0], np.zeros(4), MATRIX[:, 1]])
    found = identified(Linear(idle), np.array([0.4, 0.5, 0.6]), MATRIX @ UNIT, TOLERANCES)
    without = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    assert found.seen.tolist() == found.identified.tolist() == [True, False, True]
    assert np.isinf(found.errors[1])
    assert found.errors[[0, 2]] == pytest.approx(without.errors)
    assert weakest(found, 3) == [int(2 * (without.errors[1] > without.errors[0])), int(2 * (without.errors[1] < without.errors[0]))]  # fmt: skip


def test_a_parameter_whose_effect_is_chance_is_not_seen():
    """Its outcomes differ between two points by noise alone, which is not common to both."""

    def model(unit):
        noise = np.random.default_rng(int(1e6 * unit[1])).normal(size=(30, 4))
        return Outcomes(MATRIX[:, 0] * unit[0] + noise.mean(axis=0) * 0.01, 0.01 * (noise - noise.mean(axis=0)))

    found = identified(model, UNIT, MATRIX @ UNIT, TOLERANCES)
    assert found.seen.tolist() == [True, False]


def test_two_parameters_that_act_as_one_are_told_apart_by_nothing():
    matrix = np.column_stack([MATRIX, 2.0 * MATRIX[:, 0]])
    found = identified(Linear(matrix), np.array([0.4, 0.6, 0.2]), MATRIX @ UNIT, TOLERANCES)
    assert found.seen.all()
    assert found.identified.tolist() == [False, True, False]
    blind = found.directions[-1]
    assert np.abs(blind) == pytest.approx(np.array([2.0, 0.0, 1.0]) / np.sqrt(5.0), abs=1e-9)
    assert found.freedom == 2


def test_the_jacobian_s_error_is_that_of_paired_differences():
    generator = np.random.default_rng(2)
    slopes = 1.0 + 0.3 * generator.normal(size=25)  # each replicate has a slope of its own
    common = generator.normal(size=25)

    def model(unit):
        values = slopes * unit[0] + common
        return Outcomes(np.array([values.mean()]), (values - values.mean())[:, None])

    found = derivatives(model, np.array([0.3]), 0.1)
    assert found.jacobian == pytest.approx(slopes.mean())
    assert found.error == pytest.approx(slopes.std(ddof=1) / 5.0)


def test_at_the_end_of_a_range_differences_go_backwards():
    found = derivatives(lambda unit: exact(unit**2), np.array([1.0]), 0.1)
    assert found.jacobian == pytest.approx((1.0 - 0.81) / 0.1)


def test_the_profile_of_a_linear_model_is_its_interval():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)

    for parameter in weakest(found, 2):
        along = profile(posed(Linear(MATRIX), UNIT), found, parameter, 8, 20)
        half = np.sqrt(LINE) * found.errors[parameter]
        assert (along.low, along.high) == pytest.approx((UNIT[parameter] - half, UNIT[parameter] + half), rel=1e-3)
        rises = ((along.unit - UNIT[parameter]) / found.errors[parameter]) ** 2
        assert along.squares == pytest.approx(rises, abs=1e-3)


def test_the_simulation_raises_the_line_of_a_profile_as_it_does_the_variance():
    model = Linear(MATRIX, replicates=10, spread=1.5)
    found = identified(model, UNIT, model(UNIT).values, TOLERANCES)
    along = profile(posed(model, UNIT), found, 1, 8, 20)
    half = np.sqrt(LINE) * found.errors[1]
    assert found.simulated[1, 1] > 0.5 * found.covariance[1, 1]
    assert (along.low, along.high) == pytest.approx((UNIT[1] - half, UNIT[1] + half), rel=1e-3)


def test_on_a_curved_ridge_the_profile_is_wider_than_the_linear_interval():
    """Along the ridge x y is held, so that the profile is the squared miss of the other outcome alone."""
    unit, tolerances = np.array([0.5, 0.5]), np.array([0.002, 0.05])
    figures = ridge(unit).values
    found = identification(unit, derivatives(ridge, unit, 0.001), figures, tolerances)
    along = profile(posed(ridge, unit, tolerances, 0.001), found, 0, 12, 40)
    away = np.sqrt(LINE) * tolerances[1]
    low, high = (-np.log(1.0 - bend(0.5) - sign * away) / 3.0 for sign in (-1.0, 1.0))
    assert (along.low, along.high) == pytest.approx((low, high), rel=0.02)
    linear = np.sqrt(LINE) * found.errors[0]
    assert along.high - 0.5 > 1.15 * linear
    assert along.squares == pytest.approx(((bend(along.unit) - bend(0.5)) / tolerances[1]) ** 2, abs=0.02)


def test_a_profile_that_the_range_ends_is_open():
    found = identified(Linear(MATRIX), np.array([0.4, 0.99]), MATRIX @ np.array([0.4, 0.99]), TOLERANCES)
    along = profile(posed(Linear(MATRIX), np.array([0.4, 0.99])), found, 1, 8, 20)
    assert np.isnan(along.high)
    assert along.low < 0.99


def test_the_best_suggestion_is_the_number_that_shrinks_the_standard_errors_most():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    candidates = derivatives(Linear([[0.0, 0.0], [0.0, 30.0], [5.0, 0.0]]), UNIT, 0.1)
    told = suggestions(found, np.zeros((4, 4)), candidates, 0.1)
    assert set(told.order.tolist()) == {1, 2}
    base = (MATRIX / TOLERANCES[:, None]).T @ (MATRIX / TOLERANCES[:, None]) + OF_A_RANGE * np.eye(2)
    for number in told.order:
        slope = candidates.jacobian[number]
        value = candidates.here.values[number]
        more = base + np.outer(slope, slope) / (0.1 * value) ** 2
        ratio = np.sqrt(np.linalg.inv(more).diagonal() / np.linalg.inv(base).diagonal())
        assert told.ratios[number] == pytest.approx(ratio)
        assert told.gain[number] == pytest.approx(np.sqrt(ratio.prod()))
    assert np.all(np.diff(told.gain[told.order]) >= 0.0)
    assert told.ratios[0] == pytest.approx(np.ones(2))


def test_a_number_of_one_history_is_as_uncertain_as_histories_differ():
    found = identified(Linear(MATRIX), UNIT, MATRIX @ UNIT, TOLERANCES)
    model = Linear([[0.0, 30.0]], replicates=25, spread=4.0)
    told = suggestions(found, np.zeros((4, 4)), derivatives(model, UNIT, 0.1), 0.1)
    value = model(UNIT).values[0]
    assert told.tolerance == pytest.approx(np.hypot(0.1 * value, model.noise.std(ddof=1)))


def test_with_fewer_targets_than_parameters_nothing_is_tested_and_little_identified():
    matrix = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]])
    found = identified(Linear(matrix), np.full(3, 0.5), matrix @ np.full(3, 0.5), np.array([0.1, 0.3]))
    assert found.identified.tolist() == [False, False, True]
    assert found.errors[2] == pytest.approx(0.1)
    assert found.freedom == 0
    assert np.isnan(found.p)


def test_chance_passes_for_an_effect_as_often_as_it_says():
    """Of 400 parameters without effect, whose points share no shocks, one in twenty is taken for one that acts."""
    generator = np.random.default_rng(4)

    def model(unit):
        noise = generator.normal(size=(20, 10))
        return Outcomes(noise.mean(axis=0), noise - noise.mean(axis=0))

    seen = [derivatives(model, np.array([0.5]), 0.1).significant.any() for _ in range(400)]
    assert np.mean(seen) < 0.05 + 4.0 * np.sqrt(0.05 * 0.95 / 400)
    assert np.mean(seen) > 0.0
