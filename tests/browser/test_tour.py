"""The guided tour as a visitor takes it, and large type."""

from __future__ import annotations

import re

import pytest
from served import Visit

from talentmarket.scenario.reading.tours import tour_of

CLASSROOM = "?scenario=classroom"
RINGED = "[...document.querySelectorAll('.tm *')].filter(e => getComputedStyle(e).outlineWidth === '3px' && getComputedStyle(e).outlineOffset === '3px')"


@pytest.fixture
def classroom(served, chromium):
    one = Visit(served, chromium, CLASSROOM)
    yield one
    one.close()
    assert one.complaints == []


def walk_to(page, step: int) -> None:
    """Take the tour as far as a step by its number from 0."""
    page.get_by_role("button", name=re.compile("Take the tour")).click()
    for number in range(step):
        page.get_by_text(f"Step {number + 1} of").wait_for()
        page.locator(".tm-tour footer .main").click()
    page.get_by_text(f"Step {step + 1} of").wait_for()


def test_the_tour_of_the_classroom_from_its_first_step_to_its_last(classroom: Visit) -> None:
    steps = tour_of("classroom")
    page = classroom.page
    page.get_by_label("Months a second").select_option("24")
    page.get_by_role("button", name=re.compile("Take the tour")).click()
    for number, step in enumerate(steps):
        page.get_by_text(f"Step {number + 1} of {len(steps)}").wait_for()
        assert " ".join(step.text.split())[:60] in page.locator(".tm-tour .text").inner_text()
        if step.look:
            page.wait_for_function(f"{RINGED}.length === 1")
        if step.guess:
            page.get_by_label("Your guess").fill("12")
            classroom.press("Play and see")
            classroom.wait_for_month(step.month)
            page.get_by_text("You said 12. In this run it is").wait_for()
        if step.turn:
            page.locator(".tm-tour .acts button").first.click()
            page.get_by_text("Done. ").wait_for()
        page.locator(".tm-tour footer .main").click()
    page.locator(".tm-tour").wait_for(state="detached")
    assert page.evaluate(f"{RINGED}.length") == 0


def test_the_ring_stays_around_a_part_that_changes(classroom: Visit) -> None:
    step = next(number for number, one in enumerate(tour_of("classroom")) if one.look == "list")
    page = classroom.page
    page.get_by_label("Months a second").select_option("24")
    walk_to(page, step)
    ringed = f"{RINGED}.map(e => e.className)"
    page.wait_for_selector(".tm-raid:not(.rushing)")
    assert page.evaluate(ringed) == ["tm-raid"]
    page.get_by_label("Months a second").select_option("1")  # so that it goes on while one looks
    classroom.press("Play")
    page.wait_for_selector(".tm-raid.rushing")
    assert page.evaluate(ringed) == ["tm-raid rushing"]


def test_on_a_phone_what_a_step_points_at_stands_above_the_card(classroom: Visit) -> None:
    steps = tour_of("classroom")
    page = classroom.page
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Months a second").select_option("24")
    page.get_by_role("button", name=re.compile("Take the tour")).click()
    for number, step in enumerate(steps[:5]):
        page.get_by_text(f"Step {number + 1} of {len(steps)}").wait_for()
        if step.look in ("list", "counters"):
            page.wait_for_function(
                f"{RINGED}[0].getBoundingClientRect().bottom <= document.querySelector('.tm-tour').getBoundingClientRect().top"
            )
        if step.guess:
            classroom.press("Just show me")
            page.locator(".tm-tour .answer", has_text="In this run it is").wait_for()
        page.locator(".tm-tour footer .main").click()


def test_a_paused_tour_offers_to_play_on(classroom: Visit) -> None:
    steps = tour_of("classroom")
    step = next(number for number, one in enumerate(steps) if one.guess)
    before = max(one.month for one in steps[:step])
    page = classroom.page
    page.get_by_label("Months a second").select_option("2")
    walk_to(page, step)
    classroom.wait_for_month(before)
    page.get_by_label("Months a second").select_option("1")
    classroom.press("Just show me")
    page.wait_for_function(f"Number(document.querySelector('[data-name=month]').textContent) > {before}")
    assert classroom.pause() < steps[step].month
    page.get_by_label("Months a second").select_option("24")
    classroom.press(f"Play to month {steps[step].month}")
    page.locator(".tm-tour .answer", has_text="In this run it is").wait_for()


def test_large_type_is_larger_and_is_kept(classroom: Visit) -> None:
    page = classroom.page
    before = page.locator("h1").bounding_box()["height"]
    classroom.press("Large type")
    assert page.locator("h1").bounding_box()["height"] > 1.2 * before
    classroom.reload()
    page.wait_for_selector("html.tm-large")
    classroom.press("Large type")
    assert page.locator("html.tm-large").count() == 0
