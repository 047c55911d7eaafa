"""Months are sent as fast as the browser shows them, and no faster."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from test_controller import CHOICES, in_a_loop, opened

from talentmarket.page.address import Opening
from talentmarket.page.browser import app, clock, redrawing
from talentmarket.page.browser.controller import TabController
from talentmarket.page.browser.views import market_of
from talentmarket.page.session import Setup

BREATHS = 0.2  # seconds in which an unhindered clock runs several months


async def months_run(one: TabController, at_least: int) -> int:
    """Months run once it is so many, and nothing more has come for a while."""
    async with asyncio.timeout(120):
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


def paces(one: TabController) -> list[float]:
    """For how many seconds each month from 0 on stays."""
    told = [one.clock.pace]
    while not one.session.over:
        one.session.advance(one.session.month + 1, 0.0)
        told.append(one.clock.pace)
    return told


def test_the_story_dwells_on_the_months_of_a_raid_and_any_other_speed_is_what_it_says() -> None:
    one = opened()
    raid = one.session.scenario.campaigns[0]
    in_raid = [raid.start <= month < raid.start + raid.months for month in range(one.session.months + 1)]
    assert paces(one) == [clock.DWELL if each else clock.BRISK for each in in_raid]
    assert clock.DWELL * raid.months < clock.LONGEST_RAID
    one = opened()
    one.clock.set_speed(8)
    assert set(paces(one)) == {1 / 8}


def test_a_long_raid_is_told_in_as_many_seconds_as_it_may_take() -> None:
    small = {"population.scale": 0.02, "run.months": 30}
    one = TabController(CHOICES, Opening(Setup("chief_scientist", small)))
    raid = one.session.scenario.campaigns[0]
    assert raid.months > clock.LONGEST_RAID / clock.DWELL
    slow = [each for each in paces(one) if each > clock.BRISK]
    assert len(slow) == raid.months
    assert sum(slow) == pytest.approx(clock.LONGEST_RAID)


def test_a_button_acts_at_once_on_a_month_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "DWELL", 1000.0)
    monkeypatch.setattr(clock, "LONGEST_RAID", 10_000.0)
    stayed: list[int] = []

    async def hurried(one: TabController) -> None:
        one.clock.play()
        stayed.append(await months_run(one, 4))
        one.clock.set_speed(24)
        assert one.clock.task is not None
        async with asyncio.timeout(120):
            await one.clock.task

    one = opened(month=3)
    in_a_loop(hurried, one)
    assert stayed == [4]
    assert one.clock.mode == "over"

    async def paused(one: TabController) -> None:
        one.clock.play()
        stayed.append(await months_run(one, 4))
        one.clock.pause()
        assert one.clock.task is not None
        async with asyncio.timeout(120):
            await one.clock.task

    one = opened(month=3)
    in_a_loop(paused, one)
    assert (stayed, one.session.month, one.clock.mode) == ([4, 4], 4, "paused")


def test_only_a_slow_month_shows_its_offer_weighed() -> None:
    one = opened(month=4)
    assert '"moving":false,"slow":false' in market_of(one)["raids"]
    one.clock.playing = True
    assert '"moving":true,"slow":true' in market_of(one)["raids"]
    one.clock.set_speed(24)
    assert '"moving":true,"slow":false' in market_of(one)["raids"]
