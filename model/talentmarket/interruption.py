"""Ctrl+C, SIGTERM and SIGHUP at any moment: one line on what is kept, and the exit code of the signal.

The first signal raises `Interrupted`, so that everything on the way out puts its things in order. What that does not
reach within a few seconds (the engine compiles, a thread is in the midst of a replicate) is left as after a kill, which
the next command mends. Imports nothing heavy: it is there before anything else is imported.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import NoReturn

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
SECONDS_TO_TIDY = 3.0
NOTHING_KEPT = "nothing of this command is kept; the same command begins anew"

_came: list[int] = []
_told: list[Callable[[], str]] = []


class Interrupted(BaseException):
    """A signal ends the program; no KeyboardInterrupt, which others catch and turn into something else."""


@contextmanager
def keeping(told: Callable[[], str]) -> Iterator[None]:
    """While the block runs, an interruption is told with these words, made when it comes (and importing nothing)."""
    _told.append(told)
    yield
    _told.remove(told)  # not on the way out of an interruption: these are its last words


def _end(number: int) -> NoReturn:
    """Say what is kept and end at once: threads that still work would hold up an ordinary end."""
    text = NOTHING_KEPT
    if _told:
        with suppress(Exception):
            text = _told[-1]()
    with suppress(OSError):  # not by print, whose lock whoever was interrupted may hold
        os.write(2, f"Interrupted: {text}.\n".encode(sys.stderr.encoding or "utf-8", "replace"))
    os._exit(128 + number)


def _end_in_time(number: int) -> None:
    time.sleep(SECONDS_TO_TIDY)
    _end(number)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _came:
        _end(number)
    _came.append(number)
    _thread.start_new_thread(_end_in_time, (number,))  # `threading` has locks that whoever was interrupted may hold
    raise Interrupted(number)


def _unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    """Python swallows what is raised while it clears up; the end comes all the same."""
    if not isinstance(unraisable.exc_value, Interrupted):
        sys.__unraisablehook__(unraisable)


def _uncaught(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    """A signal that comes just before the block begins, or just after it, has nobody else to catch it."""
    if issubclass(kind, Interrupted):
        end_if_interrupted()
    sys.__excepthook__(kind, value, trace)


def end_if_interrupted() -> None:
    """End the program if an interruption is under way: an import turns it into an error of its own."""
    if _came:
        _end(_came[0])


@contextmanager
def caught() -> Iterator[None]:
    """Catch signals from now on; one that comes in the block ends the program."""
    sys.unraisablehook, sys.excepthook = _unraisable, _uncaught
    try:
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, _interrupt)
        yield
    finally:
        end_if_interrupted()
