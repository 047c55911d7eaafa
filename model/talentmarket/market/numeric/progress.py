"""What the compiler is at: a word before its first minute, and each function that Python calls, as it is compiled."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numba
from numba.core import event

from talentmarket.caches import forget_unused
from talentmarket.market.numeric import linking
from talentmarket.market.numeric.compiled import CACHE_FOLDER


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


def _to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def say_if_compiling(say: Callable[[str], None] = _to_standard_error) -> None:
    """Say that the first run on a machine takes a minute longer, and then what each function took; else nothing."""
    if not CACHE_FOLDER.is_dir() and not numba.config.DISABLE_JIT:
        say("Compiling the engine: about a minute, and only the first time.")
        forget_unused(CACHE_FOLDER)
        watch_compiler(lambda name, seconds: say(f"  {name}: {seconds:.0f} s"))
