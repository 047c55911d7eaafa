"""Every point that was simulated: its parameters, seconds, and all measures by replicate; none is simulated twice.

The file is a table with a row for each trial and replicate, written anew after each trial, whole or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from talentmarket.calibration.file import Calibration, Market
from talentmarket.calibration.moments import Question, Sample, outcomes, question, sample_at, scenario_at
from talentmarket.calibration.outcomes import Model, Outcomes
from talentmarket.calibration.scales import values_at
from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.options import Options
from talentmarket.runs.workers import Crew
from talentmarket.scenario.schema import Scenario

Key = tuple[int, int, tuple[float, ...]]
TRIAL, REPLICATE, SEED, SECONDS = "trial", "replicate", "seed", "seconds"


def _nothing(count: int) -> None:
    """Nobody is told."""


def _nowhere(content: pa.Table) -> None:
    """Nothing is kept."""


@dataclass
class Trials:
    """The points of a calibration that were simulated.

    Attributes
    ----------
    calibration
        What is fitted.
    workers
        Replicates at once; 0 for one a processor. It changes no result.
    keep
        Called with the whole table after each new trial.
    tell
        Called with the number of trials after each new one.
    crew
        Who runs the replicates in place of threads; it changes no result.
    closed
        Whether nothing is simulated: what is not known yet is an error.
    """

    calibration: Calibration
    workers: int = 0
    keep: Callable[[pa.Table], object] = _nowhere
    tell: Callable[[int], object] = _nothing
    crew: Crew | None = None
    closed: bool = False
    _known: dict[Key, tuple[Sample, float]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._known)

    def sample(self, unit: np.ndarray, replicates: int = 0, seed: int | None = None) -> Sample:
        """All measures at a point in shares of the ranges; the file's replicates and seed unless others are named.

        Raises
        ------
        RunFolderError
            If the trials are closed and do not hold the point.
        """
        fit = self.calibration.fit
        count, shocks = replicates or fit.replicates, fit.seed if seed is None else seed
        point = values_at(self.calibration, unit)
        key = (shocks, count, tuple(point.values()))
        if key not in self._known and self.closed:
            raise RunFolderError(
                "points of the search are missing; the command that began the calibration goes on with it"
            )
        if key not in self._known:
            begun = time.perf_counter()
            found = sample_at(self.calibration, point, count, shocks, Options(workers=self.workers, crew=self.crew))
            self._known[key] = found, time.perf_counter() - begun
            self.keep(self.table())
            self.tell(len(self._known))
        return self._known[key][0]

    def scenario(self, market: Market) -> Scenario:
        """One of the scenarios that are run, with the free parameters where the search begins."""
        begin = {path: free.start for path, free in self.calibration.parameters.items()}
        return scenario_at(self.calibration, market.name, begin, self.calibration.fit.seed, market.set)

    def model(self, questions: Sequence[Question]) -> Model:
        """The answers to questions as a function of the point."""
        return lambda unit: outcomes(questions, self.sample(unit))

    def targets(self) -> Model:
        """The targets as a function of the point.

        Raises
        ------
        InputError
            When called, if a scenario has no such measure, or a target is undefined at a point.
        """
        asked = [question(target) for target in self.calibration.targets]

        def model(unit: np.ndarray) -> Outcomes:
            sample = self.sample(unit)
            for target, each in zip(self.calibration.targets, asked, strict=True):
                if not set(each.columns) <= set(sample):
                    raise InputError(
                        f"{target.where}: {target.scenario} has no measure {target.measure} of {target.of!r}"
                    )
            found = outcomes(asked, sample)
            for target, value in zip(self.calibration.targets, found.values, strict=True):
                if not np.isfinite(value):
                    raise InputError(
                        f"{target.where}: {target.measure} of {target.of!r} is undefined in every replicate at some point"
                        " of the ranges; more replicates, narrower ranges, or another measure give it a number"
                    )
            return found

        return model

    def table(self) -> pa.Table:
        """A row for each trial and replicate: trial, replicate, seed, seconds, parameters, measures."""
        counts = [count for _, count, _ in self._known]
        seconds = [spent for _, spent in self._known.values()]
        points = np.array([values for _, _, values in self._known]).reshape(len(counts), -1)
        columns = {
            TRIAL: pa.array(np.repeat(np.arange(len(counts)), counts), pa.int32()),
            REPLICATE: pa.array(np.concatenate([np.arange(count) for count in counts]), pa.int32()),
            SEED: pa.array(np.repeat([seed for seed, _, _ in self._known], counts), pa.int64()),
            SECONDS: pa.array(np.repeat(seconds, counts)),
        }
        for place, path in enumerate(self.calibration.parameters):
            columns[path] = pa.array(np.repeat(points[:, place], counts))
        samples = [sample for sample, _ in self._known.values()]
        for name in samples[0]:
            columns[name] = pa.array(np.concatenate([sample[name] for sample in samples]))
        return pa.table(columns)

    def read(self, table: pa.Table) -> None:
        """Take in what an earlier call has simulated."""
        parameters = list(self.calibration.parameters)
        names = [name for name in table.column_names if name not in {TRIAL, REPLICATE, SEED, SECONDS, *parameters}]
        arrays = {name: table[name].to_numpy() for name in table.column_names}
        for number in np.unique(arrays[TRIAL]):
            rows = np.flatnonzero(arrays[TRIAL] == number)
            first = rows[0]
            values = tuple(float(arrays[path][first]) for path in parameters)
            key = (int(arrays[SEED][first]), len(rows), values)
            self._known[key] = {name: arrays[name][rows] for name in names}, float(arrays[SECONDS][first])
