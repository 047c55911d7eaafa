"""The processes of a cluster that another process has started, some of which end while one looks."""

from __future__ import annotations

import os
from contextlib import suppress

import psutil


def workers(pid: int | None = None) -> dict[int, psutil.Process]:
    """Those that a process, this one by default, has spawned, that have no child of their own and are not over."""
    spawned, parents = {}, set()
    for each in psutil.Process(pid or os.getpid()).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # ended this very moment; a zombie is told as such too
            parents.add(each.ppid())
            if "spawn_main" in " ".join(each.cmdline()):
                spawned[each.pid] = each
    return {key: each for key, each in spawned.items() if key not in parents}
