"""Many replicates of the scenario that a tab looks at: the same ones, by the same numbers, as `talentmarket run` makes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from talentmarket.runs.measures.everything import measure, questions
from talentmarket.runs.replicates import Progress, Replicates, run_batches
from talentmarket.scenario.schema import Scenario

SEEDS = 100


@dataclass(frozen=True)
class Ensemble:
    """What came of many replicates of a scenario.

    Attributes
    ----------
    scenario
        What was run. Replicate 0 is the run that a tab with this scenario shows.
    values
        By name of a measure and lab (empty for the whole): a value for each replicate that went well (R,), not a number
        where it is undefined.
    replicates
        Numbers of those that went well (R,).
    """

    scenario: Scenario
    values: Mapping[tuple[str, str], np.ndarray]
    replicates: np.ndarray


def simulated(scenario: Scenario, count: int, progress: Progress) -> Ensemble:
    """Run replicates 0 to `count` - 1, one after the other on one thread, and keep their measures alone.

    Parameters
    ----------
    progress
        Called with (replicates done, replicates in all); what it raises ends the run.
    """
    found, replicates = [], []
    asked = [(one.name, lab) for one, lab in questions(scenario)]
    with closing(run_batches(Replicates(scenario, count, 1), progress)) as batches:
        for batch in batches:
            table = measure(scenario, batch.tables)
            found.append(np.asarray(table["value"], dtype=float).reshape(-1, len(asked)))
            replicates.append(np.asarray(table["replicate"])[:: len(asked)])
    columns = np.vstack(found)
    return Ensemble(scenario, {key: columns[:, place] for place, key in enumerate(asked)}, np.concatenate(replicates))


def paired(a: Ensemble, b: Ensemble, key: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """A measure of the replicates that went well in both (n,), of A and of B: the same chance, number by number."""
    _, in_a, in_b = np.intersect1d(a.replicates, b.replicates, return_indices=True)
    return a.values[key][in_a], b.values[key][in_b]
