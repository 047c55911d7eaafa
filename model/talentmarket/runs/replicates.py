"""Many replicates of a scenario, in threads or on a cluster: handed on in their order, whatever order they finish in."""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from talentmarket.errors import WorkerDiedError
from talentmarket.runs.tables.arrow import arrow_table, failed_replicate, joined, stacked
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario

if TYPE_CHECKING:
    from talentmarket.runs.workers import Crew, Reply

Simulate = Callable[[Scenario, int], Mapping[str, Mapping[str, Any]]]
Progress = Callable[[int, int], None]
Kept = Callable[[int], dict[str, pa.Table] | None]

# A batch becomes one part of each table. Its size depends on the scenario alone, so that the number of workers
# changes no byte; it is bounded by the record of about this many researcher-months.
LARGEST_BATCH = 16
RESEARCHER_MONTHS_PER_BATCH = 25_000_000


def nothing_kept(replicate: int) -> dict[str, pa.Table] | None:
    """There is no earlier run."""
    return None


@dataclass(frozen=True)
class Replicates:
    """What is to be run: replicates 0 to `count` - 1 of a scenario, on so many `workers`.

    `simulate(scenario, replicate)` returns the tables of one replicate; it must be safe to call from several threads.
    `kept(replicate)` returns the tables of one that an earlier run has finished, or None if it is to be simulated.
    With a `crew` they run there, a batch at a time, and not on threads.
    """

    scenario: Scenario
    count: int
    workers: int
    simulate: Simulate
    kept: Kept = nothing_kept
    crew: Crew | None = None


class Batch(NamedTuple):
    """Finished replicates that follow one another, and their tables by name."""

    replicates: tuple[int, ...]
    tables: dict[str, pa.Table]


def available_workers() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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


class Simulated(NamedTuple):
    """A replicate and its record, not yet turned into Arrow tables."""

    replicate: int
    record: Mapping[str, Mapping[str, Any]]


Finished = Simulated | dict[str, pa.Table]


def _failed(work: Replicates, replicate: int, error: str) -> dict[str, pa.Table]:
    """What stands in the tables for a replicate that went wrong: the others go on."""
    return failed_replicate(replicate, work.scenario.run.seed, work.scenario.researchers, error)


def _simulated(work: Replicates, replicate: int) -> Finished:
    try:
        return Simulated(replicate, work.simulate(work.scenario, replicate))
    except Exception as error:  # whatever goes wrong in one replicate must not stop the others
        return _failed(work, replicate, _described(error))


def _begin(pool: ThreadPoolExecutor, work: Replicates, replicate: int) -> Future[Finished]:
    kept = work.kept(replicate)
    if kept is None:
        return pool.submit(_simulated, work, replicate)
    there: Future[Finished] = Future()
    there.set_result(kept)
    return there


def _in_order(work: Replicates) -> Generator[Finished]:
    """What came of each replicate; at most two a worker are under way or waiting to be fetched."""
    pool = ThreadPoolExecutor(max_workers=work.workers, thread_name_prefix="replicate")
    waiting: deque[Future[Finished]] = deque()
    try:
        for replicate in range(work.count):
            waiting.append(_begin(pool, work, replicate))
            if len(waiting) >= 2 * work.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # Also the way out of an interruption: what has not begun never begins.
        pool.shutdown(wait=True, cancel_futures=True)


def simulate_some(scenario: Scenario, replicates: Sequence[int], simulate: Simulate) -> list[Simulated | str]:
    """Run some replicates, for whoever is elsewhere; one that goes wrong is the line that says how."""
    done: list[Simulated | str] = []
    for replicate in replicates:
        try:
            done.append(Simulated(replicate, simulate(scenario, replicate)))
        except Exception as error:
            done.append(_described(error))
    return done


class _Sent(NamedTuple):
    """A batch that is under way: what is known of each replicate, and what will come of the others."""

    replicates: range
    kept: dict[int, dict[str, pa.Table]]
    reply: Reply[list[Simulated | str]] | None


def _send(work: Replicates, crew: Crew, replicates: range) -> _Sent:
    kept = {each: tables for each in replicates if (tables := work.kept(each)) is not None}
    missing = [each for each in replicates if each not in kept]
    reply = crew.submit(simulate_some, work.scenario, missing, work.simulate) if missing else None
    return _Sent(replicates, kept, reply)


def _received(work: Replicates, sent: _Sent) -> Generator[Finished]:
    """What came of each replicate of a batch; if every worker that tried it has died, they have failed."""
    missing = [each for each in sent.replicates if each not in sent.kept]
    try:
        done = iter(sent.reply.result() if sent.reply else [])
    except WorkerDiedError as error:
        done = iter([f"WorkerDiedError: {error}"] * len(missing))
    for replicate in sent.replicates:
        if replicate in sent.kept:
            yield sent.kept[replicate]
        else:
            found = next(done)
            yield _failed(work, replicate, found) if isinstance(found, str) else found


def _in_order_of(work: Replicates, crew: Crew) -> Generator[Finished]:
    """What came of each replicate, run by a crew; at most two batches a worker are under way."""
    size = batch_size(work.scenario)
    waiting: deque[_Sent] = deque()
    for first in range(0, work.count, size):
        waiting.append(_send(work, crew, range(first, min(first + size, work.count))))
        if len(waiting) >= 2 * crew.width:
            yield from _received(work, waiting.popleft())
    while waiting:
        yield from _received(work, waiting.popleft())


def _one_by_one(work: Replicates, simulated: Sequence[Simulated]) -> Generator[dict[str, pa.Table]]:
    """The tables of each replicate; those of one whose record does not fit tell why."""
    for replicate, record in simulated:
        try:
            yield {name: arrow_table(name, record[name], replicate) for name in TABLES}
        except Exception as error:
            yield _failed(work, replicate, _described(error))


def _tables(work: Replicates, finished: Sequence[Finished]) -> dict[str, pa.Table]:
    """The tables of several replicates; a conversion to Arrow costs as much for many as for one."""
    parts: list[dict[str, pa.Table]] = []
    for _, group in groupby(finished, type):
        together = list(group)
        parts += [each for each in together if not isinstance(each, Simulated)]
        simulated = [each for each in together if isinstance(each, Simulated)]
        if not simulated:
            continue
        try:
            parts.append({name: stacked(name, simulated) for name in TABLES})
        except Exception:  # one of them does not fit
            parts += _one_by_one(work, simulated)
    return {name: joined([part[name] for part in parts]) for name in TABLES}


def run_batches(work: Replicates, progress: Progress | None = None) -> Generator[Batch]:
    """Run all replicates; yields batches of `batch_size` in the order of the replicates.

    A replicate that raises becomes a row with its error in the table `replicates`. Little more than one batch is held
    in memory: nothing new begins while the caller is slow to fetch.

    Parameters
    ----------
    work
        The scenario, how many replicates, how many workers, and what runs one.
    progress
        Called in the calling thread with (replicates done, replicates in all).

    Raises
    ------
    ValueError
        If there are no replicates or no workers.
    """
    if work.count < 1 or work.workers < 1:
        raise ValueError(f"replicates and workers must be at least 1, found {work.count} and {work.workers}")
    size = batch_size(work.scenario)
    collected: list[Finished] = []
    in_order = _in_order(work) if work.crew is None else _in_order_of(work, work.crew)
    for done, finished in enumerate(in_order, start=1):
        collected.append(finished)
        if progress is not None:
            progress(done, work.count)
        if len(collected) == size or done == work.count:
            numbers = tuple(range(done - len(collected), done))
            yield Batch(numbers, _tables(work, collected))
            collected = []
