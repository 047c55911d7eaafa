"""The guided tour of a tab: it plays, asks, answers from the run that is shown, and turns sliders."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.page.address import Opening
from talentmarket.page.browser.controller import TabController
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.session import Session, Setup

CHOICES = choices_for("classroom")
GUESSING = next(number for number, step in enumerate(CHOICES.tour("classroom")) if step.guess)
TURNING = next(number for number, step in enumerate(CHOICES.tour("classroom")) if step.turn)


def opened() -> TabController:
    return TabController(CHOICES, Opening(Setup("classroom")))


def played(one: TabController, *acts) -> None:
    """Do something in an event loop of its own, and let the market play as far as it then does."""

    async def play() -> None:
        one.clock.set_speed(24)
        for act in acts:
            act()
        if one.clock.task is not None:
            await one.clock.task

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, play()).result(timeout=300)


def test_a_step_plays_to_its_month_and_stops_there() -> None:
    one = opened()
    played(one, lambda: one.open_step("1"))
    assert (one.session.month, one.clock.mode) == (CHOICES.tour("classroom")[1].month, "paused")
    assert one.guide.shown(one.session, one.clock.moving)["at"] == 1


def test_a_guess_comes_before_the_answer_and_the_answer_is_that_of_the_run() -> None:
    one = opened()
    played(one, lambda: one.open_step(str(GUESSING)))
    assert one.session.month == one.guide.steps[1].month  # of what the steps before it have told
    assert one.guide.shown(one.session, one.clock.moving)["waiting"]
    assert one.guide.shown(one.session, one.clock.moving)["answer"] == ""
    played(one, lambda: one.guess("12"))
    step = one.guide.steps[GUESSING]
    counted = {each["name"]: each["text"] for group in counters_of(one.session) for each in group["counters"]}
    assert one.session.month == step.month
    assert one.guide.shown(one.session, one.clock.moving)["answer"].startswith(
        f"You said 12. In this run it is {counted[step.reveals]};"
    )


def test_whoever_goes_on_without_a_guess_first_sees_what_comes_of_it() -> None:
    one = opened()
    played(one, lambda: one.open_step(str(GUESSING)))
    played(one, lambda: one.open_step(str(GUESSING + 1)))
    shown = one.guide.shown(one.session, one.clock.moving)
    assert (shown["at"], one.session.month) == (GUESSING, one.guide.steps[GUESSING].month)
    assert shown["answer"].startswith("In this run it is")
    one.open_step(str(GUESSING + 1))
    assert one.guide.at == GUESSING + 1


def test_what_a_step_speaks_of_can_be_played_to_after_a_pause_or_a_reset() -> None:
    one = opened()
    one.guide.open(str(GUESSING))
    one.guide.guess("12")
    shown = one.guide.shown(one.session, one.clock.moving)
    month = one.guide.steps[GUESSING].month
    assert (shown["play_to"], shown["answer"]) == (month, f"The answer comes in month {month}.")
    assert one.guide.shown(one.session, moving=True)["play_to"] == 0
    one.guide.open(str(GUESSING + 1))
    assert one.guide.shown(one.session, one.clock.moving)["play_to"] == month
    played(one, lambda: one.open_step(str(GUESSING + 1)))
    assert one.session.month == month
    assert one.guide.shown(one.session, one.clock.moving)["play_to"] == 0


def test_whoever_goes_back_in_the_tour_sees_the_market_of_then() -> None:
    one = opened()
    played(one, lambda: one.open_step(str(GUESSING)), lambda: one.guess("12"))
    assert one.session.month == one.guide.steps[GUESSING].month
    played(one, lambda: one.open_step("1"))
    assert one.session.month == one.guide.steps[1].month
    played(one, lambda: one.open_step(str(GUESSING)))  # whose question is answered
    assert one.session.month == one.guide.steps[GUESSING].month


def test_a_turn_is_offered_and_told_once_it_is_done() -> None:
    one = opened()
    one.guide.open(str(TURNING))
    turn = one.guide.shown(one.session, one.clock.moving)["turn"]
    assert not turn["done"]
    one.change(turn["path"], turn["to"])
    assert one.guide.shown(one.session, one.clock.moving)["turn"]["done"]
    assert one.session.setup.changed == {turn["path"]: turn["to"]}


def test_a_turn_asks_about_itself_alone_what_other_steps_turned_goes_back() -> None:
    one = opened()
    last = len(one.guide.steps) - 1
    one.guide.open(str(TURNING))
    one.turn_of_step()
    one.change("choice.switching_cost", 0.5)  # the visitor's own
    one.guide.open(str(last))
    turn = one.guide.shown(one.session, one.clock.moving)["turn"]
    assert "back to 60\xa0%" in turn["words"]
    one.turn_of_step()
    assert one.session.setup.changed == {"choice.switching_cost": 0.5, turn["path"]: turn["to"]}
    assert one.guide.shown(one.session, one.clock.moving)["turn"]["done"]


def test_a_tour_that_is_taken_again_begins_with_the_market_as_it_was() -> None:
    one = opened()
    one.guide.open(str(TURNING))
    one.turn_of_step()
    one.open_step("0")  # back within the tour
    assert one.session.setup.changed
    one.open_step("-1")
    one.open_step("0")
    assert (one.session.month, one.session.setup.changed, one.guide.at) == (0, {}, 0)


def test_what_answers_cost_is_counted_where_there_are_any() -> None:
    paid = []
    for share in (0.0, 1.0):
        one = Session(Setup("classroom", {"labs.OpenAI.response.counter_share": share}), CHOICES)
        one.advance(9, float("inf"))
        counted = {each["name"]: each["value"] for group in counters_of(one) for each in group["counters"]}
        months = one.market.replicate.world.months[: one.month + 1]
        assert counted.get("answers", 0.0) == pytest.approx(months["spend_counters"].sum())
        paid.append(counted.get("answers"))
    assert paid[0] is None
    assert paid[1] > 0.0


@pytest.mark.parametrize("wanted", ["-1", "99", "", "seven", "²"])
def test_what_is_no_step_ends_the_tour(wanted: str) -> None:
    one = opened()
    one.open_step("0")
    one.open_step(wanted)
    assert one.guide.shown(one.session, one.clock.moving) == {"steps": len(one.guide.steps)}


def test_another_scenario_has_its_own_tour_or_none() -> None:
    one = opened()
    one.open_step("0")
    one.choose("transfer_system")
    assert one.guide.shown(one.session, one.clock.moving) == {"steps": 0}


def test_a_page_is_not_opened_with_a_tour_that_is_wrong(tmp_path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[[tour]]\ntext = ""\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match="tour"):
        choices_for(str(file))
