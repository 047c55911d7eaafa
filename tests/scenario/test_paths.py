"""Paths into a scenario."""

import pytest

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import field_at, fields_of, locate, members, schema_of, value_at
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario, Stock
from talentmarket.scenario.text.paths import pattern_fits, split_path
from talentmarket.scenario.text.tree import Source, grow
from talentmarket.scenario.text.wording import nearest


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("title", ("title",)),
        ("choice.noise", ("choice", "noise")),
        ("labs.Google DeepMind.mission", ("labs", "Google DeepMind", "mission")),
        ('labs."A.B".mission', ("labs", "A.B", "mission")),
        ("labs.'A.\"B'.mission", ("labs", 'A."B', "mission")),
        ("campaigns.Meta's raid.start", ("campaigns", "Meta's raid", "start")),
    ],
)
def test_parts_of_a_path(path, parts):
    assert split_path(path) == parts


@pytest.mark.parametrize("path", ["", ".", "a.", ".a", "a..b", 'labs."A', '"A"B', '""'])
def test_what_is_no_path(path):
    with pytest.raises(InputError, match="is no path"):
        split_path(path)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("labs.*.mission", "labs.OpenAI.mission", True),
        ("labs.*.mission", 'labs."A.B".mission', True),
        ("labs.OpenAI.mission", "labs.OpenAI.mission", True),
        ("labs.OpenAI.mission", "labs.Meta.mission", False),
        ("labs.*.mission", "labs.OpenAI.stock.mission", False),
        ("labs.*.mission", "labs.OpenAI.culture", False),
    ],
)
def test_a_pattern_fits_the_paths_it_stands_for(pattern, path, fits):
    assert pattern_fits(pattern, path) is fits


def test_a_value_is_found_by_names():
    stock = Stock(drift=0.0, volatility=0.5, beta=1.0, success_rate=0.0, success_size=2.0, upside=1.0)
    assert value_at(stock, "volatility") == 0.5
    with pytest.raises(InputError, match=r"there is no 'volatilty' at the top; did you mean 'volatility'\?"):
        value_at(stock, "volatilty")
    with pytest.raises(InputError, match=r"nothing stands below drift, so there is no 'more'"):
        value_at(stock, "drift.more")


def test_a_path_leads_to_the_same_place_in_a_model_in_tables_and_in_the_tree_of_a_file():
    scenario = load("meta_raid")
    path = ("campaigns", "Meta on OpenAI", "tiers", "core", "total")
    content = scenario.model_dump(mode="json")
    places = {locate(path, schema_of(Scenario), each) for each in (scenario, content, grow(content, Source("", 0, {})))}
    ((_, campaign, _, tier, _),) = places
    assert scenario.campaigns[campaign].tiers[tier].name == "core"
    assert field_at(schema_of(Scenario), places.pop())["unit"] == "M$"


def test_members_go_by_the_names_of_paths():
    scenario = load("baseline")
    assert list(members(scenario.labs)) == [lab.name for lab in scenario.labs]
    assert members(scenario.choice)["noise"] == scenario.choice.noise
    assert members(scenario.choice.noise) == members((1, 2)) == {}


def test_an_unknown_name_gets_the_nearest_or_all_of_a_few():
    assert nearest("loyality", ["loyalty", "talent"]) == "did you mean 'loyalty'?"
    assert nearest("TALENT ", ["loyalty", "talent"]) == "did you mean 'talent'?"
    assert nearest("xyz", ["loyalty", "talent"]) == "known are loyalty, talent"
    assert nearest("xyz", []) == "there is nothing like it"


def test_every_parameter_is_declared():
    """A meaning for all, a unit for every number; `off` is a value that is allowed."""
    for path, field in fields_of(Scenario).items():
        assert field["description"].endswith("."), path
        if field.get("type") in ("number", "integer") and path != "run.seed":
            assert field["unit"], path
            assert field["minimum"] <= field["maximum"], path
        if field.get("type") in ("number", "integer") and "off" in field:
            assert field["minimum"] <= field["off"] <= field["maximum"], path
        if "enum" in field and "off" in field:
            assert field["off"] in field["enum"], path


STRUCTURE = (  # what a market is built from, and what is no parameter
    "title question description sources facts",
    "run.months run.replicates run.seed run.moves run.month_0",
    "population.scale population.talent_sigma population.talent_tail_share population.talent_tail_exponent",
    "population.loyalty_mean population.loyalty_concentration population.wealth_median population.wealth_sigma",
    "population.wealth_talent population.pay_sigma population.pay_talent population.pay_growth population.levels",
    "population.ties_mean population.ties_within_lab contacts.contact_talent output.spillover transfer.windows",
    "transfer.no_poach",
    "labs.*.name labs.*.kind labs.*.colour labs.*.headcount labs.*.growth labs.*.fit labs.*.tenure_mean",
    "campaigns.*.name campaigns.*.lab campaigns.*.targets campaigns.*.start campaigns.*.months",
    "campaigns.*.scouting_error campaigns.*.retry_after",
    "campaigns.*.tiers.*.name campaigns.*.tiers.*.last_rank campaigns.*.tiers.*.clawback",
    "events.*.name events.*.month events.*.hazard events.*.set events.*.reprice",
)


def test_events_may_set_all_but_what_a_market_is_built_from():
    fixed = [path for path, field in fields_of(Scenario).items() if not field.get("settable")]
    assert sorted(fixed) == sorted(" ".join(STRUCTURE).split())
