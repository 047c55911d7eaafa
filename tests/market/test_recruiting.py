"""Labs that call as far as they have room keep the size they aim at; labs of a pact leave one another's people alone."""

import math
from pathlib import Path

import pytest
from markets import assert_same_tables, assert_share, lab, lively, outside, quiet, run, run_to

import talentmarket as tm
from talentmarket.errors import ScenarioError
from talentmarket.market.jobs.recruiting import calling_rate
from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.mechanisms.search import search
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.scenario.schema import Scenario

PEOPLE = 600
CANDIDATES = 10


def market(people=PEOPLE, **beta):
    """Beta, of 100 people, calls the people of Alpha and outside with room for those it lacks."""
    labs = [lab("Alpha", people), lab("Beta", 100, contact=6.0, **beta), outside(100)]
    return quiet(labs=labs, contacts={"room": True, "candidates_per_vacancy": CANDIDATES})


def called(world, rule=contact, month=12):
    """Who gets an offer of a month, and its pay."""
    rule(world, month)
    made = world.offers[: world.counts[OFFERS_MADE]].copy()
    return dict(zip(made["researcher"].tolist(), made["pay"].tolist(), strict=True))


@pytest.mark.parametrize("growth", [0.1, 0.4, 2.0])
def test_recruiters_call_as_often_as_their_vacancies_have_candidates(growth):
    """1 - exp(-rate) of everybody elsewhere, with rate = min(contact/12, candidates * vacancies / people)."""
    scenario = market(growth=growth)
    aim = math.floor(100 * math.exp(growth) + 0.5)
    rate = min(6.0 / 12.0, CANDIDATES * (aim - 100) / (PEOPLE + 200))
    world = run_to(scenario, 0).world
    assert calling_rate(world, 1, 12) == pytest.approx(rate, rel=1e-12)
    assert_share(len(called(world)), PEOPLE + 100, -math.expm1(-rate))


def test_at_or_above_its_aim_a_lab_calls_nobody_and_the_outside_calls_as_ever():
    for growth in (0.0, -0.5):
        assert called(run_to(market(growth=growth), 0).world) == {}
    labs = [lab("Alpha", PEOPLE), outside(200, contact=6.0)]
    plain, with_room = (called(run_to(quiet(labs=labs, contacts={"room": room}), 0).world) for room in (False, True))
    assert plain == with_room
    assert len(plain) > 150


def test_less_room_thins_the_same_calls():
    some, more, all_of_them = (called(run_to(market(growth=growth), 0).world) for growth in (0.1, 0.2, 5.0))
    assert set(some) < set(more) < set(all_of_them)  # the pay may be that of a later call
    without = market().model_dump()
    without["contacts"]["room"] = False
    assert called(run_to(Scenario.model_validate(without), 0).world) == all_of_them


def test_those_who_look_around_hear_of_jobs_as_far_as_there_is_room():
    def heard(growth, room):
        labs = [lab("Alpha", PEOPLE), lab("Beta", 100, contact=1.2, growth=growth), outside()]
        contacts = {"envious_search": 3.0, "room": room, "candidates_per_vacancy": 4}
        world = run_to(quiet(labs=labs, population={"pay_sigma": 0.6}, contacts=contacts), 0).world
        return len(called(world, search)), calling_rate(world, 1, 12) * 12.0

    assert heard(0.0, room=True)[0] == 0
    assert heard(5.0, room=True) == heard(5.0, room=False)
    everyone, _ = heard(0.05, room=False)
    some, rate = heard(0.05, room=True)
    assert 0.0 < rate < 0.6 * 1.2
    assert abs(some - everyone * rate / 1.2) < 4.5 * math.sqrt(everyone * rate / 1.2)


SMALL = """
extends = "baseline"
[run]
months = 24
[contacts]
room = true
[[labs]]
name = "Small"
headcount = 30
"""


def test_a_small_lab_that_does_not_grow_keeps_its_size(tmp_path: Path):
    """The baseline with a lab of thirty: without room it would be four times as large within two years."""

    def sizes(text):
        file = tmp_path / "small.toml"
        file.write_text(text, encoding="utf-8")
        return run(tm.load(file))["months"].query("lab == 'Small'").headcount

    assert sizes(SMALL.replace("true", "false")).iloc[-1] > 90
    kept = sizes(SMALL)
    assert abs(kept.mean() - 30.0) < 1.0
    assert kept.between(28, 34).all()


def test_where_nobody_calls_neither_room_nor_a_pact_changes_anything():
    document = lively().model_dump()
    document["population"]["scale"] = 0.2
    document["run"]["months"] = 6
    document["campaigns"] = document["campaigns"][:1]  # of Beta on Alpha
    for each in document["labs"]:
        each["contact"] = 0.0
    silent = run(Scenario.model_validate(document))
    document["contacts"]["room"] = True
    document["transfer"]["no_poach"] = [("Gamma", "Beta")]
    assert_same_tables(run(Scenario.model_validate(document)), silent)


def pact(*pairs, **sections):
    labs = [lab("Alpha", 300, contact=3.0), lab("Beta", 200, contact=3.0), lab("Gamma", 100, contact=3.0)]
    return quiet(labs=[*labs, outside(100)], transfer={"no_poach": pairs}, **sections)


def test_labs_of_a_pact_do_not_call_one_another_and_all_other_calls_stay():
    def calls(*pairs):
        world = run_to(pact(*pairs), 0).world
        contact(world, 1)
        offers = world.offers[: world.counts[OFFERS_MADE]].copy()
        homes = world.researchers["lab"][offers["researcher"]]
        return set(zip(offers["lab"].tolist(), homes.tolist(), offers["researcher"].tolist(), strict=True))

    everybody, bound = calls(), calls(("Beta", "Alpha"))
    assert everybody - bound == {each for each in everybody if set(each[:2]) == {0, 1}}
    assert bound < everybody
    assert len(everybody - bound) > 60


def test_a_pact_also_binds_those_who_search_and_those_who_refer():
    contacts = {"envious_search": 5.0, "referral": 1.0}
    sections = {"contacts": contacts, "population": {"pay_sigma": 0.4, "ties_mean": 6.0}, "run": {"months": 3}}

    def between(*pairs):
        moves = run(pact(*pairs, choice={"noise": 0.0, "mission_scale": 0.0}, **sections))["moves"]
        return (moves["from"] + moves["to"]).isin(["AlphaBeta", "BetaAlpha"]).sum(), len(moves)

    assert between()[0] > 60
    some, moves = between(("Alpha", "Beta"))
    assert some == 0
    assert moves > 60


CASES = {
    "unknown": (
        '[["OpenAI", "Mta"]]',
        'transfer.no_poach[1][2] is "Mta", which is no lab of this scenario; did you mean',
    ),
    "outside": ('[["outside", "Meta"]]', "transfer.no_poach[1][1] is 'outside', but the outside is no party to a pact"),
    "itself": ('[["Meta", "Meta"]]', "transfer.no_poach[1]: has 'Meta' twice; a pact is between two labs"),
    "twice": ('[["xAI", "Meta"], ["Meta", "xAI"]]', "transfer.no_poach[2]: 'Meta' and 'xAI' stand in the list twice"),
    "no pair": ('[["Meta"]]', "but must be a list of 2 texts"),
    "no pairs": ('["Meta", "xAI"]', 'transfer.no_poach[1] is "Meta", but must be a list of 2 texts'),
    "no list": ("3", "transfer.no_poach is 3, but must be a list of at most 2016 lists, each a list of 2 texts"),
    "broken": ('[["OpenAI", "Meta"]]', "is 'OpenAI', with which 'Meta' has a pact not to poach (transfer.no_poach)"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pact_that_cannot_be_is_refused_in_words(case, tmp_path: Path):
    written, words = CASES[case]
    file = tmp_path / "pact.toml"
    file.write_text(f'extends = "meta_raid"\n[transfer]\nno_poach = {written}\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        tm.load(file)
    assert words in str(caught.value)
    assert case == "broken" or "pact.toml, line 3: " in str(caught.value)
