"""Many replicates of a scenario, in threads or on a cluster: handed on in their order, whatever order they finish in."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from talentmarket.errors import WorkerDiedError
from talentmarket.market.simulate import most_together, simulate_together
from talentmarket.runs.tables.arrow import arrow_table, failed_replicate, joined, stacked
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.workers import Crew, Reply, Threads
from talentmarket.scenario.schema import Scenario

Simulate = Callable[[Scenario, int], Mapping[str, Mapping[str, Any]]]
Progress = Callable[[int, int], None]
Kept = Callable[[int], dict[str, pa.Table] | None]
Result = TypeVar("Result")

# A batch becomes one part of each table, which costs as much for many replicates as for one. Its size depends on the scenario
# alone, so that the number of workers changes no byte; an interrupted run loses a batch, so it takes half a second or so.
LARGEST_BATCH = 64
RESEARCHER_MONTHS_PER_BATCH = 12_000_000
TASKS_PER_WORKER = 4  # at least: with fewer some would end long before the others


def nothing_kept(replicate: int) -> dict[str, pa.Table] | None:
    """There is no earlier run."""
    return None


@dataclass(frozen=True)
class Replicates:
    """What is to be run: replicates 0 to `count` - 1 of a scenario, on so many `workers`.

    `simulate(scenario, replicate)` returns the tables of one replicate, in place of the engine, which runs several together; it
    must be safe to call from several threads. `kept(replicate)` returns the tables of one that an earlier run has finished, or
    None if it is to be simulated. With a `crew` they run there, a batch at a time, and not on threads.
    """

    scenario: Scenario
    count: int
    workers: int
    simulate: Simulate | None = None
    kept: Kept = nothing_kept
    crew: Crew | None = None


class Batch(NamedTuple):
    """Finished replicates that follow one another, and their tables by name."""

    replicates: Sequence[int]
    tables: dict[str, pa.Table]


class Simulated(NamedTuple):
    """Replicates that follow one another and their record, not yet turned into Arrow tables."""

    replicates: Sequence[int]
    record: Mapping[str, Mapping[str, Any]]


Finished = Simulated | Batch


def batch_size(scenario: Scenario) -> int:
    """How many replicates of a scenario make one part of its tables."""
    researcher_months = max(1, scenario.researchers * scenario.run.months)
    return max(1, min(LARGEST_BATCH, RESEARCHER_MONTHS_PER_BATCH // researcher_months))


def _described(error: Exception) -> str:
    """An error in one line, with the place that raised it; no folder of this machine goes into the tables."""
    message = " ".join(str(error).split()) or "no message"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {message}{place}"


def _failed(scenario: Scenario, replicate: int, error: str) -> Batch:
    """What stands in the tables for a replicate that went wrong: the others go on."""
    return Batch([replicate], failed_replicate(replicate, scenario.run.seed, scenario.researchers, error))


def records_of(scenario: Scenario, replicates: Sequence[int], simulate: Simulate | None) -> Generator[Simulated]:
    """Run some replicates that follow one another; what goes wrong is raised."""
    size = most_together(scenario) if simulate is None else 1
    for first in range(0, len(replicates), size):
        some = replicates[first : first + size]
        yield Simulated(some, simulate_together(scenario, some) if simulate is None else simulate(scenario, some[0]))


def simulate_some(scenario: Scenario, replicates: Sequence[int], simulate: Simulate | None) -> list[Finished]:
    """Run some replicates, each run of numbers together; one that goes wrong becomes a row that says how."""
    done: list[Finished] = []
    ends = [*(np.flatnonzero(np.diff(replicates) != 1) + 1).tolist(), len(replicates)]
    for first, end in zip([0, *ends], ends, strict=False):
        done += _simulated(scenario, replicates[first:end], simulate)
    return done


def _simulated(scenario: Scenario, replicates: Sequence[int], simulate: Simulate | None) -> list[Finished]:
    try:
        return [*records_of(scenario, replicates, simulate)]
    except Exception as error:  # whatever goes wrong in one replicate must not stop the others
        if len(replicates) == 1:
            return [_failed(scenario, replicates[0], _described(error))]
    return [each for one in replicates for each in _simulated(scenario, [one], simulate)]


class _Sent(NamedTuple):
    """Replicates that are under way: what is known of them, and what will come of the others."""

    known: list[Batch]
    missing: list[int]
    reply: Reply[list[Finished]] | None


def _send(work: Replicates, crew: Crew, replicates: Sequence[int]) -> _Sent:
    kept = {each: tables for each in replicates if (tables := work.kept(each)) is not None}
    missing = [each for each in replicates if each not in kept]
    reply = crew.submit(simulate_some, work.scenario, missing, work.simulate) if missing else None
    return _Sent([Batch([each], tables) for each, tables in kept.items()], missing, reply)


def _received(work: Replicates, sent: _Sent) -> list[Finished]:
    """What came of replicates, in their order; if every worker that tried them has died, they have failed."""
    try:
        done = sent.reply.result() if sent.reply else []
    except WorkerDiedError as error:
        done = [_failed(work.scenario, each, f"WorkerDiedError: {error}") for each in sent.missing]
    return sorted([*sent.known, *done], key=lambda finished: finished.replicates[0])


def _tasks(work: Replicates) -> Generator[Sequence[int]]:
    """Replicates that one worker runs, one after the other; no task reaches beyond a batch."""
    size = together = batch_size(work.scenario)
    if work.crew is None:
        most = most_together(work.scenario) if work.simulate is None else 1
        together = max(1, min(most, work.count // (TASKS_PER_WORKER * work.workers)))
    for first in range(0, work.count, size):
        batch = range(first, min(first + size, work.count))
        for begin in range(0, len(batch), together):
            yield batch[begin : begin + together]


def _in_order(work: Replicates, crew: Crew) -> Generator[Finished]:
    """What came of the replicates; at most two tasks a worker are under way or waiting to be fetched."""
    waiting: deque[_Sent] = deque()
    try:
        for task in _tasks(work):
            waiting.append(_send(work, crew, task))
            if len(waiting) >= 2 * crew.width:
                yield from _received(work, waiting.popleft())
        while waiting:
            yield from _received(work, waiting.popleft())
    finally:
        for sent in waiting:
            if sent.reply is not None:
                sent.reply.cancel()


def _one_by_one(work: Replicates, simulated: Sequence[Simulated]) -> Generator[dict[str, pa.Table]]:
    """The tables of each record; replicates whose record does not fit tell why."""
    for replicates, record in simulated:
        try:
            yield {name: arrow_table(name, record[name], replicates[0]) for name in TABLES}
        except Exception as error:
            yield from (_failed(work.scenario, each, _described(error)).tables for each in replicates)


def _tables(work: Replicates, finished: Sequence[Finished]) -> dict[str, pa.Table]:
    """The tables of several replicates; a conversion to Arrow costs as much for many as for one."""
    parts: list[dict[str, pa.Table]] = []
    for _, group in groupby(finished, type):
        together = list(group)
        parts += [each.tables for each in together if isinstance(each, Batch)]
        simulated = [each for each in together if isinstance(each, Simulated)]
        if not simulated:
            continue
        try:
            parts.append({name: stacked(name, simulated) for name in TABLES})
        except Exception:  # one of them does not fit
            parts += _one_by_one(work, simulated)
    return {name: joined([part[name] for part in parts]) for name in TABLES}


def finished_batches(
    work: Replicates, finish: Callable[[Batch], Result], progress: Progress | None = None
) -> Generator[Result]:
    """Run all replicates; yields what `finish` makes of each batch of `batch_size`, in the order of the replicates.

    A replicate that raises becomes a row with its error in the table `replicates`. Little more than two batches are held
    in memory: nothing new begins while the caller is slow to fetch.

    Parameters
    ----------
    work
        The scenario, how many replicates, how many workers, and what runs one.
    finish
        Called with each batch, in a thread.
    progress
        Called in the calling thread with (replicates done, replicates in all).

    Raises
    ------
    ValueError
        If there are no replicates or no workers.
    """
    if work.count < 1 or work.workers < 1:
        raise ValueError(f"replicates and workers must be at least 1, found {work.count} and {work.workers}")

    def batch(done: int, collected: Sequence[Finished]) -> Result:
        first = collected[0].replicates[0]
        return finish(Batch(tuple(range(first, done)), _tables(work, collected)))

    size, done = batch_size(work.scenario), 0
    collected: list[Finished] = []
    ahead: Future[Result] | None = None
    # Closed also when interrupted: what has not begun never begins.
    with (
        closing(Threads(work.workers if work.crew is None else 1, "replicate")) as threads,
        closing(_in_order(work, work.crew or threads)) as in_order,
    ):
        try:
            for finished in in_order:
                collected.append(finished)
                done += len(finished.replicates)
                if progress is not None:
                    progress(done, work.count)
                complete = done % size == 0 or done == work.count
                if ahead is not None and (complete or ahead.done()):
                    yield ahead.result()
                    ahead = None
                if complete:
                    ahead, collected = threads.submit(batch, done, collected), []
        except GeneratorExit:
            raise
        except BaseException:  # an interruption: a batch that is complete is handed on all the same
            in_order.close()
            if ahead is not None:
                yield ahead.result()
            raise
        if ahead is not None:
            yield ahead.result()


def run_batches(work: Replicates, progress: Progress | None = None) -> Generator[Batch]:
    """Run all replicates; yields the batches themselves, as `finished_batches` does."""
    return finished_batches(work, lambda batch: batch, progress)
