"""What axe-core finds in every view: nothing."""

from __future__ import annotations

from contextlib import closing

import pytest
from served import Served, Visit

sync_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not there"
)


def violations(page: object) -> list[str]:
    """The rules that the page breaks, and where."""
    found = sync_playwright.Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_wrong_in_any_view(served: Served, chromium, width: int, dark: bool) -> None:
    with closing(Visit(served, chromium, "?month=5", dark=dark)) as one:
        one.page.set_viewport_size({"width": width, "height": 844})
        one.wait_for_month(5)
        assert violations(one.page) == []
        one.page.locator(".scene .who").click()
        one.page.wait_for_selector(".tm-person")
        assert violations(one.page) == []
        one.page.keyboard.press("Escape")
        one.page.get_by_role("tab", name="Compare").click()
        one.page.wait_for_selector(".tm-sides")
        assert violations(one.page) == []
        one.page.get_by_role("tab", name="Studies").click()
        one.page.wait_for_selector(".tm-points .studied")
        assert violations(one.page) == []
    assert one.complaints == []


def test_the_line_that_shows_while_the_server_works_has_a_name(served: Served, chromium) -> None:
    with closing(Visit(served, chromium)) as one:
        lines = one.page.locator(".v-progress-linear[role=progressbar]")
        assert [line.get_attribute("aria-label") for line in lines.all()] == ["Working"]
