"""A tab without a browser: what its buttons do, and what it says when something breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import solara

from talentmarket.page.address import Opening
from talentmarket.page.browser import app, parts
from talentmarket.page.browser.clock import SPEEDS
from talentmarket.page.browser.desk import Desk
from talentmarket.page.choices import choices_for
from talentmarket.page.session import Session, Setup

CHOICES = choices_for("meta_raid")
SMALL = {"population.scale": 0.02, "run.months": 6}


def in_a_loop(play: Callable[[Desk], Awaitable[None]], one: Desk) -> None:
    """Run a coroutine of a desk in an event loop of its own, beside whatever loop another test has left running."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, play(one)).result(timeout=60)


def opened(**more) -> Desk:
    return Desk(CHOICES, Opening(Setup("meta_raid", SMALL), **more))


def test_play_ends_with_the_run_and_finish_gets_there_at_once() -> None:
    async def played(one: Desk) -> None:
        one.clock.hurry(24)
        one.clock.play()
        assert one.clock.mode == "playing"
        await one.clock.task

    one = opened(month=3)
    in_a_loop(played, one)
    assert (one.clock.mode, one.session.month) == ("over", 6)

    async def finished(other: Desk) -> None:
        other.clock.finish()
        assert other.clock.mode == "running"
        await other.clock.task

    other = opened()
    in_a_loop(finished, other)
    assert (other.clock.mode, other.session.month) == ("over", 6)
    other.rewind()
    assert (other.clock.mode, other.session.month, dict(other.session.setup.changed)) == ("paused", 0, SMALL)
    other.reset()
    assert other.session.setup == Setup("meta_raid")


def test_a_wrong_value_keeps_the_old_market_and_says_why() -> None:
    one = opened()
    before = one.session
    one.change("campaigns.Meta on OpenAI.tiers.top.first_year_share", 0.0001)
    assert one.session is before
    assert "first_year_share" in one.message
    one.change("population.scale", 5.0)  # nothing that can be turned here
    assert one.session is before


def test_an_engine_that_breaks_is_said_in_words(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def broken(self: Session, goal: int, seconds: float) -> None:
        raise ZeroDivisionError("made up")

    async def played(one: Desk) -> None:
        one.clock.play()
        await one.clock.task

    one = opened()
    monkeypatch.setattr(Session, "advance", broken)
    in_a_loop(played, one)
    assert one.clock.mode == "paused"
    assert "Something went wrong (ZeroDivisionError: made up)" in one.message
    assert "made up" in capsys.readouterr().err


def test_a_view_that_cannot_be_drawn_leaves_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict] = []
    monkeypatch.setattr(app, "Desk", lambda *_: opened())
    monkeypatch.setattr(
        parts, "Bar", lambda state_json, event_do: shown.append(json.loads(state_json)) or solara.Text("")
    )

    def broken(*_: object) -> None:
        raise ValueError("no picture")

    monkeypatch.setattr("talentmarket.page.browser.views.stage_of", broken)
    _, context = solara.render(app.Page(), handle_error=False)
    context.close()
    assert "could not be drawn (ValueError: no picture)" in shown[-1]["message"]


def test_actions_that_are_none_are_passed_over() -> None:
    one = opened()
    for data in ({}, {"action": "explode"}, {"action": "seed", "value": "x"}, {"action": "speed", "value": 10**9}):
        app.act(one, data)
    assert one.session.month == 0
    assert one.clock.speed in SPEEDS
