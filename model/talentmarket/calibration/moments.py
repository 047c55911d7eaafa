"""What the model says of each target at a point, and how well that is known."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from talentmarket.calibration.file import Calibration, Target
from talentmarket.comparison.intervals import t_interval
from talentmarket.errors import InputError
from talentmarket.runs.running import Options, run
from talentmarket.runs.runs import Runs
from talentmarket.scenario.reading.loading import load
from talentmarket.validation.published import moves_there_and_back, ratio_of_sums

FLOWS = "flows"


class Moment(NamedTuple):
    """A value of the model and half its 95 % interval."""

    value: float
    half: float


def runs_at(calibration: Calibration, point: Mapping[str, float], replicates: int, workers: int) -> dict[str, Runs]:
    """Every scenario of a calibration, run at a point; all points see the same shocks.

    Parameters
    ----------
    point
        Values of the free parameters, by path.

    Raises
    ------
    InputError
        If a path or a value does not go with a scenario.
    """
    fit = calibration.fit
    general = {"run.months": fit.months, "run.seed": fit.seed, "run.moves": "none"}
    free = dict(point)
    return {
        market.name: run(
            load(market.name, [f"{path}={json.dumps(value)}" for path, value in (general | market.set | free).items()]),
            Options(replicates=replicates, workers=workers),
        )
        for market in calibration.scenarios
    }


def moment(target: Target, runs: Mapping[str, Runs]) -> Moment:
    """The value of a target in finished runs.

    Raises
    ------
    InputError
        If the scenario has no such measure, or it is undefined in every replicate.
    """
    if target.measure == FLOWS:
        ratio, interval = ratio_of_sums(*moves_there_and_back(runs[target.scenario], *target.of))
        return Moment(ratio, (interval.high - interval.low) / 2.0)
    values = _values(target, runs[target.scenario])
    if target.less:
        values = values - _values(target, runs[target.less])
    values = values[np.isfinite(values)]
    if values.size == 0:
        raise InputError(f"target {target.name!r}: {target.measure} of {target.of!r} is undefined in {target.scenario}")
    interval = t_interval(values)
    return Moment(float(values.mean()), (interval.high - interval.low) / 2.0)


def _values(target: Target, runs: Runs) -> np.ndarray:
    """A measure of a lab, by replicate."""
    measures = runs.measures
    of_it = (measures["measure"] == target.measure) & (measures["lab"] == target.of)
    if not of_it.any():
        raise InputError(f"target {target.name!r}: {target.scenario} has no measure {target.measure} of {target.of!r}")
    return measures.loc[of_it, "value"].to_numpy(dtype=float)


def misses(calibration: Calibration, runs: Mapping[str, Runs]) -> np.ndarray:
    """How far the model is off each target, in its tolerance (targets,)."""
    off = []
    for target in calibration.targets:
        value, tolerance = target.figure()
        found = moment(target, runs).value
        if not math.isfinite(found):
            raise InputError(f"target {target.name!r}: the model gives no number for it")
        off.append((found - value) / tolerance)
    return np.array(off)
