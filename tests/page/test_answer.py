"""The answer line, against the run's own tables."""

from __future__ import annotations

import re

import pytest

from talentmarket.page.choices import choices_for
from talentmarket.page.panels.answer import answer_of
from talentmarket.page.session import Session, Setup
from talentmarket.scenario.evidence.seeds import parameters

CHOICES = choices_for("meta_raid")
SMALL = {"population.scale": 0.05, "run.months": 12}


def at_month(key: str, month: int) -> Session:
    session = Session(Setup(key, SMALL, 3), CHOICES)
    session.advance(month, float("inf"))
    return session


@pytest.mark.parametrize(("key", "raiders"), [("meta_raid", ["Meta"]), ("two_raiders", ["Meta", "Google DeepMind"])])
def test_every_raid_is_told_with_the_numbers_of_its_run(key: str, raiders: list[str]) -> None:
    session = at_month(key, 12)
    months = session.market.tables()["months"]
    told = answer_of(session)["now"]
    found = [re.search(rf"{raider} has asked (\d+), (\d+) came", told) for raider in raiders]
    asked, came = (sum(int(one[place]) for one in found if one) for place in (1, 2))
    assert asked == months["approached"].sum() > 0
    assert came == months["started"].sum()
    promised = sum(
        float(amount) * (1000.0 if unit == "bn" else 1.0)
        for amount, unit in re.findall(r"([\d.]+)\s(bn|M)\$ promised", told)
    )
    assert promised == pytest.approx(months["spend_packages"].sum(), rel=0.01)


def test_before_the_raid_it_says_what_is_to_come() -> None:
    weighed = "; each weighs the money against the mission and the cost of moving."
    asked = "Meta is to ask up to 160 people at OpenAI, for 30 to 300\u00a0M$ each, from month 3 on"
    assert answer_of(at_month("meta_raid", 0))["now"] == asked + weighed
    assert "weighs" not in answer_of(at_month("meta_raid", 1))["now"]
    assert answer_of(at_month("baseline", 0))["now"].count("weighs") == 0


def test_without_a_raid_it_tells_of_what_the_question_names() -> None:
    session = at_month("cliff_removed", 12)
    flows, openai = session.market.replicate.world.flows.sum(axis=0), 0
    told = answer_of(session)["now"]
    assert told.startswith(f"OpenAI: {flows[openai].sum()} have left, ")
    everybody = answer_of(at_month("baseline", 12))["now"]
    assert "have moved between labs" in everybody
    assert "OpenAI" not in everybody


def test_culture_is_told_only_where_it_can_suffer() -> None:
    assert "culture" not in answer_of(at_month("meta_raid", 6))["now"]
    assert "culture (1 is unharmed): OpenAI 0." in answer_of(at_month("culture_damage", 6))["now"]


def test_it_says_which_assumption_decides_it() -> None:
    for name, path, words in (
        ("meta_raid", "campaigns.*.engage", "The share of those asked who talk"),
        ("baseline", "labs.*.contact", "How often recruiters call"),
    ):
        assert answer_of(at_month(name, 0))["decides"] == f"{words}. {parameters()[path].note}"


@pytest.mark.parametrize(("name", "month"), [("classroom", 24), ("meta_raid", 3), ("two_raiders", 9)])
def test_everyone_who_was_asked_is_in_it_once(name: str, month: int) -> None:
    told = answer_of(at_month(name, month))["now"].split("; ")
    raids = [one for one in told if "has asked" in one]
    ends = r"(\d+) (?:came|refused|took another offer|did not start|yet to answer|got no offer)"
    assert raids
    for one in raids:
        assert sum(map(int, re.findall(ends, one))) == int(re.search(r"has asked (\d+)", one)[1])
