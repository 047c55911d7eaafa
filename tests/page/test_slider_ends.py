"""Every slider of every scenario at both ends, what turns along with a package, and what a slider waits for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, reduce
from typing import Any

import pytest

from talentmarket.page.address import Opening
from talentmarket.page.browser.controller import TabController
from talentmarket.page.choices import Choices, choices_for
from talentmarket.page.session import Session, Setup
from talentmarket.page.turning.ends import merged, turned
from talentmarket.page.turning.sliders import Slider, sliders
from talentmarket.page.turning.waiting import waiting
from talentmarket.scenario.places.locating import child, locate, schema_of, value_at
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path

NAMES = list(choices_for("baseline").titles)
TINY = "population.scale=0.002"  # some fifty people
TOP, BONUS = "campaigns.Meta on OpenAI.tiers.top", "campaigns.Meta on OpenAI.tiers.bonus"
ANSWER = "labs.OpenAI.response"


@cache
def tiny(name: str) -> Scenario:
    return load(name, [] if name == "classroom" else [TINY])  # which is small enough


def with_values(scenario: Scenario, changed: dict[str, float]) -> Scenario:
    """The scenario with other values, checked as a file is, without the time that reading files takes."""
    document: Any = scenario.model_dump()
    for path, value in changed.items():
        *table, key = locate(split_path(path), schema_of(Scenario), document)
        reduce(child, table, document)[key] = value
    return Scenario.model_validate(document)


class Quick(Choices):
    """Scenarios of some fifty people, changed without reading files."""

    def loaded(self, key: str, overrides: list[str] | None = None) -> Scenario:
        changed = dict(one.rsplit("=", 1) for one in overrides or [])
        kinds = {path: type(value_at(tiny(key), path)) for path in changed}
        return with_values(tiny(key), {path: kinds[path](float(value)) for path, value in changed.items()})


def ends_of(name: str) -> Iterator[tuple[Slider, dict[str, float]]]:
    """Each end that a visitor can reach, and what is then changed in the scenario."""
    loaded = tiny(name)
    for one in sliders(loaded, loaded):
        for end in () if one.locked else (one.low, one.high):
            yield one, merged({}, turned(loaded, loaded, one.path, type(one.loaded)(end)), loaded)


@pytest.mark.parametrize("name", NAMES)
def test_every_slider_goes_to_both_its_ends(name: str) -> None:
    reached = 0
    for one, changed in ends_of(name):
        session = Session(Setup(name, changed), Quick("", "", {name: ""}))
        there = value_at(session.scenario, one.path)
        assert there in (one.low, one.high), (one.path, there)
        session.close()
        reached += 1
    assert reached > 10


def test_a_campaign_that_asks_nobody_runs() -> None:
    path = "campaigns.Meta on OpenAI.approaches_per_month"
    one = TabController(choices_for("meta_raid"), Opening(Setup("meta_raid", {"population.scale": 0.02, path: 0})))
    one.session.advance(8, float("inf"))
    assert one.session.market.replicate.world.months["approached"].sum() == 0
    waits = {slider.path: slider.waits for slider in one.session.sliders}
    assert waits[f"{TOP}.total"] == "because “People asked a month” is 0"
    assert waits[path] == ""  # the one to turn


@pytest.mark.parametrize("share", [0.001, 0.35, 1.0])
def test_the_first_year_pays_no_more_than_its_package_can(share: float) -> None:
    loaded = load("meta_raid")
    tier = loaded.campaigns[0].tiers[0]
    new = turned(loaded, loaded, f"{TOP}.first_year_share", share)
    cash = (tier.running_pay + (1.0 - tier.stock_share) * (tier.total - tier.years * tier.running_pay)) / tier.total
    later = (tier.years - 1) * tier.running_pay / tier.total  # running pay of the other years
    assert new == {f"{TOP}.first_year_share": pytest.approx(min(max(share, cash), 1.0 - later))}


def test_the_first_year_follows_a_package_without_stock_and_comes_back() -> None:
    loaded = load("many_large_offers")
    changed = turned(loaded, loaded, f"{BONUS}.total", 200.0)
    # 2 M$ of running pay and a bonus of 192 M$ in the first year
    assert changed == {f"{BONUS}.total": 200.0, f"{BONUS}.first_year_share": pytest.approx(194.0 / 200.0)}
    present = with_values(loaded, changed)
    assert merged(changed, turned(present, loaded, f"{BONUS}.total", 108.0), loaded) == {}


def test_what_fits_a_changed_package_stays() -> None:
    loaded = load("meta_raid")
    changed = turned(loaded, loaded, f"{TOP}.total", 450.0)
    assert merged({}, changed, loaded) == {f"{TOP}.total": 450.0}


def test_who_can_do_nothing_says_what_it_waits_for() -> None:
    scenario = load("meta_raid")
    found = {one.path: one for one in sliders(scenario, scenario)}
    assert found[f"{ANSWER}.fair_award"].waits == "because “Approaches that trigger both” is 0"
    assert found[f"{ANSWER}.fair_award"].locked
    assert not found[f"{ANSWER}.fair_trigger"].locked
    turned_on = load("meta_raid", [f"{ANSWER}.fair_trigger=50"])
    found = {one.path: one for one in sliders(scenario, turned_on)}
    assert not found[f"{ANSWER}.fair_award"].waits
    # What was turned can be turned back, even where it does nothing.
    assert found[f"{ANSWER}.fair_trigger"].waits
    assert not found[f"{ANSWER}.fair_trigger"].locked


def test_of_two_that_wait_for_each_other_the_first_can_be_turned() -> None:
    labels = {f"{ANSWER}.detection": "Noticing", f"{ANSWER}.counter_share": "Share; none is 0"}
    off = load("meta_raid", [f"{ANSWER}.detection=0", f"{ANSWER}.counter_share=0"])
    assert waiting(off, labels) == {f"{ANSWER}.counter_share": "because “Noticing” is 0"}
    assert waiting(load("meta_raid", [f"{ANSWER}.detection=0.5"]), labels) == {
        f"{ANSWER}.detection": "because “Share” and the worth of a title are 0"
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_slider_waits_for_another_that_is_greyed_out(name: str) -> None:
    scenario = load(name)
    found = {one.label.partition(";")[0]: one for one in sliders(scenario, scenario)}
    for one in found.values():
        for label, other in found.items():
            if f"“{label}”" in one.waits:
                assert not other.locked, (one.path, other.path)
