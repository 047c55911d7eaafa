"""The processes that another has started, some of which end while one looks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import psutil


def descendants(pid: int | None = None) -> dict[int, psutil.Process]:
    """What a process, this one by default, has started and is not over, without what lives as long as Python does."""
    return {each.pid: each for each, _, line in _living(pid) if "resource_tracker" not in line}


def workers(pid: int | None = None) -> dict[int, psutil.Process]:
    """Those of them that run the tasks of a cluster: spawned, and with no child of their own."""
    living = list(_living(pid))
    parents = {parent for _, parent, _ in living}
    return {each.pid: each for each, _, line in living if "spawn_main" in line and each.pid not in parents}


def _living(pid: int | None) -> Iterator[tuple[psutil.Process, int, str]]:
    """Processes, their parents and how they were started; none that is over, be it this very moment."""
    for each in psutil.Process(pid or os.getpid()).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # which a zombie is too
            yield each, each.ppid(), " ".join(each.cmdline())
