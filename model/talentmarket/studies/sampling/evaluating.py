"""Runs one point of a study: the same replicates on every side, round after round until they are enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.comparison.intervals import ROUNDING
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.measure import subjects
from talentmarket.runs.measures.observed import Observed
from talentmarket.runs.replicates import Simulate, records_of
from talentmarket.runs.tables.arrow import stacked
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.study import Outcome, Stopping
from talentmarket.studies.sampling.stopping import is_enough, rounds

MEASURE = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True)
class Task:
    """A point to run.

    Attributes
    ----------
    point
        Its number.
    scenarios
        One for each side, the base first; empty if the values do not go together.
    outcomes
        What is asked.
    has_base
        Whether the first side is what the others are compared with.
    stopping
        How many replicates.
    simulate
        What runs one replicate, in place of the engine.
    error
        Why there are no scenarios.
    """

    point: int
    scenarios: tuple[Scenario, ...]
    outcomes: tuple[Outcome, ...]
    has_base: bool
    stopping: Stopping
    simulate: Simulate | None
    error: str = ""


@dataclass(frozen=True)
class Evaluated:
    """What came of a point: values by replicate, side and outcome (n, sides, outcomes), or why there are none."""

    point: int
    values: np.ndarray
    error: str


def failed(task: Task, error: str) -> Evaluated:
    """A point without values, and why."""
    return Evaluated(task.point, np.empty((0, len(task.scenarios), len(task.outcomes))), error)


def evaluate(task: Task) -> Evaluated:
    """Run a point; one that fails has no values but its error, and stops nothing."""
    if task.error:
        return failed(task, task.error)
    values = np.empty((0, len(task.scenarios), len(task.outcomes)))
    try:
        for numbers in rounds(task.stopping):
            sides = [measured(task, scenario, numbers) for scenario in task.scenarios]
            values = np.concatenate([values, np.stack(sides, axis=1)])
            if all(
                is_enough(each, task.stopping) for each in responses(values, task.has_base).reshape(len(values), -1).T
            ):
                break
    except Exception as error:  # whatever goes wrong at one point must not stop the others
        message = " ".join(str(error).split()) or "no message"
        return failed(task, f"{type(error).__name__}: {message}")
    return Evaluated(task.point, values, "")


def measured(task: Task, scenario: Scenario, numbers: range) -> np.ndarray:
    """The outcomes of some replicates of a side (n, outcomes)."""
    records = [*records_of(scenario, numbers, task.simulate)]
    observed = Observed(scenario, {name: stacked(name, records) for name in TABLES})
    asked: dict[str, np.ndarray] = {}
    columns = []
    for outcome in task.outcomes:
        measure = MEASURE[outcome.measure]
        if outcome.measure not in asked:
            asked[outcome.measure] = measure.compute(observed)
        columns.append(asked[outcome.measure][:, subjects(measure.scope, scenario).index(outcome.lab)])
    return np.stack(columns, axis=1)


def responses(values: np.ndarray, has_base: bool) -> np.ndarray:
    """Outcomes of the runs, or their differences from the base, of (n, sides, outcomes); rounding errors are zero."""
    if not has_base:
        return values
    base, others = values[:, :1], values[:, 1:]
    differences = others - base
    size = np.maximum(np.abs(base), np.abs(others))
    return np.where(np.abs(differences) <= ROUNDING * size, 0.0, differences)
