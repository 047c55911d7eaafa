"""A tab without a browser: what its buttons do, and what it says when something breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import solara

from talentmarket.errors import ScenarioError
from talentmarket.page.address import Opening
from talentmarket.page.browser import app, parts
from talentmarket.page.browser.clock import SPEEDS
from talentmarket.page.browser.controller import TabController
from talentmarket.page.browser.run_b import RunB
from talentmarket.page.choices import Choices, choices_for
from talentmarket.page.panels.sides import sides_of
from talentmarket.page.panels.twins import twins_of
from talentmarket.page.session import Session, Setup

CHOICES = choices_for("meta_raid")
SMALL = {"population.scale": 0.02, "run.months": 6}
USUAL_COST = CHOICES.loaded("meta_raid").choice.switching_cost


def in_a_loop(play: Callable[[TabController], Awaitable[None]], one: TabController) -> None:
    """Run a coroutine of a controller in an event loop of its own, beside whatever loop another test has left running."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, play(one)).result(timeout=300)


def opened(**more) -> TabController:
    return TabController(CHOICES, Opening(Setup("meta_raid", SMALL), **more))


def test_play_ends_with_the_run_and_finish_gets_there_at_once() -> None:
    async def played(one: TabController) -> None:
        one.clock.set_speed(24)
        one.clock.play()
        assert one.clock.mode == "playing"
        await one.clock.task

    one = opened(month=3)
    in_a_loop(played, one)
    assert (one.clock.mode, one.session.month) == ("over", 6)

    async def finished(other: TabController) -> None:
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
    one.change("population.loyalty_mean", 7.0)
    assert one.session is before
    assert "loyalty_mean" in one.message
    one.change("population.scale", 5.0)  # nothing that can be turned here
    assert one.session is before


@pytest.mark.parametrize("wanted", ["", "-1", "1.5", "99999999999", "seven"])
def test_a_seed_that_cannot_be_is_refused_in_words(wanted: str) -> None:
    one = opened()
    before = one.session
    one.set_seed(wanted)
    assert one.session is before
    assert "whole number from 0 to 4,294,967,295" in one.message


def test_the_present_run_is_kept_as_b_while_the_sliders_act_on_a() -> None:
    path, other = "population.loyalty_mean", "choice.switching_cost"

    async def turned(one: TabController) -> None:
        one.change(path, 0.2)
        one.open("compare")
        assert one.run_b.setup == Setup("meta_raid")  # as loaded, since A is changed
        one.keep_as_b()
        assert one.run_b.setup == Setup("meta_raid", {**SMALL, path: 0.2})
        one.change(other, 1.0)
        one.set_seed("9")
        one.clock.finish()
        await one.clock.task

    one = opened()
    in_a_loop(turned, one)
    a, b = one.session, one.run_b.session
    assert b is not None
    assert (a.month, b.month) == (6, 6)
    assert (a.scenario.run.seed, b.scenario.run.seed) == (9, 9)
    assert (a.scenario.choice.switching_cost, b.scenario.choice.switching_cost) == (1.0, USUAL_COST)
    assert a.scenario.population.loyalty_mean == b.scenario.population.loyalty_mean == 0.2
    assert not sides_of(a, b, CHOICES)["same"]
    assert twins_of(a, b).size > 0
    one.compare_with("meta_raid")
    assert one.run_b.setup == Setup("meta_raid")
    one.keep_as_b()
    assert sides_of(one.session, one.run_b.session, CHOICES)["same"]
    one.compare_with_loaded()
    assert one.run_b.setup == Setup("meta_raid")


def test_both_sides_are_told_with_what_is_changed() -> None:
    one = Session(Setup("meta_raid", {"population.loyalty_mean": 0.2, "choice.switching_cost": 1.0}), CHOICES)
    other = Session(Setup("meta_raid"), CHOICES)
    told = sides_of(one, other, CHOICES)
    assert told["a"] == f"{CHOICES.titles['meta_raid']}, 2 changed"
    assert told["a_changes"] == [
        "Loyalty, mean: 20\xa0% instead of 60\xa0%",
        f"Cost of moving: 1 instead of {USUAL_COST:g}",
    ]
    assert (told["b"], told["b_changes"], told["is_loaded"]) == (CHOICES.titles["meta_raid"], [], True)
    told = sides_of(other, one, CHOICES)
    assert (told["key"], told["b"], told["is_loaded"]) == ("", f"{CHOICES.titles['meta_raid']}, 2 changed", False)
    assert told["alike"]


def test_what_has_no_slider_is_told_with_what_is_changed_too() -> None:
    changed = {
        "culture.mercenary_strain": 0.4,
        "labs.Meta.growth": 0.25,
        "campaigns.Meta on OpenAI.tiers.top.total": 100.0,
    }
    one, other = Session(Setup("meta_raid", changed), CHOICES), Session(Setup("classroom"), CHOICES)
    told = sides_of(one, other, CHOICES)
    assert told["a_changes"] == [
        "Size of the package, top: 100\xa0M$ instead of 300\xa0M$",
        "How much people who come for money harm a culture: 0.4 instead of 0",
        "The growth that labs aim at (Meta): 0.25 instead of 0",
    ]
    assert not told["alike"]  # 300 people and 25,885


def test_what_nobody_chose_to_compare_with_goes_with_the_scenario() -> None:
    one = TabController(CHOICES, Opening(Setup("meta_raid")))
    one.open("compare")
    assert (one.run_b.setup, one.run_b.chosen) == (Setup("baseline"), False)
    one.choose("classroom")
    (path,) = one.run_b.setup.changed
    assert one.run_b.setup == Setup("classroom", {path: 0})
    one.compare_with("fair_response")
    one.choose("meta_raid")
    assert (one.run_b.setup, one.run_b.chosen) == (Setup("fair_response"), True)


def test_an_engine_that_breaks_is_said_in_words(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def broken(self: Session, goal: int, seconds: float) -> None:
        raise ZeroDivisionError("made up")

    async def played(one: TabController) -> None:
        one.clock.play()
        await one.clock.task

    one = opened()
    monkeypatch.setattr(Session, "advance", broken)
    in_a_loop(played, one)
    assert one.clock.mode == "paused"
    assert "Something went wrong (ZeroDivisionError: made up)" in one.message
    assert "made up" in capsys.readouterr().err


def test_a_tab_that_goes_in_the_middle_of_a_month_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    async def played(one: TabController) -> None:
        one.clock.play()
        await one.clock.task

    one = opened()

    def gone(self: Session, goal: int, seconds: float) -> None:
        one.clock.task = None  # as from another thread, whose cancelling comes after the month
        one.close()
        raise AttributeError("'TalentMarket' object has no attribute 'replicate'")

    monkeypatch.setattr(Session, "advance", gone)
    in_a_loop(played, one)
    assert one.message == ""
    assert capsys.readouterr().err == ""


def test_a_view_that_cannot_be_drawn_leaves_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict] = []
    monkeypatch.setattr(app, "TabController", lambda *_: opened())
    monkeypatch.setattr(
        parts, "Bar", lambda state_json, event_do: shown.append(json.loads(state_json)) or solara.Text("")
    )

    def broken(*_: object) -> None:
        raise ValueError("no picture")

    monkeypatch.setattr("talentmarket.page.browser.views.stage_of", broken)
    _, context = solara.render(app.Page(), handle_error=False)
    context.close()
    assert "could not be drawn (ValueError: no picture)" in shown[-1]["message"]


def test_a_market_that_cannot_be_opened_is_said_with_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict] = []

    def broken(*_: object, **__: object) -> None:
        raise ScenarioError(["my.toml, line 3: made up"])

    monkeypatch.setattr(Session, "__init__", broken)
    monkeypatch.setattr(parts, "Failure", lambda state_json: shown.append(json.loads(state_json)) or solara.Text(""))
    _, context = solara.render(app.Page(), handle_error=False)
    context.close()
    assert "my.toml, line 3: made up" in shown[-1]["message"]
    assert ["baseline", CHOICES.titles["baseline"]] in shown[-1]["others"]


def test_a_message_goes_with_the_next_thing_that_is_done() -> None:
    one = opened()
    app.act(one, {"action": "seed", "value": "x"})
    assert one.message
    app.act(one, {"action": "drawn", "value": 1})
    assert one.message
    app.act(one, {"action": "step"})
    assert not one.message


def test_going_back_brings_the_scenario_the_changes_and_the_view_of_before() -> None:
    async def went(one: TabController) -> None:
        one.session.advance(2, float("inf"))
        before = one.address
        one.open("compare")
        one.session.advance(4, float("inf"))
        one.go(f"?{before}")
        assert (one.tab, one.session.month) == ("market", 4)  # the view, not the time
        one.choose("baseline")
        one.go(f"?{before}")
        await one.clock.task
        assert (one.session.setup.key, one.tab, one.session.month) == ("meta_raid", "market", 2)

    one = TabController(CHOICES, Opening(Setup("meta_raid", {"population.loyalty_mean": 0.3})))
    in_a_loop(went, one)
    assert dict(one.session.setup.changed) == {"population.loyalty_mean": 0.3}


def test_b_is_what_a_extends_unless_something_is_chosen(tmp_path) -> None:
    for key, usual in (("meta_raid", "baseline"), ("team_moves", "meta_raid"), ("compute_alone", "baseline")):
        assert RunB(CHOICES).default(Session(Setup(key), CHOICES)) == Setup(usual)
    assert RunB(CHOICES).default(Session(Setup("baseline"), CHOICES)).key != "baseline"
    (tmp_path / "base.toml").write_text('extends = "team_moves"\ntitle = "Base"\n')
    mine = tmp_path / "mine.toml"
    mine.write_text('extends = "base.toml"\ntitle = "Mine"\n')
    assert choices_for(str(mine)).extended("file") == "team_moves"
    mine.write_text('extends = "none"\n')
    assert Choices("file", str(mine), {"file": "Mine"}).extended("file") == ""


def test_b_of_a_raid_on_other_people_than_those_it_extends_is_the_same_market_without_it() -> None:
    a = Session(Setup("classroom"), CHOICES)
    b = Session(RunB(CHOICES).default(a), CHOICES)
    for one in (a, b):
        one.advance(12, float("inf"))
    assert b.scenario.researchers == a.scenario.researchers
    assert len(a.won()) > len(b.won()) == 0


def test_actions_that_are_none_are_passed_over() -> None:
    one = opened()
    for data in ({}, {"action": "explode"}, {"action": "seed", "value": "x"}, {"action": "speed", "value": 10**9}):
        app.act(one, data)
    assert one.session.month == 0
    assert one.clock.speed in SPEEDS
