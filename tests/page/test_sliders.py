"""The sliders: which there are, where they stand, and what they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.page.choices import Choices, choices_for
from talentmarket.page.session import Session, Setup
from talentmarket.page.turning.sliders import ROWS, sliders
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.reading.loading import load

SMALL = {"population.scale": 0.02}


def rows(name: str) -> dict:
    scenario = load(name)
    return {one.path: one for one in sliders(scenario, scenario)}


@pytest.mark.parametrize("name", list(choices_for("baseline").titles))
def test_every_slider_holds_its_scenario_value_within_its_range(name: str) -> None:
    scenario = load(name)
    for path, one in rows(name).items():
        assert one.value == one.loaded == value_at(scenario, path)
        assert one.low <= one.value <= one.high
        assert one.source, path
        assert one.unit, path
        assert not one.changed


def test_a_raid_has_sliders_for_its_offer_and_the_baseline_has_none() -> None:
    assert "campaigns.Meta on OpenAI.tiers.top.total" in rows("meta_raid")
    assert rows("meta_raid")["labs.Meta.compute"].label == "Compute at Meta"
    assert not [path for path in rows("baseline") if path.startswith(("campaigns", "labs"))]
    assert "population.loyalty_mean" in rows("baseline")


def test_the_offer_says_who_is_in_which_tier() -> None:
    heading = rows("meta_raid")["campaigns.Meta on OpenAI.tiers.top.total"].group
    assert heading == "The offer: top to rank 80, core to rank 1,000"
    assert (
        rows("two_raiders")["campaigns.Meta on OpenAI.tiers.core.total"].group == heading
    )  # both raiders' tiers are alike
    assert rows("classroom")["labs.Meta.compute"].group == "The offer: top to rank 16, core to rank 1,000"


def test_where_raiders_differ_the_offer_says_nothing_of_tiers(tmp_path: Path) -> None:
    file = tmp_path / "unlike.toml"
    file.write_text(
        'extends = "two_raiders"\n[[campaigns]]\nname = "Google on OpenAI"\n[[campaigns.tiers]]\nname = "top"\nlast_rank = 20\n',
        encoding="utf-8",
    )
    scenario = load(file)
    assert {one.group for one in sliders(scenario, scenario) if "tiers" in one.path} == {"The offer"}


def test_a_raise_for_everybody_is_an_answer_that_can_be_turned() -> None:
    path = "labs.OpenAI.response.fair_raise"
    assert rows("pay_review")[path].value == 0.1
    ends = []
    for change in ({}, {path: 0.5}):
        session = Session(Setup("pay_review", {**SMALL, "run.months": 10, **change}), choices_for("pay_review"))
        session.advance(10, float("inf"))
        ends.append(session.market.replicate.world.months["pay"][10, :, 1])
    names = [lab.name for lab in session.scenario.labs]
    assert ends[1][names.index("OpenAI")] > 1.2 * ends[0][names.index("OpenAI")]


@pytest.mark.parametrize(
    ("name", "path"),
    [("baseline", "choice.exit_response"), ("meta_raid", "campaigns.Meta on OpenAI.engage_response")],
)
def test_how_people_respond_can_be_turned_and_switched_off(name: str, path: str) -> None:
    one = rows(name)[path]
    assert one.low == 0.0 < one.value < one.high
    for end in (one.low, one.high):
        assert value_at(load(name, [f"{path}={end}"]), path) == end


def test_a_source_names_who_claims_the_value() -> None:
    source = rows("meta_raid")["campaigns.Meta on OpenAI.tiers.top.total"].source
    assert source.startswith("Wired, via the article, paragraph 17")


def test_names_with_dots_are_quoted_in_paths(tmp_path) -> None:
    file = tmp_path / "dots.toml"
    file.write_text(
        'extends = "meta_raid"\ntitle = "Dots"\nreplace = ["campaigns"]\n[[campaigns]]\nname = "a. b=c"\nlab = "Meta"\n'
        'targets = ["OpenAI"]\n[[campaigns.tiers]]\nname = "x.y"\nlast_rank = 5\ntotal = 20.0\nrunning_pay = 1.0\n'
    )
    choices = choices_for(str(file))
    paths = [one.path for one in sliders(load(file), load(file)) if one.path.endswith("total")]
    assert paths == ['campaigns."a. b=c".tiers."x.y".total']
    session = Session(Setup("file", {**SMALL, paths[0]: 30.0}), choices)
    assert session.scenario.campaigns[0].tiers[0].total == 30.0
    assert [one.path for one in session.sliders if one.changed] == paths


def test_rows_are_distinct() -> None:
    assert len({row.pattern for row in ROWS}) == len(ROWS)
    assert isinstance(Choices().titles, dict)
