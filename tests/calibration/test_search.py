"""Least squares with common shocks: hidden values are found again, and steps are derivatives."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.calibration import search
from talentmarket.calibration.file import Calibration
from talentmarket.calibration.moments import moment, runs_at
from talentmarket.calibration.search import fit, share_at, value_at

FREE = {"low": 0.05, "high": 0.6, "start": 0.15}
SMALL = {"population.scale": 0.2, "defaults.lab.response.counter_share": 0.0}


def calibration(targets, parameters=None, **changes):
    settings = {"replicates": 4, "months": 24, "seed": 3, "starts": 1, "evaluations": 12, "step": 0.05}
    return Calibration.model_validate(
        {
            "title": "Hidden",
            "parameters": parameters or {"labs.Meta.separation": FREE, "labs.OpenAI.separation": FREE},
            "scenarios": [{"name": "baseline", "set": SMALL}],
            "targets": targets,
            "fit": settings | changes,
        }
    )


def target(lab, value):
    named = {"name": lab, "scenario": "baseline", "measure": "two_year_retention", "of": lab}
    return named | {"value": value, "tolerance": 0.02, "source": "hidden"}


def test_hidden_rates_are_found_from_retention():
    """What the model gives at hidden values becomes the targets; the search starts elsewhere and sees the same shocks."""
    hidden = {"labs.Meta.separation": 0.31, "labs.OpenAI.separation": 0.22}
    before = calibration([target("Meta", 0.5), target("OpenAI", 0.5)])
    runs = runs_at(before, hidden, 4, 1)
    after = calibration([target(each.of, moment(each, runs).value) for each in before.targets])
    found = fit(after)
    assert found.point == pytest.approx(hidden, rel=0.05)
    assert np.abs(found.misses).max() < 0.3
    assert found.jacobian[0, 0] < -10.0
    assert found.jacobian[1, 1] < -10.0
    assert abs(found.jacobian[0, 1]) < 0.3 * abs(found.jacobian[0, 0])


def linear(monkeypatch, matrix, right):
    """The market becomes a linear one: misses are matrix @ values - right."""

    def values(calibration, point, replicates, workers):
        return np.array(list(point.values()))

    monkeypatch.setattr(search, "runs_at", values)
    monkeypatch.setattr(search, "misses", lambda calibration, values: matrix @ values - right)


def test_a_linear_model_is_solved_as_least_squares_are(monkeypatch):
    matrix, right = np.array([[2.0, 1.0], [0.5, -3.0], [1.0, 1.0]]), np.array([1.0, -0.4, 0.5])
    linear(monkeypatch, matrix, right)
    found = fit(calibration([target("Meta", 0.5)]))
    solved = np.linalg.lstsq(matrix, right, rcond=None)[0]
    assert list(found.point.values()) == pytest.approx(solved, abs=1e-3)
    assert found.jacobian == pytest.approx(matrix * 0.55, rel=1e-6)


def test_a_point_is_simulated_once_and_told_once(monkeypatch):
    linear(monkeypatch, np.eye(2), np.array([0.3, 0.3]))
    told = []
    found = fit(calibration([target("Meta", 0.5)], starts=3), tell=lambda number, squares: told.append(number))
    assert told == list(range(1, found.evaluations + 1))


@pytest.mark.parametrize("log", [False, True])
def test_shares_of_a_range_go_there_and_back(log):
    free = calibration([target("Meta", 0.5)], {"labs.Meta.separation": FREE | {"log": log}}).parameters
    (each,) = free.values()
    assert [value_at(each, 0.0), value_at(each, 1.0)] == pytest.approx([0.05, 0.6])
    assert share_at(each, value_at(each, 0.3)) == pytest.approx(0.3)
    assert value_at(each, 0.5) == pytest.approx(np.sqrt(0.05 * 0.6) if log else 0.325)
