"""Runs the points of a study that are not in its store yet, part by part."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from talentmarket.errors import InputError, WorkerDiedError
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.swap import why
from talentmarket.runs.replicates import Simulate
from talentmarket.runs.tables.arrow import parquet_bytes
from talentmarket.runs.workers import Crew, Reply, Threads
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.setting import own_scenario, scenario_at
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.sampling.claiming import claim
from talentmarket.studies.sampling.design import design_at, design_of, plain_columns
from talentmarket.studies.sampling.evaluating import Evaluated, Task, evaluate, failed, responses
from talentmarket.studies.sampling.refining import next_round
from talentmarket.studies.sampling.sizing import part_size, within_budget
from talentmarket.studies.sampling.store import DESIGN, Store

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sampled:
    """A study with what came of its points.

    Attributes
    ----------
    study
        What was asked.
    design
        As `design.design_of` makes it.
    evaluated
        What came of each point, in the order of the design.
    """

    study: Study
    design: pd.DataFrame
    evaluated: tuple[Evaluated, ...]


@dataclass(frozen=True)
class Slice:
    """Every `count`-th part of a study, from the part `number` - 1 on."""

    number: int
    count: int

    def has(self, part: int) -> bool:
        """Whether a part, from 0, is of the slice."""
        return part % self.count == self.number - 1


def sample(
    study: Study,
    folder: Path,
    crew: Crew | None = None,
    replace: bool = False,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Sampled:
    """Run the points of a study that its folder does not hold yet.

    Parameters
    ----------
    study
        What to run.
    folder
        Where it is kept; a study that is there is gone on with, and extended if its design allows.
    crew
        Who runs the points; None for a thread a processor.
    replace
        Give up another study that is there.
    progress
        Called with (points done, points in all).
    simulate
        What runs one replicate, in place of the engine.

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) holds something else or another study.
    """
    ours = crew or Threads()
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target):
            return _sample(study, Store(target), ours, replace, progress, simulate)
    except OSError as error:
        raise InputError(f"{folder}: the study cannot be written: {why(error, folder)}") from error
    finally:
        if crew is None:
            ours.close()


def sample_slice(
    study: Study,
    folder: Path,
    part: Slice,
    crew: Crew | None = None,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> int:
    """Run a slice of the points that a study's folder does not hold yet, beside other processes with other slices.

    Every process, on whatever machine, has the same folder and the same study; `sample` collects what they leave. Returns how
    many points the slice has.

    Raises
    ------
    InputError
        As `sample` does.
    """
    if study.design.refine:
        raise InputError(
            'a study with refine = "sign" is run in one piece: each round of points depends on those before it'
        )
    ours = crew or Threads()
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.with_name(f"{target.name}.slice-{part.number}-of-{part.count}")):
            work = _begin(study, Store(target), False)
            mine = [point for point in range(len(work.design)) if part.has(point // work.part_size)]
            _run_missing(work, mine, ours, progress, simulate)
            return len(mine)
    except OSError as error:
        raise InputError(f"{folder}: the study cannot be written: {why(error, folder)}") from error
    finally:
        if crew is None:
            ours.close()


@dataclass(frozen=True)
class _Work:
    """A study whose folder is claimed."""

    study: Study
    store: Store
    own: dict[Side, Scenario]
    design: pd.DataFrame

    @property
    def outcomes(self) -> list[str]:
        return [outcome.name for outcome in self.study.outcomes]

    @property
    def part_size(self) -> int:
        return part_size(self.study, self.own[self.study.runs[0]])

    def write_design(self) -> None:
        """Keep the design."""
        table = pa.Table.from_pandas(plain_columns(self.design), preserve_index=False)
        self.store.write(DESIGN, parquet_bytes(table.replace_schema_metadata()))


def _begin(study: Study, store: Store, anew: bool) -> _Work:
    asked = within_budget(study)
    work = _Work(asked, store, {side: own_scenario(asked, side) for side in asked.sides}, design_of(asked))
    claim(asked, store, work.own, anew)
    work.write_design()
    return work


def _sample(
    study: Study, store: Store, crew: Crew, anew: bool, progress: Progress | None, simulate: Simulate | None
) -> Sampled:
    work = _begin(study, store, anew)
    if study.design.refine:
        work, found = _in_rounds(work, crew, progress, simulate)
        work.write_design()
    else:
        found = _run_missing(work, range(len(work.design)), crew, progress, simulate)
    return Sampled(work.study, work.design, tuple(found[point] for point in range(len(work.design))))


def _in_rounds(
    work: _Work, crew: Crew, progress: Progress | None, simulate: Simulate | None
) -> tuple[_Work, dict[int, Evaluated]]:
    """Run points round by round, each chosen by those before it; returns the work with the design that came of it."""
    study, total = work.study, len(work.design)
    choices = total // study.design.points
    cube = np.empty((0, len(study.parameters)))
    found: dict[int, Evaluated] = {}
    while len(cube) < study.design.points:
        done = choices * len(cube)
        rows = [_means(study, found[point]) for point in range(done)]
        means = np.array(rows).reshape(len(cube), choices * len(study.responses))
        cube = np.concatenate([cube, next_round(study, cube, means)])
        work = replace(work, design=design_at(study, cube))
        found = _run_missing(work, range(done, len(work.design)), crew, _from(progress, done, total), simulate)
    return work, found


def _from(progress: Progress | None, before: int, total: int) -> Progress | None:
    """What tells of a round as part of the whole."""
    return None if progress is None else lambda done, _: progress(before + done, total)


def _means(study: Study, evaluated: Evaluated) -> np.ndarray:
    """The mean of each response at a point (responses,); not a number where it failed or is undefined."""
    if evaluated.error:
        return np.full(len(study.responses), np.nan)
    found = responses(evaluated.values, study.base is not None).reshape(len(evaluated.values), -1)
    return np.array([each[~np.isnan(each)].mean() if not np.isnan(each).all() else np.nan for each in found.T])


def _run_missing(
    work: _Work, wanted: Sequence[int], crew: Crew, progress: Progress | None, simulate: Simulate | None
) -> dict[int, Evaluated]:
    """Run those of the wanted points that the store does not hold, and keep them part by part; returns all that it holds."""
    found = work.store.read_parts(len(work.study.sides), work.outcomes)
    missing = [point for point in wanted if point not in found]
    done = len(wanted) - len(missing)
    finished: list[Evaluated] = []

    def keep() -> None:
        work.store.write_part(finished, work.outcomes)
        found.update({one.point: one for one in finished})
        finished.clear()

    for each in _in_order(crew, _tasks(work.study, work.own, work.design, missing, simulate)):
        if finished and each.point // work.part_size != finished[0].point // work.part_size:
            keep()
        finished.append(each)
        done += 1
        if progress is not None:
            progress(done, len(wanted))
        if (each.point + 1) % work.part_size == 0:
            keep()
    if finished:
        keep()
    return found


def _tasks(
    study: Study, own: dict[Side, Scenario], design: pd.DataFrame, missing: Sequence[int], simulate: Simulate | None
) -> Iterator[Task]:
    varied = (*study.parameters, *study.levers)
    columns = {each.path: design[each.path].tolist() for each in varied}
    for point in missing:
        settings = [(each, columns[each.path][point]) for each in varied]
        error = ""
        scenarios: tuple[Scenario, ...] = ()
        try:
            scenarios = tuple(scenario_at(study, side, own[side], settings) for side in study.sides)
        except InputError as problem:
            error = " ".join(str(problem).split())
        yield Task(point, scenarios, study.outcomes, study.base is not None, study.stopping, simulate, error)


def scenarios_of(study: Study, point: int) -> tuple[Scenario, ...]:
    """The scenarios of a point, one for each side.

    Raises
    ------
    InputError
        If there is no such point, or its values do not go together.
    """
    if study.design.refine:
        raise InputError(
            'of a study with refine = "sign" take the values of a point from points.parquet, and run them by --set'
        )
    design, own = design_of(study), {side: own_scenario(study, side) for side in study.sides}
    if not 0 <= point < len(design):
        raise InputError(f"there is no point {point}: the points are 0 to {len(design) - 1:,}")
    (task,) = _tasks(study, own, design, [point], None)
    if task.error:
        raise InputError(f"point {point}: {task.error}")
    return task.scenarios


def _in_order(crew: Crew, tasks: Iterator[Task]) -> Iterator[Evaluated]:
    """What came of each task, in their order; at most twice the width are under way."""
    waiting: deque[tuple[Task, Reply[Evaluated]]] = deque()
    for task in tasks:
        waiting.append((task, crew.submit(evaluate, task)))
        if len(waiting) >= 2 * crew.width:
            yield _received(*waiting.popleft())
    while waiting:
        yield _received(*waiting.popleft())


def _received(task: Task, reply: Reply[Evaluated]) -> Evaluated:
    """What came of a task; if every worker that tried it has died, the point has failed."""
    try:
        return reply.result()
    except WorkerDiedError as error:
        return failed(task, f"WorkerDiedError: {error}")
