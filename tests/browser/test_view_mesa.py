"""`talentmarket view --mesa` in Chromium, with whatever Mesa is installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import CHROMIUM, MONTHS, Served, Visit, serving, view_command

import talentmarket as tm

pytest.importorskip("altair", reason="Mesa's own page needs altair")


@pytest.fixture(scope="module")
def viewed(scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small raid in Mesa's page, through the command."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    log = tmp_path_factory.mktemp("view_mesa") / "log.txt"
    with serving(
        view_command(scenario, "--mesa", "--json"), log, PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8"
    ) as page:
        yield page
    assert "Warning" not in log.read_text(encoding="utf-8")


def test_the_command_says_as_json_where_the_page_is(viewed: Served, scenario: Path) -> None:
    said = viewed.log.read_text(encoding="utf-8")
    found, _ = json.JSONDecoder().raw_decode(said[said.index("{") :])
    assert found["results"] == [{"address": viewed.address, "scenario": str(scenario)}]


@pytest.fixture
def mesas(viewed: Served, chromium: object) -> Iterator[Visit]:
    """A visitor's tab; afterwards nothing may have gone wrong in it."""
    one = Visit(viewed, chromium, shown="tspan[data-lab]")
    yield one
    one.close()
    assert one.complaints == []


def headcounts_of(scenario: Path | str, months: int, **parameters: Any) -> dict[str, int]:
    model = tm.TalentMarket(scenario, **parameters)
    for _ in range(months):
        model.step()
    return {lab.name: lab.headcount for lab in model.agents}


def wait_for_month(visit: Visit, month: int) -> None:
    visit.page.wait_for_selector(f"text=Month {month} of {MONTHS}")


def step(visit: Visit, months: int) -> None:
    """Press Step so many times."""
    for month in range(1, months + 1):
        visit.press("Step")
        wait_for_month(visit, month)


def test_step_shows_a_month_and_reset_brings_the_scenario_back_with_what_was_turned(
    mesas: Visit, scenario: Path
) -> None:
    assert mesas.headcounts() == headcounts_of(scenario, 0)
    step(mesas, 5)
    mesas.wait_for_headcounts(headcounts_of(scenario, 5))
    slider = mesas.page.get_by_role("slider", name="Loyalty, mean")
    slider.focus()
    slider.press("Home")
    mesas.page.wait_for_selector("text=Loyalty, mean (share): 0.05 (was 0.6)")
    assert mesas.headcounts() == headcounts_of(scenario, 5)
    mesas.press("Reset")
    wait_for_month(mesas, 0)
    turned = headcounts_of(scenario, 5, loyalty_mean=0.05)
    assert turned != headcounts_of(scenario, 5)
    step(mesas, 5)
    mesas.wait_for_headcounts(turned)


def test_it_plays_to_the_end_while_its_pages_are_turned(mesas: Visit, scenario: Path) -> None:
    mesas.press("▶ Play")
    for _ in range(3):
        for name in ("Charts", "Compare", "Market"):
            mesas.page.get_by_role("tab", name=name).click()
            mesas.page.wait_for_timeout(200)
    wait_for_month(mesas, MONTHS)
    mesas.wait_for_headcounts(headcounts_of(scenario, MONTHS))
    for name in ("▶ Play", "Step"):
        mesas.page.locator("button[disabled]", has_text=name).wait_for()
    assert mesas.page.get_by_role("tab").all_inner_texts() == ["MARKET", "CHARTS", "COMPARE"]


def test_who_is_clicked_is_told_in_both_runs_and_another_scenario_begins_at_month_0(mesas: Visit) -> None:
    step(mesas, 4)
    name = mesas.page.locator("button.who").first
    # Read and clicked at once: the parts of Mesa's page are drawn one by one, and this one may still change.
    number = name.evaluate("each => { each.click(); return each.innerText; }").removeprefix("No. ")
    mesas.page.wait_for_selector(f"text=Researcher No. {number}")
    mesas.page.get_by_role("tab", name="Compare").click()
    mesas.page.wait_for_selector("[data-row=approached]")
    mesas.page.wait_for_function("document.querySelectorAll('.tm-stage').length === 2")
    asked = mesas.page.locator("[data-row=approached] td").all_inner_texts()
    assert int(asked[1]) > 0
    assert asked[2] == "0"
    mesas.page.locator(".v-navigation-drawer .v-select").click()
    mesas.page.get_by_role("option", name="Baseline: no raid").click()
    mesas.page.wait_for_selector("text=Month 0 of 48")
    mesas.page.wait_for_selector("text=Nobody raids in this scenario")


def test_another_scenario_has_buttons_and_parameters_of_its_own(mesas: Visit) -> None:
    step(mesas, 2)
    mesas.page.locator(".v-navigation-drawer .v-select").click()
    mesas.page.get_by_role("option", name="The raid in a classroom").click()
    mesas.page.wait_for_selector("text=Month 0 of 24")
    for month in (1, 2):
        mesas.press("Step")
        mesas.page.wait_for_selector(f"text=Month {month} of 24")
    mesas.wait_for_headcounts(headcounts_of("classroom", 2))
    mesas.press("Reset")
    mesas.page.wait_for_selector("text=Month 0 of 24")
    mesas.wait_for_headcounts(headcounts_of("classroom", 0))
