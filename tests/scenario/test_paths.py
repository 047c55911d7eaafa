"""Paths into a scenario."""

import pytest

from talentmarket.errors import InputError
from talentmarket.scenario.paths import did_you_mean, pattern_fits, schema_units, split_path, value_at
from talentmarket.scenario.schema import Stock


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
    stock = Stock(listed=True, drift=0.0, volatility=0.5, beta=1.0, success_rate=0.0, success_size=2.0, upside=1.0)
    assert value_at(stock, "volatility") == 0.5
    with pytest.raises(InputError, match=r"volatilty: there is no 'volatilty'; did you mean 'volatility'\?"):
        value_at(stock, "volatilty")
    with pytest.raises(InputError, match=r"drift\.more: there is no 'more'"):
        value_at(stock, "drift.more")


def test_units_come_from_the_schema():
    units = schema_units()
    assert units["choice.money_weight"] == "log-odds"
    assert units["labs.*.stock.volatility"] == "log points a year"
    assert units["campaigns.*.tiers.*.total"] == "M$"
    assert "labs.*.stock" not in units


def test_an_unknown_name_gets_the_nearest_or_all_of_a_few():
    assert did_you_mean("loyality", ["loyalty", "talent"]) == "did you mean 'loyalty'?"
    assert did_you_mean("xyz", ["loyalty", "talent"]) == "known are loyalty, talent"
    assert did_you_mean("xyz", []) == "there is nothing like it"
