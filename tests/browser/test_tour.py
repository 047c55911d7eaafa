"""The guided tour as a visitor takes it, and large type."""

from __future__ import annotations

import re

import pytest
from served import Visit

from talentmarket.scenario.reading.tours import tour_of

CLASSROOM = "?scenario=classroom"


@pytest.fixture
def classroom(served, chromium):
    one = Visit(served, chromium, CLASSROOM)
    yield one
    one.close()
    assert one.complaints == []


def test_the_tour_of_the_classroom_from_its_first_step_to_its_last(classroom: Visit) -> None:
    steps = tour_of("classroom")
    page = classroom.page
    page.get_by_label("Months a second").select_option("24")
    page.get_by_role("button", name=re.compile("Take the tour")).click()
    for number, step in enumerate(steps):
        page.get_by_text(f"Step {number + 1} of {len(steps)}").wait_for()
        assert " ".join(step.text.split())[:60] in page.locator(".tm-tour .text").inner_text()
        if step.look:
            assert page.locator(".tm-pointed").count() == 1
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
    assert page.locator(".tm-pointed").count() == 0


def test_large_type_is_larger_and_is_kept(classroom: Visit) -> None:
    page = classroom.page
    before = page.locator("h1").bounding_box()["height"]
    classroom.press("Large type")
    assert page.locator("h1").bounding_box()["height"] > 1.2 * before
    page.reload()
    page.wait_for_selector("html.tm-large")
    classroom.press("Large type")
    assert page.locator("html.tm-large").count() == 0
