"""Least squares with common shocks: hidden values are found again, and a model that is linear is solved exactly."""

from __future__ import annotations

import numpy as np
import pytest
from plain_models import Linear
from small_calibrations import calibration, target

from talentmarket.calibration.moments import outcomes, question
from talentmarket.calibration.outcomes import exact
from talentmarket.calibration.result import problem_of
from talentmarket.calibration.scales import share_at, slope_at, value_at, values_at
from talentmarket.calibration.search import Problem, fit
from talentmarket.calibration.starting import starts
from talentmarket.calibration.trials import Trials
from talentmarket.errors import InputError

FREE = {"low": 0.05, "high": 0.6, "start": 0.15}
MATRIX, RIGHT = np.array([[2.0, 1.0], [0.5, -3.0], [1.0, 1.0]]), np.array([1.0, -0.4, 0.5])


def test_hidden_rates_are_found_from_retention():
    """What the model gives at hidden values becomes the targets; the search starts elsewhere and sees the same shocks."""
    hidden = {"labs.Meta.separation": 0.31, "labs.OpenAI.separation": 0.22}
    before = calibration([target("Meta", 0.5), target("OpenAI", 0.5)])
    trials = Trials(before, 1)
    unit = np.array([share_at(free, hidden[path]) for path, free in before.parameters.items()])
    said = outcomes([question(each) for each in before.targets], trials.sample(unit)).values
    problem = problem_of(calibration([target("Meta", said[0]), target("OpenAI", said[1])]), trials)
    found = fit(problem, starts(before), 12)
    assert values_at(before, found) == pytest.approx(hidden, rel=0.05)
    assert np.abs(problem.misses(found)).max() < 0.3
    jacobian = problem.derivatives(found).jacobian / 0.02
    assert jacobian[0, 0] < -10.0
    assert jacobian[1, 1] < -10.0
    assert abs(jacobian[0, 1]) < 0.3 * abs(jacobian[0, 0])


def problem(model, figures=RIGHT, tolerances=(1.0, 1.0, 1.0)):
    names = [f"target {number}" for number in range(len(figures))]
    return Problem(model, np.asarray(figures), np.asarray(tolerances), 0.05, names)


def test_a_linear_model_is_solved_as_least_squares_are():
    figures = MATRIX @ np.array([0.3, 0.8]) + np.array([0.02, 0.03, -0.05])
    weighted = MATRIX / np.array([1.0, 0.5, 2.0])[:, None]
    solved = np.linalg.lstsq(weighted, figures / np.array([1.0, 0.5, 2.0]), rcond=None)[0]
    posed = problem(Linear(MATRIX), figures, (1.0, 0.5, 2.0))
    found = fit(posed, np.array([[0.5, 0.5]]), 20)
    assert found == pytest.approx(solved, abs=1e-3)
    assert posed.derivatives(found).jacobian == pytest.approx(MATRIX)


def test_of_several_starts_the_best_is_kept():
    """A double well: from the left a search ends in the shallow one."""

    def wells(unit):
        return exact(np.array([(unit[0] - 0.2) * (unit[0] - 0.8) * 10.0, 0.3 * (unit[0] - 0.8)]))

    posed = problem(wells, np.zeros(2), np.ones(2))
    assert fit(posed, np.array([[0.1]]), 30)[0] < 0.4
    assert fit(posed, np.array([[0.1], [0.9]]), 30) == pytest.approx([0.8], abs=0.01)


def test_a_constant_target_is_told_by_its_name():
    matrix = np.array([[2.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
    with pytest.raises(InputError, match="target 1 is constant: the model says 0 whatever free"):
        fit(problem(Linear(matrix)), np.array([[0.5, 0.5]]), 5)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_searches_begin_at_the_start_of_the_file_and_elsewhere(count):
    begin = starts(calibration([target("Meta", 0.5)], starts=count))
    assert begin.shape == (count, 2)
    assert begin[0] == pytest.approx([0.1 / 0.55, 0.1 / 0.55])


@pytest.mark.parametrize("log", [False, True])
def test_shares_of_a_range_go_there_and_back(log):
    free = calibration([target("Meta", 0.5)], {"labs.Meta.separation": FREE | {"log": log}}).parameters
    (each,) = free.values()
    assert [value_at(each, 0.0), value_at(each, 1.0)] == pytest.approx([0.05, 0.6])
    assert share_at(each, value_at(each, 0.3)) == pytest.approx(0.3)
    assert value_at(each, 0.5) == pytest.approx(np.sqrt(0.05 * 0.6) if log else 0.325)
    assert slope_at(each, 0.3) == pytest.approx((value_at(each, 0.3001) - value_at(each, 0.2999)) / 0.0002, rel=1e-4)
