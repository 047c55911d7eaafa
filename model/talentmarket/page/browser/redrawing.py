"""What is drawn anew, and when: every month the page, a few times a second its charts, the rest when it changes.

No month is sent before the browser has shown the last one: what queues up on a slow line would be shown long after
Pause was pressed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import solara

CHART_SECONDS = 0.25  # between two redraws of the charts while the market moves
CHART_SHARE = 4.0  # on a slow line, as many times as long as the last redraw took to be shown
PROMPT = 0.3  # seconds; a browser that shows a redraw within them may have one more under way
PATIENCE = 20.0  # seconds in which a browser that has gone, or is asleep, is waited for


class Redrawing:
    """Counts redraws, and keeps what need not be drawn anew.

    Attributes
    ----------
    redraws : solara.Reactive
        Counts redraws; a component that reads it is drawn anew with every month.
    charts : int
        Counts redraws of the charts, which cost a browser more than all the rest.
    """

    def __init__(self) -> None:
        self.redraws = solara.reactive(0)
        self.charts = 0
        self._latest_shown = -1
        self._shown_now = asyncio.Event()
        self._sent: dict[int, float] = {}
        self._slowness = 0.0
        self._shown: object = None
        self._when = 0.0
        self._kept: dict[str, tuple[tuple[object, ...], Any]] = {}

    def redraw(self, shown: object, still: bool) -> None:
        """Draw the page; the charts too if nothing moves, if they show something else than `shown`, or if it is time."""
        now = time.monotonic()
        pause = max(CHART_SECONDS, CHART_SHARE * self._slowness)
        if still or now - self._when >= pause or self._shown is not shown:
            self._when, self._shown = now, shown
            self.charts += 1
        self._sent[self.redraws.peek() + 1] = now
        self.redraws.value += 1

    def has_shown(self, number: int) -> None:
        """The browser has shown a redraw, and with it all before."""
        self._latest_shown = max(self._latest_shown, number)
        if number in self._sent:
            self._slowness = time.monotonic() - self._sent[number]
        self._sent = {later: when for later, when in self._sent.items() if later > number}
        self._shown_now.set()

    async def until_shown(self) -> None:
        """Wait until the browser has shown the latest redraw, or the last but one if it is prompt.

        A browser that has never said that it has shown anything is not waited for, and no browser forever.
        """
        number = self.redraws.peek() - (1 if self._slowness < PROMPT else 0)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while 0 <= self._latest_shown < number:
                    self._shown_now.clear()
                    await self._shown_now.wait()

    def kept(self, name: str, tokens: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """What `make` gave when the tokens were last the same objects or equal; what is drawn seldom is not made anew."""
        if name not in self._kept or self._kept[name][0] != tokens:
            self._kept[name] = (tokens, make())
        return self._kept[name][1]
