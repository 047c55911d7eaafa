"""Scenarios held against the facts that their values rest on."""

import pytest

from talentmarket.scenario import shipped
from talentmarket.scenario.evidence.disagreements import disagreements
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario

TOP = "campaigns.Meta on OpenAI.tiers.top"
PINNED = {
    "last_rank": 10,
    "total": 300.0,
    "years": 4,
    "running_pay": 2.0,
    "stock_share": 0.9,
    "first_year_share": 0.35,
    "vesting": "first_year_at_once",
}


def raid(sources: dict[str, str], **changes: float | str) -> Scenario:
    """The shipped raid with its top tier pinned, some of that changed, and other sources."""
    overrides = [f"{TOP}.{name}={value}" for name, value in (PINNED | changes).items()]
    return load("meta_raid", overrides).model_copy(update={"sources": sources})


def openai(sources: dict[str, str], name: str, value: float) -> Scenario:
    """The baseline with one value of OpenAI changed, and other sources."""
    return load("baseline", [f"labs.OpenAI.{name}={value}"]).model_copy(update={"sources": sources})


AGREEING = {
    f"{TOP}.total": "max_package",
    f"{TOP}.years": "package_years",
    f"{TOP}.last_rank": "offer_count",
    f"{TOP}.first_year_share": "first_year_share",
    f"{TOP}.vesting": "stock_vests_year_one",
    f"{TOP}.stock_share": "mostly_stock",
    "labs.Meta.compute": "gpu_promise",
    "labs.OpenAI.headcount": "headcount_openai",
    "labs.Google DeepMind.headcount": "headcount_deepmind",
    "choice.envy": "fairness",
}


def test_values_that_agree_are_passed_over():
    assert disagreements(raid(AGREEING)) == []


@pytest.mark.parametrize(
    ("name", "value", "fact"),
    [
        ("total", 300.5, "max_package"),
        ("total", 80.0, "signing_bonus_claim"),
        ("total", 120.0, "signing_bonus_claim"),
        ("years", 3, "package_years"),
        ("years", 5, "package_years"),
        ("last_rank", 9, "offer_count"),
        ("first_year_share", 0.3, "first_year_share"),
        ("vesting", "monthly", "stock_vests_year_one"),
    ],
)
def test_a_wrong_value_is_caught(name, value, fact):
    (message,) = disagreements(raid({f"{TOP}.{name}": fact}, **{name: value}))
    assert message.startswith(f"sources: {TOP}.{name} = {value}, but the fact {fact} says ")


@pytest.mark.parametrize("value", [295.0, 100.0])
def test_anything_below_an_upper_end_agrees(value):
    assert disagreements(raid({f"{TOP}.total": "max_package"}, total=value)) == []


@pytest.mark.parametrize(("pay", "agrees"), [(0.69, False), (0.7, True), (1.1, True), (1.11, False)])
def test_an_interval_holds_its_ends_and_nothing_outside(pay, agrees):
    scenario = openai({"labs.OpenAI.pay_level": "openai_pay_level_2"}, "pay_level", pay)
    assert (disagreements(scenario) == []) is agrees


@pytest.mark.parametrize(("heads", "agrees"), [(3014, False), (3015, True), (3685, True), (3686, False)])
def test_about_allows_the_tolerance_either_way(heads, agrees):
    scenario = openai({"labs.OpenAI.headcount": "headcount_openai"}, "headcount", heads)
    assert (disagreements(scenario) == []) is agrees


def test_the_message_says_path_value_fact_and_what_it_should_be():
    (message,) = disagreements(raid({f"{TOP}.total": "max_package"}, total=400.0))
    assert message == (
        "sources: campaigns.Meta on OpenAI.tiers.top.total = 400.0, but the fact max_package says at most 300 M$"
        " (Wired, via the article; paragraph 17)"
    )


def test_a_fact_carries_only_the_parameters_it_sets():
    (message,) = disagreements(raid({"labs.Meta.headcount": "headcount_openai"}))
    assert message == (
        "sources: labs.Meta.headcount cannot rest on the fact headcount_openai, which sets labs.OpenAI.headcount"
    )


def test_unknown_facts_and_paths_are_named_with_the_nearest():
    wrong = {"choice.envy": "fairnes", f"{TOP}.totl": "max_package", "labs.OpenAi.mission": "agi_first"}
    messages = disagreements(raid(wrong))
    assert [message.split("did you mean ")[1] for message in messages] == ["'fairness'?", "'total'?", "'OpenAI'?"]


@pytest.mark.parametrize("name", [file.stem for file in sorted(shipped.folder("scenarios").glob("*.toml"))])
def test_shipped_scenarios_agree_with_their_sources(name):
    scenario = load(name)
    assert scenario.sources
    assert disagreements(scenario) == []
