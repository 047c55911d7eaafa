"""The studies on the page: their points are those of the shipped tables, and a point opens as the runs that it stands for."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from talentmarket.page.address import Opening, opening_of, written
from talentmarket.page.browser.controller import COMPARE, STUDIES, TabController
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.studies import setups_at, study_shown
from talentmarket.page.session import Setup
from talentmarket.page.told.studied import shipped_study, study_titles

CHOICES = choices_for("meta_raid")


@pytest.mark.parametrize("name", list(study_titles()))
def test_every_point_of_every_study_is_drawn_once(name: str) -> None:
    panels = shipped_study(name).panels
    for response, panel in enumerate(panels):
        shown = study_shown(name, response, -1, CHOICES)
        drawn = sorted(int(point) for point in re.findall(r'data-point="(\d+)"', shown["svg"]))
        assert drawn == sorted(panel.points[np.isfinite(panel.mean)].tolist())
        assert len(shown["responses"]) == len(panels)


def test_a_point_opens_as_run_and_base_whose_numbers_are_those_of_the_study() -> None:
    """The first replicate of a point is what the page plays: same scenario, same seed, replicate 0."""
    name, point = "offer_size", 20
    a, _ = setups_at(name, 0, point, CHOICES)
    one = TabController(CHOICES, Opening(a, month=12))  # by when whoever comes has come
    study = shipped_study(name).sampled
    assert [outcome.name for outcome in study.study.outcomes] == ["share_came"]
    months = one.session.market.replicate.world.months
    share = months["started"].sum() / months["approached"].sum()
    assert share == pytest.approx(study.evaluated[point].values[0, 0, 0], rel=1e-5)
    one.close()


def test_the_base_of_a_point_has_what_is_the_same_on_both_sides() -> None:
    a, b = setups_at("counter_or_raise", 2, 3, CHOICES)
    assert (a.key, b.key) == ("fair_response", "meta_raid")
    assert a.changed == b.changed
    assert a.changed["run.months"] == 18
    assert setups_at("few_or_many", 0, 3, CHOICES) is None  # its sides are files of their own


def test_a_point_changes_only_what_differs_from_the_scenario_as_loaded() -> None:
    changed = [dict(setups_at("offer_size", 0, point, CHOICES)[0].changed) for point in (12, 13, 14)]
    assert all("campaigns.Meta on OpenAI.tiers.top.total" in each for each in changed)
    loaded = CHOICES.loaded("meta_raid").population.loyalty_mean
    assert all(each.get("population.loyalty_mean") != loaded for each in changed)
    assert (
        sum("population.loyalty_mean" not in each for each in changed) == 1
    )  # of three loyalties the middle one is the scenario's


def test_a_point_keeps_its_address() -> None:
    a, b = setups_at("transfer", 0, 5, CHOICES)
    opening = opening_of(written(Opening(a, 3, COMPARE, b)), CHOICES)
    assert opening.problem == ""
    assert opening.setup.key == a.key
    assert opening.setup.changed == pytest.approx(a.changed)
    assert opening.run_b.changed == pytest.approx(b.changed)
    assert (
        "sets nothing that can be turned here"
        in opening_of("scenario=meta_raid&set=population.scale=9", CHOICES).problem
    )


def test_a_tab_reads_a_study_beside_its_loop_and_opens_a_point() -> None:
    one = TabController(CHOICES, Opening(Setup("meta_raid", {"population.scale": 0.02})))

    async def look() -> tuple[str, Setup | None]:
        one.open(STUDIES)
        assert not one.study.ready
        await one.study._task
        assert one.study.ready
        one.study.choose("no such study")
        one.study.point_at("3")
        one.study.look_at("²")
        one.open_point()
        assert one.asked.name == shipped_study(one.study.name).panels[0].outcome.name
        one.change("population.loyalty_mean", 0.3)
        assert one.asked is not None
        point = one.tab, one.run_b.setup
        one.choose("baseline")
        assert one.asked is None
        return point

    with ThreadPoolExecutor(1) as pool:
        tab, run_b = pool.submit(asyncio.run, look()).result(timeout=300)
    assert (one.study.point, one.study.response, tab) == (3, 0, COMPARE)
    assert run_b is not None
    one.close()
