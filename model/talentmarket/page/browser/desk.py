"""What one tab does: one session, one loop that steps, redraws and waits, and the buttons that steer it.

Everything runs in the tab's own event loop: the loop of `_run` and the handlers of the buttons take turns and never
meet inside a month. When the tab closes, its event loop ends and `_run` with it.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import solara

from talentmarket.errors import ScenarioError
from talentmarket.page.choices import Choices
from talentmarket.page.session import Session, Setup

BUDGET = 0.08  # seconds of computing before the buttons are heard again
BREATH = 0.012  # seconds in which they are heard
SPEEDS = (1, 2, 4, 8, 15)  # months a second
MOST_SEED = 2**32 - 1


class Desk:
    """A tab's session and its clock.

    Attributes
    ----------
    session : Session
        What is shown; Reset and every change of a parameter make a new one.
    redraws : solara.Reactive
        Counts redraws; a component that reads it is drawn anew with every month.
    message : solara.Reactive
        What went wrong, in words; empty if nothing did.
    """

    def __init__(self, choices: Choices, setup: Setup, month: int = 0) -> None:
        self.choices = choices
        self.session = Session(setup, choices)
        self.playing = False
        self.goal: int | None = None
        self.speed = SPEEDS[2]
        self.redraws = solara.reactive(0)
        self.message = solara.reactive("")
        self._task: asyncio.Task[None] | None = None
        if month:
            self.session.advance(month, float("inf"))

    @property
    def mode(self) -> str:
        """`running` to a month, `playing`, `over` or `paused`."""
        if self.goal is not None:
            return "running"
        return "playing" if self.playing else "over" if self.session.over else "paused"

    def redraw(self) -> None:
        """Draw the present month in the browser."""
        self.redraws.value += 1

    def step(self) -> None:
        """Run one month."""
        self.playing, self.goal = False, None
        self.session.advance(self.session.month + 1, 0.0)
        self.redraw()

    def play(self) -> None:
        """Go on month by month."""
        self.playing, self.goal = not self.session.over, None
        self._go()

    def pause(self) -> None:
        """Stop where it is; also cancels Run to the end."""
        self.playing, self.goal = False, None
        self.redraw()

    def finish(self) -> None:
        """Run to the end, as fast as it goes."""
        self.playing, self.goal = False, self.session.months
        self._go()

    def reset(self) -> None:
        """Back to month 0 of the scenario as it was loaded, with its own seed and parameters."""
        self.playing, self.goal = False, None
        self._renew(Setup(self.session.setup.key))

    def rewind(self) -> None:
        """Back to month 0, with the changed parameters and the seed."""
        self.playing, self.goal = False, None
        self._renew(self.session.setup)

    def choose(self, key: str) -> None:
        """Show another scenario, from month 0, with its own seed and parameters."""
        self.playing, self.goal = False, None
        if key in self.choices.titles:
            self._renew(Setup(key))

    def sow(self, seed: int) -> None:
        """Take another seed: the same scenario with other luck, run to the present month."""
        self._replay(replace(self.session.setup, seed=min(max(seed, 0), MOST_SEED)))

    def change(self, path: str, value: float) -> None:
        """Set a parameter and run to the present month again: the same luck under another rule."""
        changed = {key: each for key, each in self.session.setup.changed.items() if key != path}
        loaded = next((one.loaded for one in self.session.sliders if one.path == path), None)
        if loaded is None:
            return
        if value != loaded:
            changed[path] = type(loaded)(value)
        self._replay(replace(self.session.setup, changed=changed))

    def close(self) -> None:
        """Stop the loop; the tab has gone."""
        self.playing, self.goal = False, None
        if self._task is not None:
            self._task.cancel()

    def _replay(self, setup: Setup) -> None:
        month = self.session.month if self.goal is None else self.goal
        if self._renew(setup) and month:
            self.goal = month
            self._go()

    def _renew(self, setup: Setup) -> bool:
        """A new session; if the scenario is wrong, the old one stays and the message says why."""
        try:
            self.session = Session(setup, self.choices)
            self.message.value = ""
        except ScenarioError as error:
            self.message.value = str(error)
            self.redraw()
            return False
        self.redraw()
        return True

    def _go(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
        self.redraw()

    async def _run(self) -> None:
        """Step, redraw, wait, until paused or over."""
        while self.goal is not None or self.playing:
            started = time.monotonic()
            self._advance()
            self.redraw()
            pace = 1.0 / self.speed if self.playing and self.goal is None else 0.0
            await asyncio.sleep(max(BREATH, pace - (time.monotonic() - started)))

    def _advance(self) -> None:
        if self.goal is None:
            self.session.advance(self.session.month + 1, BUDGET)
        else:
            self.session.advance(self.goal, BUDGET)
            if self.session.month >= min(self.goal, self.session.months):
                self.goal = None
        if self.session.over:
            self.playing = False
