"""How time passes in a tab: one loop that steps, redraws and waits, and the buttons that steer it.

Everything runs in the tab's own event loop: the loop of `_run` and the handlers of the buttons take turns and never
meet inside a month. When the tab closes, its event loop ends and `_run` with it.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Protocol

from talentmarket.page.session import Session

BUDGET = 0.08  # seconds of computing before the buttons are heard again
BREATH = 0.012  # seconds in which they are heard
LATE = 0.05  # seconds of delay that the clock makes up for
STORY = 0  # the speed that dwells on the months of a raid
SPEEDS = (STORY, 1, 2, 4, 8, 16, 24)  # months a second, or the story
BRISK = 0.25  # seconds for a month of the story without a raid
DWELL, LONGEST_RAID = 2.5, 12.0  # seconds for a month of a raid, and for the whole of one that is long


class Driven(Protocol):
    """What a clock drives."""

    session: Session

    def advance(self, goal: int, seconds: float) -> None:
        """Run to a month, or as far as the time allows, at least one month."""

    def redraw(self) -> None:
        """Show the present month."""

    async def until_shown(self) -> None:
        """Wait until the browser has shown what was drawn last."""

    def ended(self) -> None:
        """Do what follows when the last month has been reached."""

    def fail(self, error: Exception) -> None:
        """Say that something went wrong."""


class Clock:
    """Steps a tab's session month by month.

    Attributes
    ----------
    playing : bool
        Whether it goes on by itself, `speed` months a second.
    goal : int or None
        The month to which it runs as fast as it goes.
    until : int or None
        The month at which it stops playing.
    task : asyncio.Task or None
        The loop, once it has been started.
    """

    def __init__(self, driven: Driven) -> None:
        self._driven = driven
        self.playing = False
        self.goal: int | None = None
        self.until: int | None = None
        self.speed = STORY
        self.task: asyncio.Task[None] | None = None
        self._nudged: asyncio.Event | None = None
        self._closed = False

    @property
    def mode(self) -> str:
        """`running` to a month, `playing`, `over` or `paused`."""
        if self.goal is not None:
            return "running"
        return "playing" if self.playing else "over" if self._driven.session.over else "paused"

    @property
    def moving(self) -> bool:
        """Whether months pass by themselves."""
        return self.mode in ("playing", "running")

    @property
    def pace(self) -> float:
        """Seconds for which the present month stays while it plays."""
        if self.speed != STORY:
            return 1.0 / self.speed
        return max([BRISK, *(min(DWELL, LONGEST_RAID / raid.months) for raid in self._driven.session.raids_now)])

    def set_speed(self, speed: int) -> None:
        """Take another speed: months a second, or `STORY`. It acts at once."""
        self.speed = speed
        self._nudge()
        self._driven.redraw()

    def step(self) -> None:
        """Run one month."""
        self.stop()
        self._driven.advance(self._driven.session.month + 1, 0.0)
        self._driven.redraw()
        if self._driven.session.over:
            self._driven.ended()

    def play(self) -> None:
        """Go on month by month."""
        self.playing, self.goal, self.until = not self._driven.session.over, None, None
        self._go()

    def play_until(self, month: int) -> None:
        """Go on month by month as far as a month."""
        self.play()
        self.until = month

    def pause(self) -> None:
        """Stop where it is, and show that; also cancels Run to the end."""
        self.stop()
        self._driven.redraw()

    def finish(self) -> None:
        """Run to the end, as fast as it goes."""
        self.playing = False
        self.run_to(self._driven.session.months)

    def run_to(self, month: int) -> None:
        """Run to a month, as fast as it goes; if it was playing, it plays on from there."""
        self.goal = month
        self._go()

    def stop(self) -> None:
        """Stop where it is."""
        self.playing, self.goal, self.until = False, None, None
        self._nudge()

    def close(self) -> None:
        """End the loop; the tab has gone."""
        self._closed = True
        self.stop()
        if self.task is not None:
            self.task.cancel()

    def _go(self) -> None:
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._run())
        self._nudge()
        self._driven.redraw()

    async def _run(self) -> None:
        """Step, redraw, wait, until paused or over."""
        due = time.monotonic()
        self._nudged = asyncio.Event()
        try:
            while self.goal is not None or self.playing:
                self._advance()
                self._driven.redraw()
                pace = self.pace if self.playing and self.goal is None else 0.0
                due = max(due + pace, time.monotonic() - LATE)
                await asyncio.sleep(BREATH)
                await self._driven.until_shown()
                await self._wait(due - time.monotonic())
                due = min(due, time.monotonic())  # a button that was pressed has ended the wait
            if self._driven.session.over:
                self._driven.ended()
        except Exception as error:  # whatever it was, the page says so and stays alive
            if not self._closed:  # a tab that goes takes its market along, also from under a month that is being run
                self._driven.fail(error)

    async def _wait(self, seconds: float) -> None:
        """Wait so long, or until a button is pressed."""
        if self._nudged is None or seconds <= 0.0:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nudged.wait()
        self._nudged.clear()

    def _nudge(self) -> None:
        if self._nudged is not None:
            self._nudged.set()

    def _advance(self) -> None:
        session = self._driven.session
        self._driven.advance(session.month + 1 if self.goal is None else self.goal, BUDGET)
        if self.goal is not None and session.month >= min(self.goal, session.months):
            self.goal = None
        if session.over or (self.until is not None and session.month >= self.until):
            self.playing, self.until = False, None
