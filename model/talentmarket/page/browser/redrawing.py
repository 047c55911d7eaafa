"""What is drawn anew, and when: every month the page, a few times a second its charts, the rest when it changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import solara

CHART_SECONDS = 0.25  # between two redraws of the charts while the market moves


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
        self._shown: object = None
        self._when = 0.0
        self._kept: dict[str, tuple[tuple[object, ...], Any]] = {}

    def redraw(self, shown: object, still: bool) -> None:
        """Draw the page; the charts too if nothing moves, if they show something else than `shown`, or if it is time."""
        now = time.monotonic()
        if still or now - self._when >= CHART_SECONDS or self._shown is not shown:
            self._when, self._shown = now, shown
            self.charts += 1
        self.redraws.value += 1

    def kept(self, name: str, tokens: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """What `make` gave when the tokens were last the same objects or equal; what is drawn seldom is not made anew."""
        if name not in self._kept or self._kept[name][0] != tokens:
            self._kept[name] = (tokens, make())
        return self._kept[name][1]
