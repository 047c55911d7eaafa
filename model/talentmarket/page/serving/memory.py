"""Gives memory back to the machine once a tab has gone.

A tab is a ring of components, widgets and markets that hold each other. Python collects such rings ever more seldom, the
more else there is, and the C library keeps what becomes free between pieces that are still in use. Without this a server
that has had a hundred visitors holds a hundred markets' memory.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from threading import Lock, Timer

from solara.server.kernel_context import without_context

SETTLED = 2.0  # seconds after which a tab that is closing is closed; whoever closes meanwhile is waited for too


class Memory:
    """What the server gives back when its visitors leave."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._due: Timer | None = None

    def keep(self) -> None:
        """Take all that there is now for the server's own, which need not be looked through when a visitor leaves."""
        gc.collect()
        gc.freeze()

    def give_back_soon(self) -> None:
        """Give back what is free once the tabs that are closing are closed."""
        with self._lock:
            if self._due is not None:
                self._due.cancel()
            with without_context():  # a thread that belonged to the tab would keep it until the next one leaves
                self._due = Timer(SETTLED, give_back)
                self._due.daemon = True
                self._due.start()


def give_back() -> None:
    """Collect rings of what nobody holds, and give free memory back; where the C library knows no such call, only the first."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
