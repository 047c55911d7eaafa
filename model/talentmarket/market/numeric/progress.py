"""What the compiler is at: each function that Python calls, as it is compiled."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from numba.core import event

from talentmarket.market.numeric import linking


class _Watch(event.Listener):
    """Tells of each function that was compiled whole, not of the rules that are linked into it."""

    def __init__(self, tell: Callable[[str, float], None]) -> None:
        self._tell = tell
        self._begun: dict[str, float] = {}

    def on_start(self, event: Any) -> None:
        """Remember when a function's turn began."""
        self._begun.setdefault(event.data["dispatcher"].__name__, time.monotonic())

    def on_end(self, event: Any) -> None:
        """Tell how long it took."""
        dispatcher = event.data["dispatcher"]
        if not isinstance(dispatcher, linking.Rule) and dispatcher.__module__.startswith("talentmarket."):
            self._tell(dispatcher.__name__, time.monotonic() - self._begun.pop(dispatcher.__name__))


def watch_compiler(tell: Callable[[str, float], None]) -> None:
    """From now on, tell the name and the seconds of each function that was compiled whole."""
    event.register("numba:compile", _Watch(tell))
