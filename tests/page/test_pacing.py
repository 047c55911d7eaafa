"""Months are sent as fast as the browser shows them, and no faster."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from test_controller import in_a_loop, opened

from talentmarket.page.browser import app, redrawing
from talentmarket.page.browser.controller import TabController

BREATHS = 0.2  # seconds in which an unhindered clock runs several months


async def months_run(one: TabController, at_least: int) -> int:
    """Months run once it is so many, and nothing more has come for a while."""
    async with asyncio.timeout(30):
        while one.session.month < at_least:
            await asyncio.sleep(0.01)
    await asyncio.sleep(BREATHS)
    return one.session.month


def played_by(watch: Callable[[TabController], Awaitable[None]]) -> TabController:
    """A tab that plays as fast as it can while a made-up browser watches it."""

    async def play(one: TabController) -> None:
        one.clock.set_speed(24)
        one.clock.play()
        app.act(one, {"action": "drawn", "value": one.redrawing.redraws.value})
        await watch(one)
        one.clock.stop()

    one = opened()
    in_a_loop(play, one)
    return one


def test_a_browser_that_shows_nothing_more_gets_no_second_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "PROMPT", 0.0)
    months: list[int] = []

    async def watch(one: TabController) -> None:
        months.append(await months_run(one, 1))
        one.redrawing.has_shown(one.redrawing.redraws.value)
        months.append(await months_run(one, 2))

    played_by(watch)
    assert months == [1, 2]


def test_a_prompt_browser_has_one_more_under_way() -> None:
    months: list[int] = []

    async def watch(one: TabController) -> None:
        months.append(await months_run(one, 2))

    played_by(watch)
    assert months == [2]


def test_a_browser_that_has_gone_is_not_waited_for_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrawing, "PATIENCE", 0.02)

    async def watch(one: TabController) -> None:
        assert one.clock.task is not None
        await one.clock.task

    assert played_by(watch).session.month == 6


def test_charts_are_seldom_drawn_on_a_slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(redrawing.time, "monotonic", lambda: now[0])
    one, shown = redrawing.Redrawing(), object()
    one.redraw(shown, still=False)
    now[0] += 1.0  # what a month takes on this line
    one.has_shown(one.redraws.value)
    drawn = []
    for _ in range(8):
        one.redraw(shown, still=False)
        drawn.append(one.charts)
        now[0] += 1.0
        one.has_shown(one.redraws.value)
    assert drawn == [1, 1, 1, 2, 2, 2, 2, 3]  # once in four seconds
    one.redraw(shown, still=True)
    assert one.charts == 4
