"""Where replicates and points are run: threads of this process, or the workers of a cluster (`cluster.py`)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from talentmarket.runs.replicates import available_workers

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


class Crew(Protocol):
    """Runs pure functions of picklable arguments; how many at once changes no result."""

    @property
    def width(self) -> int:
        """How many run at the same time."""

    def submit(self, function: Callable[..., Result], *arguments: object) -> Reply[Result]:
        """Run a function some time."""

    def close(self) -> None:
        """End what runs, and begin nothing more."""


class Threads:
    """Threads of this process; the engine releases the interpreter's lock."""

    def __init__(self, workers: int = 0) -> None:
        self._width = workers or available_workers()
        self._pool = ThreadPoolExecutor(max_workers=self._width, thread_name_prefix="point")

    @property
    def width(self) -> int:
        """How many calls run at the same time."""
        return self._width

    def submit(self, function: Callable[..., Result], *arguments: object) -> Reply[Result]:
        """Run a function in one of the threads."""
        return self._pool.submit(function, *arguments)

    def close(self) -> None:
        """Wait for what has begun; what has not never begins."""
        self._pool.shutdown(wait=True, cancel_futures=True)
