"""Where replicates and points are run: threads of this process, or the workers of a cluster (`cluster.py`)."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

Result = TypeVar("Result", covariant=True)


class Reply(Protocol[Result]):
    """What will have come of a call."""

    def result(self) -> Result:
        """Wait for it.

        Raises
        ------
        WorkerDiedError
            If every worker that tried has died.
        """

    def cancel(self) -> object:
        """Let it not begin, unless it has."""


class Crew(Protocol):
    """Runs pure functions of picklable arguments; how many at once changes no result."""

    @property
    def width(self) -> int:
        """How many run at the same time."""

    def submit(self, function: Callable[..., Result], *arguments: object) -> Reply[Result]:
        """Run a function some time."""

    def close(self) -> None:
        """End what runs, and begin nothing more."""


def available_workers() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Threads:
    """Threads of this process, named after what they run; the engine releases the interpreter's lock."""

    def __init__(self, workers: int = 0, name: str = "point") -> None:
        self._width = workers or available_workers()
        self._pool = ThreadPoolExecutor(max_workers=self._width, thread_name_prefix=name)

    @property
    def width(self) -> int:
        """How many calls run at the same time."""
        return self._width

    def submit(self, function: Callable[..., Result], *arguments: object) -> Future[Result]:
        """Run a function in one of the threads."""
        return self._pool.submit(function, *arguments)

    def close(self) -> None:
        """Wait for what has begun; what has not never begins."""
        self._pool.shutdown(wait=True, cancel_futures=True)
