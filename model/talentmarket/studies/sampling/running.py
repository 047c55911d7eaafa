"""Runs the points of a study that are not in its store yet, part by part."""

from __future__ import annotations

import hashlib
import json
import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from talentmarket.errors import InputError, RunFolderError
from talentmarket.market.simulate import simulate
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.provenance import ENGINE, code_versions, git_revision, scenario_hash
from talentmarket.runs.folder.swap import why
from talentmarket.runs.replicates import Simulate
from talentmarket.runs.tables.arrow import parquet_bytes
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.setting import own_scenario, scenario_at
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.sampling.design import EXTENDABLE, design_of
from talentmarket.studies.sampling.evaluating import Evaluated, Task, evaluate
from talentmarket.studies.sampling.place import Place, Threads
from talentmarket.studies.sampling.store import DESIGN, FORMAT, STUDY, Store

RESEARCHER_MONTHS_A_PART = 300_000_000  # about 30 seconds of two processors
MOST_POINTS_A_PART = 512
BYTES_A_ROW = 12

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
class Size:
    """What a study comes to before it runs: points, replicates of all sides (at least, at most), bytes."""

    points: int
    least_replicates: int
    most_replicates: int
    researcher_months: int
    bytes: int


def size_of(study: Study) -> Size:
    """What a study comes to."""
    points, sides = len(design_of(study)), len(study.sides)
    own = own_scenario(study, study.runs[0])
    least, most = (points * sides * count for count in (study.stopping.least, study.stopping.most))
    months = own.researchers * own.run.months * most
    return Size(points, least, most, months, most * (BYTES_A_ROW + 8 * len(study.outcomes)))


def part_size(study: Study, own: Scenario) -> int:
    """How many points make one part; it depends on the study alone, so that the number of workers changes no byte."""
    months = own.researchers * own.run.months * study.stopping.least * len(study.sides)
    return max(1, min(MOST_POINTS_A_PART, RESEARCHER_MONTHS_A_PART // max(1, months)))


def sample(
    study: Study,
    folder: Path,
    place: Place | None = None,
    replace: bool = False,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
) -> Sampled:
    """Run the points of a study that its folder does not hold yet.

    Parameters
    ----------
    study
        What to run.
    folder
        Where it is kept; a study that is there is gone on with, and extended if its design allows.
    place
        Where points are run; None for a thread a processor.
    replace
        Give up another study that is there.
    progress
        Called with (points done, points in all).
    simulate
        What runs one replicate.

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) holds something else or another study.
    """
    here = place or Threads()
    try:
        target = folder.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target):
            return _sample(study, Store(target), here, replace, progress, simulate)
    except OSError as error:
        raise InputError(f"{folder}: the study cannot be written: {why(error, folder)}") from error
    finally:
        here.close()


def _sample(
    study: Study, store: Store, place: Place, replace: bool, progress: Progress | None, simulate: Simulate
) -> Sampled:
    own = {side: own_scenario(study, side) for side in study.sides}
    design = design_of(study)
    _claim(study, store, own, replace)
    outcomes = [outcome.name for outcome in study.outcomes]
    store.write(
        DESIGN,
        parquet_bytes(pa.Table.from_pandas(plain_columns(design), preserve_index=False).replace_schema_metadata()),
    )
    found = store.read_parts(len(study.sides), outcomes)
    missing = [point for point in range(len(design)) if point not in found]
    done = len(design) - len(missing)
    tasks = _tasks(study, own, design, missing, simulate)
    finished: list[Evaluated] = []
    size = part_size(study, own[study.runs[0]])
    for each in _in_order(place, tasks):
        finished.append(each)
        done += 1
        if progress is not None:
            progress(done, len(design))
        if len(finished) == size or (each.point + 1) % size == 0:
            store.write_part(finished, outcomes)
            found |= {one.point: one for one in finished}
            finished = []
    if finished:
        store.write_part(finished, outcomes)
        found |= {one.point: one for one in finished}
    return Sampled(study, design, tuple(found[point] for point in range(len(design))))


def plain_columns(design: pd.DataFrame) -> pd.DataFrame:
    """A table with columns of one type each: what is neither number, text nor truth is written as JSON."""
    plain = design.copy()
    for name in plain.columns:
        kinds = {type(value) for value in plain[name].tolist()}
        if (len(kinds - {int, float}) and len(kinds) > 1) or list in kinds:
            plain[name] = [json.dumps(value) for value in plain[name]]
    return plain


def _tasks(
    study: Study, own: dict[Side, Scenario], design: pd.DataFrame, missing: Sequence[int], simulate: Simulate
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
    design, own = design_of(study), {side: own_scenario(study, side) for side in study.sides}
    if not 0 <= point < len(design):
        raise InputError(f"there is no point {point}: the points are 0 to {len(design) - 1:,}")
    (task,) = _tasks(study, own, design, [point], simulate)
    if task.error:
        raise InputError(f"point {point}: {task.error}")
    return task.scenarios


def _in_order(place: Place, tasks: Iterator[Task]) -> Iterator[Evaluated]:
    """What came of each task, in their order; at most twice the width are under way."""
    waiting: deque[Future[Evaluated]] = deque()
    for task in tasks:
        waiting.append(place.submit(evaluate, task))
        if len(waiting) >= 2 * place.width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def described(study: Study, own: dict[Side, Scenario]) -> dict[str, Any]:
    """What a study asks, as it is kept: two that are alike here have the same points."""
    varied = [(each, "parameter") for each in study.parameters] + [(each, "lever") for each in study.levers]
    return {
        "format": FORMAT,
        "title": study.title,
        "question": study.question,
        "base": study.base.name if study.base else "",
        "runs": [side.name for side in study.runs],
        "scenarios": {side.name: scenario_hash(scenario) for side, scenario in own.items()},
        "set": list(study.fixed),
        "varied": [
            {
                "path": each.path,
                "role": role,
                "low": None if math.isnan(each.low) else each.low,
                "high": None if math.isnan(each.high) else each.high,
                "log": each.log,
                "whole": each.whole,
                "values": list(each.values),
                "distribution": list(each.distribution) if each.distribution else None,
                "factor": each.factor,
                "run_only": each.run_only,
                "steps": each.steps if study.design.kind == "grid" else None,
            }
            for each, role in varied
        ],
        "design": {
            "kind": study.design.kind,
            "points": study.design.points,
            "seed": study.design.seed,
            "file": _digest(study),
        },
        "replicates": {
            "least": study.stopping.least,
            "most": study.stopping.most,
            "half_width": study.stopping.half_width if math.isfinite(study.stopping.half_width) else None,
            "relative": study.stopping.relative if math.isfinite(study.stopping.relative) else None,
            "until_sign": study.stopping.sign,
        },
        "outcomes": [outcome.name for outcome in study.outcomes],
        "engine": {name: code_versions()[name] for name in ENGINE},
    }


def _digest(study: Study) -> str:
    """SHA-256 of a list of points; empty for designs that are drawn."""
    file = study.design.file
    return "" if file is None else hashlib.sha256(file.read_bytes()).hexdigest()


# What may change without any point becoming another one.
WORDS = ("title", "question")


def _claim(study: Study, store: Store, own: dict[Side, Scenario], replace: bool) -> None:
    """Make the folder this study's, or find out that it is.

    Raises
    ------
    RunFolderError
        If it holds another study, or one that cannot be extended.
    """
    now, there = json.loads(json.dumps(described(study, own))), store.read_study()
    if there is not None and replace:
        store.clear()
    elif there is not None:
        differing = [key for key in now if key not in WORDS and now[key] != there.get(key)]
        if differing == ["design"] and {**now["design"], "points": 0} == {**there["design"], "points": 0}:
            _check_extension(study, there["design"]["points"])
        elif differing:
            raise RunFolderError(
                f"{store.folder}: holds another study, which differs in {', '.join(differing)}; choose another --name, or"
                " --replace it"
            )
    store.folder.mkdir(exist_ok=True)
    store.write(STUDY, f"{json.dumps(now, indent=2, ensure_ascii=False)}\n".encode())


def _check_extension(study: Study, before: int) -> None:
    kind, points = study.design.kind, study.design.points
    if kind not in EXTENDABLE:
        raise RunFolderError(
            f"a design of kind {kind} cannot be extended from {before:,} to {points:,} points: another number gives other"
            f" points altogether; {' and '.join(EXTENDABLE)} can, or choose another --name"
        )
    if points < before:
        raise RunFolderError(f"the study holds {before:,} points already; ask for as many or more, or another --name")


def origin(study: Study) -> dict[str, Any]:
    """Where a study's folder comes from, for its manifest."""
    return {"title": study.title, "seed": study.design.seed, "versions": code_versions(), "git": git_revision()}
