"""What one tab does: one session, one loop that steps, redraws and waits, and the buttons that steer it.

Everything runs in the tab's own event loop: the loop of `_run` and the handlers of the buttons take turns and never
meet inside a month. When the tab closes, its event loop ends and `_run` with it.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from talentmarket.errors import ScenarioError
from talentmarket.page.address import MOST_SEED, TABS, Opening, written
from talentmarket.page.choices import Choices
from talentmarket.page.downloads import KINDS, Download, Run, run_of
from talentmarket.page.session import Session, Setup
from talentmarket.scenario.chain import BASELINE

BUDGET = 0.08  # seconds of computing before the buttons are heard again
BREATH = 0.012  # seconds in which they are heard
LATE = 0.05  # seconds of delay that the clock makes up for
CHART_SECONDS = 0.25  # between two redraws of the charts while the market moves
SPEEDS = (1, 2, 4, 8, 16, 24)  # months a second
NOBODY = -1
MARKET, COMPARE = TABS
NAMED_TABS = ((MARKET, "Market"), (COMPARE, "Compare"))


class Desk:
    """A tab's session and its clock.

    Attributes
    ----------
    session : Session
        What is shown; Reset and every change of a parameter make a new one.
    redraws : solara.Reactive
        Counts redraws; a component that reads it is drawn anew with every month.
    rival : Session or None
        What it is compared with, on the same clock; made when the tab is first opened.
    chosen : int
        Number of the researcher who is inspected, or `NOBODY`.
    tab, lab : str
        The tab that is open, and the lab whose series Compare lays over one another.
    charts, charted : int, Session
        Counts redraws of the charts, which cost a browser more than all the rest; and what they show.
    turns : int
        Counts answers to the sliders: what a user has moved but cannot be is shown as it is again.
    message : str
        What went wrong, in words; empty if nothing did.
    """

    def __init__(self, choices: Choices, opening: Opening) -> None:
        self.choices = choices
        self.session = Session(opening.setup, choices)
        self.playing = False
        self.goal: int | None = None
        self.speed = SPEEDS[2]
        self.redraws = solara.reactive(0)
        self.message = opening.problem
        self.turns = 0
        self.charts = 0
        self.charted: Session | None = None
        self._charted = 0.0
        self.chosen = NOBODY
        self.rival: Session | None = None
        self.tab = MARKET
        self.lab = ""
        self.preparing = ""
        self.ready: Download | None = None
        self._kept: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._task: asyncio.Task[None] | None = None
        self._making: asyncio.Task[None] | None = None
        self.session.advance(opening.month, float("inf"))
        if opening.rival:
            self._face(opening.rival)
        if opening.tab:
            self.open(opening.tab)

    @property
    def mode(self) -> str:
        """`running` to a month, `playing`, `over` or `paused`."""
        if self.goal is not None:
            return "running"
        return "playing" if self.playing else "over" if self.session.over else "paused"

    @property
    def comparing(self) -> bool:
        """Whether Compare is open and has something to compare with."""
        return self.tab == COMPARE and self.rival is not None

    @property
    def address(self) -> str | None:
        """The query string of what is shown; none while it moves, as browsers do not like an address that changes often."""
        if self.mode in ("playing", "running"):
            return None
        rival = self.rival.setup.key if self.rival else ""
        return written(Opening(self.session.setup, self.session.month, self.tab, rival))

    def kept(self, name: str, tokens: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """What `make` gave when the tokens were last the same objects or equal; what is drawn seldom is not made anew."""
        if name not in self._kept or self._kept[name][0] != tokens:
            self._kept[name] = (tokens, make())
        return self._kept[name][1]

    def redraw(self) -> None:
        """Draw the present month in the browser; while it moves, the charts a few times a second only."""
        now = time.monotonic()
        still = self.mode not in ("playing", "running")
        if still or now - self._charted >= CHART_SECONDS or self.charted is not self.session:
            self._charted, self.charted = now, self.session
            self.charts += 1
        self.redraws.value += 1

    def hurry(self, speed: int) -> None:
        """Take another speed, in months a second."""
        self.speed = speed
        self.redraw()

    def step(self) -> None:
        """Run one month."""
        self.playing, self.goal = False, None
        self.session.advance(self.session.month + 1, 0.0)
        self._keep_up()
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

    def inspect(self, who: int) -> None:
        """Show the life of a researcher, or of nobody."""
        known = 0 <= who < self.session.scenario.researchers
        self.chosen = who if known else NOBODY
        self.redraw()

    def open(self, tab: str) -> None:
        """Show another tab; the first time, Compare takes the scenario as loaded, or the baseline, as B."""
        if tab not in TABS:
            return
        self.tab = tab
        if tab == COMPARE and self.rival is None:
            titles = list(self.choices.titles)
            own = self.session.setup.key
            plain = next((key for key in (BASELINE, *titles) if key != own and key in titles), own)
            self._face(own if self.session.setup.changed else plain)
        self._keep_up()
        self.redraw()

    def face(self, key: str) -> None:
        """Compare with another scenario, as loaded, under the same seed."""
        if key in self.choices.titles:
            self._face(key)
            self.redraw()

    def look_at(self, lab: str) -> None:
        """Lay the series of another lab over one another."""
        self.lab = lab
        self.redraw()

    def _face(self, key: str) -> None:
        try:
            setup = Setup(key, seed=self.session.scenario.run.seed)
            before, self.rival = self.rival, Session(setup, self.choices, self.session)
            if before is not None:
                before.close()
            self._keep_up()
        except ScenarioError as error:
            self.message = str(error)

    def download(self, kind: str) -> None:
        """Prepare a file beside the loop, so that the market can go on meanwhile."""
        if kind in KINDS and not self.preparing:
            self.preparing = kind
            self._making = asyncio.get_running_loop().create_task(self._make(kind, run_of(self.session)))
            self.redraw()

    async def _make(self, kind: str, run: Run) -> None:
        try:
            self.ready = await asyncio.to_thread(KINDS[kind][1], run)
        except Exception as error:
            self.fail(error)
        self.preparing = ""
        self.redraw()

    def taken(self) -> None:
        """Forget the file that the browser has."""
        self.ready = None
        self.redraw()

    def close(self) -> None:
        """Stop the loop and give up the markets; the tab has gone."""
        self.playing, self.goal = False, None
        for task in (self._task, self._making):
            if task is not None:
                task.cancel()
        for session in (self.session, self.rival):
            if session is not None:
                session.close()

    def _replay(self, setup: Setup) -> None:
        month = self.session.month if self.goal is None else self.goal
        if self._renew(setup) and month:
            self.goal = month
            self._go()

    def _renew(self, setup: Setup) -> bool:
        """A new session; if the scenario is wrong, the old one stays and the message says why."""
        self.turns += 1
        try:
            before, self.session = self.session, Session(setup, self.choices)
            other = setup.key != before.setup.key
            before.close()
            self.chosen = NOBODY if other else self.chosen
            self.message = ""
            if self.rival is not None:
                self._face(self.rival.setup.key)
        except ScenarioError as error:
            self.message = str(error)
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
        due = time.monotonic()
        try:
            while self.goal is not None or self.playing:
                self._advance()
                self.redraw()
                pace = 1.0 / self.speed if self.playing and self.goal is None else 0.0
                due = max(due + pace, time.monotonic() - LATE)
                await asyncio.sleep(max(BREATH, due - time.monotonic()))
        except Exception as error:  # whatever it was, the page says so and stays alive
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """Stop, and say in words that something went wrong; what exactly goes to the terminal."""
        traceback.print_exception(error)
        self.playing, self.goal, self.preparing = False, None, ""
        self.message = f"Something went wrong ({type(error).__name__}: {error}). Reset starts the scenario again."
        self.redraw()

    def _advance(self) -> None:
        if self.goal is None:
            self.session.advance(self.session.month + 1, BUDGET)
        else:
            self.session.advance(self.goal, BUDGET)
            if self.session.month >= min(self.goal, self.session.months):
                self.goal = None
        self._keep_up()
        if self.session.over:
            self.playing = False

    def _keep_up(self) -> None:
        """The compared run comes along to the same month, while it is looked at."""
        if self.rival is not None and self.tab == COMPARE:
            self.rival.advance(self.session.month, float("inf"))
