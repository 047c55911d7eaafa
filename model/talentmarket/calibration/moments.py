"""From the runs of a point to outcomes: every measure by replicate, and targets as means, differences, ratios of flows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from talentmarket.calibration.file import Calibration, Target
from talentmarket.calibration.outcomes import Outcomes
from talentmarket.runs.running import Options, run
from talentmarket.runs.runs import Runs
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.validation.published import moves_there_and_back, ratio_of_sums

FLOWS = "flows"

Sample = Mapping[str, np.ndarray]
"""Measures of all scenarios by column, each by replicate (R,); not a number where undefined."""


class Question(NamedTuple):
    """A measure of a lab in a scenario, or its difference from another; of `flows`, two labs."""

    scenario: str
    measure: str
    of: str | tuple[str, str] = ""
    less: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a sample that answer it."""
        if isinstance(self.of, tuple):
            one, other = self.of
            return tuple(column(self.scenario, FLOWS, f"{a} > {b}") for a, b in ((one, other), (other, one)))
        scenarios = (self.scenario, self.less) if self.less else (self.scenario,)
        return tuple(column(scenario, self.measure, self.of) for scenario in scenarios)


def column(scenario: str, measure: str, of: str) -> str:
    """The column of a measure in a sample."""
    return f"{scenario}: {measure} of {of}" if of else f"{scenario}: {measure}"


def question(target: Target) -> Question:
    """What a target asks."""
    return Question(target.scenario, target.measure, target.of, target.less)


def scenario_at(
    calibration: Calibration, name: str, point: Mapping[str, float], seed: int, fixed: Mapping[str, object]
) -> Scenario:
    """A scenario of a calibration at a point.

    Raises
    ------
    InputError
        If a path or a value does not go with it.
    """
    general = {"run.months": calibration.fit.months, "run.seed": seed, "run.moves": "none"}
    values = general | dict(fixed) | dict(point)
    return load(name, [f"{path}={json.dumps(value)}" for path, value in values.items()])


def sample_at(
    calibration: Calibration, point: Mapping[str, float], replicates: int, seed: int, options: Options
) -> dict[str, np.ndarray]:
    """Every scenario of a calibration, run at a point.

    Parameters
    ----------
    point
        Values of the free parameters, by path.
    seed
        Points of the same seed see the same shocks.
    options
        Who runs the replicates.

    Raises
    ------
    InputError
        If a path or a value does not go with a scenario.
    """
    found: dict[str, np.ndarray] = {}
    for market in calibration.scenarios:
        scenario = scenario_at(calibration, market.name, point, seed, market.set)
        runs = run(scenario, replace(options, replicates=replicates))
        found |= _measured(market.name, runs, replicates)
        for target in calibration.targets:
            if isinstance(target.of, tuple) and target.scenario == market.name:
                flows = moves_there_and_back(runs, *target.of)
                found |= dict(zip(question(target).columns, flows, strict=True))
    return found


def _measured(name: str, runs: Runs, replicates: int) -> dict[str, np.ndarray]:
    """All measures of a run by column; what failed is not a number."""
    table = runs.measures.astype({"measure": str, "lab": str})
    wide = table.pivot(index="replicate", columns=["measure", "lab"], values="value").reindex(range(replicates))
    pairs = table[["measure", "lab"]].drop_duplicates().itertuples(index=False)
    return {column(name, measure, lab): wide[measure, lab].to_numpy(dtype=float) for measure, lab in pairs}


def outcomes(questions: Sequence[Question], sample: Sample) -> Outcomes:
    """The answers to questions in a sample; not a number where a measure is undefined in every replicate."""
    replicates = len(next(iter(sample.values())))
    values, influence = np.empty(len(questions)), np.empty((replicates, len(questions)))
    for place, each in enumerate(questions):
        values[place], influence[:, place] = _answer(each, [sample[name] for name in each.columns])
    return Outcomes(values, influence)


def _answer(asked: Question, columns: Sequence[np.ndarray]) -> tuple[float, np.ndarray]:
    """A value and what each replicate adds to it; of replicates in which it is undefined nothing."""
    if asked.measure == FLOWS:
        above, below = columns
        if not below.sum() > 0.0:
            return float("nan"), np.zeros(len(above))
        ratio = ratio_of_sums(above, below)[0]
        return ratio, (above - ratio * below) / below.mean()
    values = columns[0] - columns[1] if asked.less else columns[0]
    defined = np.isfinite(values)
    if not defined.any():
        return float("nan"), np.zeros(len(values))
    mean = float(values[defined].mean())
    return mean, np.where(defined, values - mean, 0.0) * len(values) / defined.sum()
