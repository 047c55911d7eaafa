"""What an answer hangs on: the parameters that decide a change, and what the seeds say of each."""

from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.in_words import PARAMETERS, basis_in_brief, basis_with_facts, parameter_in_words
from talentmarket.scenario.writing.resting import (
    DECIDED_BY,
    deciding_between,
    deciding_paths,
    differing_paths,
    hangs_on,
    named_with_basis,
    rests_on,
)

TOP = "campaigns.Meta on OpenAI.tiers.top.total"


def test_every_deciding_parameter_is_one_and_every_row_is_reached():
    assert {path for row in DECIDED_BY.values() for path in row} <= fields_of(Scenario).keys()
    for number, start in enumerate(DECIDED_BY):
        assert any(path.startswith(start) for path in fields_of(Scenario)), start
        assert not any(start.startswith(earlier) for earlier in [*DECIDED_BY][:number]), start


def test_the_size_of_an_offer_hangs_on_how_talk_answers_it():
    raid, half = load("meta_raid"), load("meta_raid", [f"{TOP}=150"])
    assert differing_paths(raid, [half]) == [TOP]
    first, second, *_ = hangs_on([raid, half], deciding_paths([TOP]))
    assert (first.name, first.basis) == ("engage_response", "assumed")
    assert second.basis.startswith("fitted to raid_yield")
    assert first.note == parameters()["campaigns.*.engage_response"].note


def test_what_is_switched_off_decides_nothing():
    silent = load("meta_raid", ["campaigns.Meta on OpenAI.engage_response=0"])
    assert "engage_response" not in [each.name for each in hangs_on([silent], deciding_paths([TOP]))]
    assert "engage" not in [each.name for each in hangs_on([load("baseline")], deciding_paths([TOP]))]


def test_a_strain_that_is_assumed_comes_before_what_it_works_through():
    paths = differing_paths(load("meta_raid"), [load("meta_raid", ["culture.loss_strain=1"])])
    assert deciding_paths(paths)[:2] == ["culture.loss_strain", "culture.recovery"]


def test_a_value_rests_on_its_fact_or_on_what_the_usual_one_rests_on():
    own = load("meta_raid", ["campaigns.Meta on OpenAI.engage=0.5", "choice.switching_cost=0.2"])
    assert rests_on(own, TOP) == "max_package"
    assert rests_on(own, "campaigns.Meta on OpenAI.engage") == "set here, without a source"
    assert rests_on(own, "choice.switching_cost") == "assumed"
    assert rests_on(own, "choice.mission_scale").startswith("fitted to science_pay_discount")


def test_of_several_scenarios_what_decides_each_comes_first():
    raid = load("meta_raid")
    found = deciding_between(raid, [load("meta_raid", [f"{TOP}=150"]), raid, load("pay_review")])
    assert found[:2] == ["campaigns.*.engage_response", "choice.exit_response"]
    assert deciding_between(raid, [raid]) == []


def test_every_parameter_in_words_is_one_and_every_deciding_one_has_words():
    assert PARAMETERS.keys() <= fields_of(Scenario).keys()
    assert {path for row in DECIDED_BY.values() for path in row} <= PARAMETERS.keys()
    assert len({*PARAMETERS.values()}) == len(PARAMETERS)
    assert parameter_in_words("transfer.no_poach") == "no poach"


def test_below_a_picture_stand_words_and_what_they_rest_on_without_names_of_facts():
    raid = load("meta_raid", ["choice.switching_cost=0.2"])
    paths = ["campaigns.*.engage", "choice.switching_cost", "labs.*.response.detection"]
    assert named_with_basis([raid], paths[:2]) == (
        "the share of those asked who talk (fitted, confidence low), the cost of moving (assumed)"
    )
    own = load("meta_raid", ["campaigns.Meta on OpenAI.engage=0.5"])
    assert named_with_basis([own], ["campaigns.*.engage"]).endswith("asked who talk (set here, without a source)")
    assert basis_in_brief("max_package; assumed") == "from the article; assumed"
    assert basis_with_facts("max_package; assumed") == "from the article: max_package; assumed"
    assert named_with_basis([load("targeted_response")], [*paths[2:], "choice.exit_response"]) == (
        "the chance that the lab hears of an offer in time (assumed), "
        "how far better terms keep people from leaving (published)"
    )
