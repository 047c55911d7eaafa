"""What is plausible, and the study that needs no file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import talentmarket as tm
from talentmarket.errors import InputError, ScenarioError
from talentmarket.numbers import percent
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.reading.chain import shipped_names
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.file import read_study
from talentmarket.studies.reading.ranges import plausible
from talentmarket.studies.reading.setting import own_scenario
from talentmarket.studies.reading.study import Design
from talentmarket.studies.reading.words import Words
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.running import sample
from talentmarket.studies.screening import plausible_parameters, screening_of, strongest_six

# Words, lists, the scene, and what is bound to a total: no range of its own.
WITHOUT = {
    "run.months",
    "choice.fairness_scope",
    "labs.*.fit",
    "campaigns.*.lab",
    "campaigns.*.targets",
    "campaigns.*.tiers.*.stock_share",
    "campaigns.*.tiers.*.first_year_share",
    "campaigns.*.tiers.*.vesting",
    "events.*.month",
    "events.*.set",
    "events.*.reprice",
    "labs.*.response.counter_to",
    "labs.*.response.fair_vesting",
    "labs.*.equity.vesting",
    "transfer.borne_by",
    "transfer.windows",
    "transfer.no_poach",
}


def test_every_claim_about_the_world_has_a_range() -> None:
    claims = {path for path, entry in parameters().items() if entry.basis != "design"}
    ranged = {path for path, entry in parameters().items() if entry.plausible is not None}
    assert claims - ranged == WITHOUT & claims
    assert ranged <= claims


@pytest.mark.parametrize("path", [path for path, entry in parameters().items() if entry.plausible is not None])
def test_ranges_lie_in_what_is_allowed(path: str) -> None:
    field, given = fields_of(Scenario)[path], parameters()[path].plausible
    assert given is not None
    assert given.note
    if given.factor:
        assert given.low < 1.0 < given.high
    else:
        assert field.get("minimum", given.low) <= given.low < given.high <= field.get("maximum", given.high)


def test_the_baseline_lies_in_the_ranges_that_are_not_of_mechanisms_it_leaves_off() -> None:
    base = tm.load("meta_raid")
    outside = []
    for path in ("population.talent_sigma", "population.loyalty_mean", "choice.money_weight", "choice.switching_cost"):
        given = parameters()[path].plausible
        assert given is not None
        value = getattr(getattr(base, path.split(".")[0]), path.split(".")[1])
        outside += [] if given.low <= value <= given.high else [path]
    assert outside == []


def test_what_a_scenario_does_not_decide_is_not_varied() -> None:
    raid = {each.path for each in plausible_parameters(tm.load("meta_raid"))}
    award = {each.path for each in plausible_parameters(tm.load("fair_response"))}
    market = {each.path for each in plausible_parameters(tm.load("baseline"))}
    assert not any(path.startswith("campaigns") for path in market)
    assert "campaigns.*.tiers.*.total" in raid
    assert "labs.*.response.fair_award" in award - raid
    assert "transfer.fee_share" not in raid


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_can_be_screened(name: str) -> None:
    assert {each.path for each in plausible_parameters(tm.load(name))} >= {"choice.money_weight", "labs.*.separation"}


def test_a_screening_and_the_strongest_six(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    words = Words(fixed=("population.scale=0.02", "run.months=4"), outcomes=("departures of OpenAI",))
    asked = screening_of("baseline", replace(words, points=8))
    screening = asked.study
    assert asked.left_out == ()
    assert asked.scale == 0.02
    assert screening.design.kind == "morris"
    # Twelve of the many, so that it runs in seconds.
    few = tuple(each for each in screening.parameters if each.path.startswith(("labs", "choice.s")))[:12]
    fewer = replace(screening, parameters=few, design=Design("morris", 3 * (len(few) + 1)))
    result = StudyResult(sample(fewer, tmp_path / "s"))
    following = strongest_six(asked, result)
    assert len(following.parameters) == 6
    assert following.design == Design("sobol", 8, 1)
    assert "labs.*.headcount" in {each.path for each in following.parameters}
    ranked = result.indices.sort_values("value", ascending=False)["parameter"].head(6)
    assert {each.path for each in following.parameters} == set(ranked)


def test_many_people_are_screened_by_fewer_and_studied_whole() -> None:
    asked = screening_of("meta_raid", Words(fixed=("run.months=4",)))
    assert asked.scale == round(6_000 / tm.load("meta_raid").researchers, 2)
    assert own_scenario(asked.study, asked.study.runs[0]).population.scale == asked.scale
    assert own_scenario(asked.following, asked.study.runs[0]).population.scale == 1.0
    assert f"with {percent(asked.scale)} of the people" in asked.study.question
    assert asked.following.question == tm.load("meta_raid").question


def test_plausible_can_be_asked_for_by_name(tmp_path: Path) -> None:
    text = (
        '[compare]\nrun = "meta_raid"\n[parameters]\nchoice.switching_cost = "plausible"\n'
        '"labs.*.separation" = "plausible"\n[[outcomes]]\nmeasure = "started"\n'
    )
    (tmp_path / "a.toml").write_text(text)
    switching, separation = read_study(str(tmp_path / "a.toml")).parameters
    given = parameters()["choice.switching_cost"].plausible
    assert given is not None
    assert (switching.low, switching.high) == (given.low, given.high)
    assert separation.factor
    (tmp_path / "b.toml").write_text(text.replace("choice.switching_cost", "run.months"))
    with pytest.raises(ScenarioError, match=r"line 4: run.months has no plausible range"):
        read_study(str(tmp_path / "b.toml"))
    assert plausible("defaults.lab.contact").high == plausible("labs.*.contact").high
    with pytest.raises(InputError, match="nothing is known"):
        plausible("choice.nose")


def test_a_screening_varies_what_tells_the_sides_apart_in_the_run_alone() -> None:
    words = Words(outcomes=("departures of OpenAI",), base="meta_raid", fixed=("population.scale=0.1",))
    varied = {each.path: each for each in screening_of("targeted_response", words).study.parameters}
    assert varied["labs.OpenAI.response.counter_cap"].run_only
    assert "labs.*.response.counter_cap" not in varied
    assert not varied["population.loyalty_mean"].run_only


def test_what_is_set_is_not_screened() -> None:
    fixed = ("choice.envy=0.3", "labs.OpenAI.compute=2", "population.scale=0.02")
    varied = {each.path for each in screening_of("meta_raid", Words(fixed=fixed)).study.parameters}
    assert "choice.envy" not in varied
    assert {"choice.noise", "labs.*.headcount"} & varied
