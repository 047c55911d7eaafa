"""Where searches begin: at the file's own point, and at points that are spread over the ranges or are a study's best."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import qmc

from talentmarket.calibration.file import Calibration, Free, Target
from talentmarket.calibration.scales import share_at
from talentmarket.errors import InputError
from talentmarket.studies.result import StudyResult


def starts(calibration: Calibration) -> np.ndarray:
    """Points where searches begin (starts, parameters): that of the file, then a scrambled Sobol sequence."""
    first, free = _own(calibration), len(calibration.parameters)
    if calibration.fit.starts == 1:
        return first
    sequence = qmc.Sobol(free, rng=calibration.fit.seed)
    more = calibration.fit.starts - 1
    return np.concatenate([first, sequence.random_base2(math.ceil(math.log2(more)))[:more]])


def starts_from(calibration: Calibration, result: StudyResult) -> np.ndarray:
    """Points where searches begin (starts, parameters): that of the file, then those of a study that meet the targets best.

    A point is judged by the targets that the study has as outcomes. What the study does not vary begins where the file says.

    Raises
    ------
    InputError
        If the study varies no free parameter, or has no target among its outcomes.
    """
    study, points = result.study, result.points
    known = {target.name: name for target in calibration.targets if (name := _response(result, target)) is not None}
    if not known:
        raise InputError(
            f"{study.title!r} has none of the targets among its outcomes, so that no point of it is known to be good"
        )
    varied = {each.path for each in study.parameters if not each.factor and each.is_number}
    if not varied & calibration.parameters.keys():
        raise InputError(f"{study.title!r} varies none of the free parameters: {', '.join(calibration.parameters)}")
    figures = {target.name: target.figure() for target in calibration.targets}
    misses = [(points[name] - figures[target][0]) / figures[target][1] for target, name in known.items()]
    squares = sum((miss**2 for miss in misses), start=0.0 * misses[0])
    order = squares.dropna().sort_values(kind="stable").index[: calibration.fit.starts - 1]
    columns = [
        _shares(free, points.loc[order, path].to_numpy(dtype=float))
        if path in varied
        else np.full(len(order), share_at(free, free.start))
        for path, free in calibration.parameters.items()
    ]
    return np.concatenate([_own(calibration), np.column_stack(columns)])


def _own(calibration: Calibration) -> np.ndarray:
    return np.array([[share_at(free, free.start) for free in calibration.parameters.values()]])


def _shares(free: Free, values: np.ndarray) -> np.ndarray:
    """Values as shares of a range; those beyond it are at its ends."""
    return np.array([share_at(free, min(max(value, free.low), free.high)) for value in values])


def _response(result: StudyResult, target: Target) -> str | None:
    """The response of a study that a target is about; None if there is none."""
    study = result.study
    if (study.base.name if study.base is not None else "") != target.less:
        return None
    for outcome, run in study.responses:
        if run.name == target.scenario and (outcome.measure, outcome.lab) == (target.measure, target.of):
            return study.response_name(outcome, run)
    return None
