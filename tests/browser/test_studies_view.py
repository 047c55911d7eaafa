"""The view Studies: a study's own question, and a point of it as two runs."""

from __future__ import annotations

from contextlib import closing

from served import Served, Visit

from talentmarket.page.told.studied import study_titles
from talentmarket.scenario import load


def test_a_study_stands_alone_and_a_point_of_it_opens_as_two_runs(served: Served, chromium) -> None:
    with closing(Visit(served, chromium, "?month=2")) as one:
        page = one.page
        one.press("Play")
        page.get_by_role("tab", name="Studies").click()
        page.wait_for_selector(".tm-points .studied")
        assert page.locator(".tm-controls, .tm-question").count() == 0  # the market's, which waits
        assert page.locator("h1").count() == 1
        assert page.get_by_label("Study").locator("option").all_inner_texts() == list(study_titles().values())
        page.locator("[data-point='8'] rect").click()
        one.press("Open both runs in Compare")
        page.wait_for_selector(".tm-compare .tm-figures[data-month='48']")
        assert page.locator("h1").inner_text() == load("meta_raid").question
        assert "2 changed" in page.locator(".tm-question summary").inner_text()
        changes = page.locator("[data-name=a_changes]").inner_text()
        assert "Size of the package, top: 26.6\xa0M$ instead of 300\xa0M$" in changes
    assert one.complaints == []
