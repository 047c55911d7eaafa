"""`load(dumps(scenario)) == scenario` for whatever scenario is valid."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmarket.scenario import Scenario, dumps, load, shipped_scenarios
from talentmarket.scenario.places.locating import Field, field_at, names_in, schema_of

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40) | st.sampled_from(
    [
        'a"b',
        "a'b",
        "a.b",
        '"',
        "\\",
        "[x]",
        "#",
        "日本",
        "a=b",
        " ",
        "\u2028",
        "\ufeff",
        "'''",
        '"""',
        "-",
        "1.5",
        "true",
    ]
)
WHOLE = schema_of(Scenario)
LAB, CAMPAIGN, EVENT = (field_at(WHOLE, (name, 0)) for name in ("labs", "campaigns", "events"))
TIER = field_at(CAMPAIGN, ("tiers", 0))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=50)


def values(field: Field) -> st.SearchStrategy[Any]:
    if names_in(field):
        return tables(field)
    if "anyOf" in field:  # a word, or tranches that suit any number of years
        return values(field["anyOf"][0]) | st.just([[0, 0.25], [7, 0.25], [12, 0.5]])
    if "enum" in field:
        return st.sampled_from(field["enum"])
    if "shape" in field:
        return st.from_regex(field["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii"))
    low = field.get("minimum")
    if field["type"] == "integer":
        return st.integers(low, field["maximum"])
    if field["type"] == "number":
        return st.floats(low, field["maximum"])
    return st.booleans() if field["type"] == "boolean" else NAMES


def tables(field: Field, *without: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = field["properties"]
    return st.fixed_dictionaries({key: values(field) for key, field in fields.items() if key not in without})


@st.composite
def tiers(draw: st.DrawFn) -> dict[str, Any]:
    tier = draw(tables(TIER, "last_rank", "total", "first_year_share", "floor"))
    pay = tier["running_pay"] = draw(st.floats(1e-3, 1e3))
    tier["total"] = pay * tier["years"] + draw(st.floats(1e-3, 1e4))
    tier["floor"] = draw(st.floats(0, 1)) * tier["total"]
    special = tier["total"] - pay * tier["years"]
    least = (pay + special * (1 - tier["stock_share"])) / tier["total"]
    most = least + special * tier["stock_share"] / tier["total"]
    tier["cliff"] = min(tier["cliff"], 12)
    tier["floor"] = min(tier["floor"], tier["total"])
    if not isinstance(tier["vesting"], str):
        return tier | {"first_year_share": 0.0}
    tier["first_year_share"] = (
        1.0 if tier["years"] == 1 else min(1.0, draw(st.sampled_from((least, most, (least + most) / 2))))
    )
    return tier


@st.composite
def campaigns(draw: st.DrawFn, labs: list[str]) -> dict[str, Any]:
    campaign = draw(tables(CAMPAIGN, "lab", "targets", "tiers"))
    campaign["lab"], *campaign["targets"] = draw(st.permutations(labs))
    ranks = sorted(draw(st.sets(st.integers(1, 10**8), min_size=1, max_size=3)))
    names = draw(st.lists(NAMES, min_size=len(ranks), max_size=len(ranks), unique=True))
    campaign["tiers"] = [
        draw(tiers()) | {"last_rank": rank, "name": name} for rank, name in zip(ranks, names, strict=True)
    ]
    return campaign


@st.composite
def events(draw: st.DrawFn, labs: list[str]) -> dict[str, Any]:
    event = draw(tables(EVENT, "set", "reprice"))
    event |= draw(st.sampled_from(({"month": 3, "hazard": 0.0}, {"month": 0, "hazard": 0.5})))
    named = [lab for lab in labs if '"' not in lab]
    paths = st.sampled_from(["choice.envy", "choice.noise", *(f'labs."{lab}".mission' for lab in named)])
    event["set"] = draw(st.dictionaries(paths, st.floats(0, 1), min_size=1))
    event["reprice"] = draw(st.dictionaries(st.sampled_from(labs), st.floats(0.1, 10)))
    return event


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    names = draw(st.lists(NAMES, min_size=2, max_size=3, unique=True))
    kinds = ["outside", *["lab"] * (len(names) - 1)]
    labs = [draw(tables(LAB, "name", "kind", "headcount", "fit")) for _ in names]
    for lab, name, kind in zip(labs, names, kinds, strict=True):
        others = st.sampled_from([other for other in names if other != name])
        fit = draw(st.dictionaries(others, st.floats(0, 1)))
        lab["equity"]["cliff"] %= 13
        lab |= {"name": name, "kind": kind, "headcount": draw(st.integers(1, 10**8)), "fit": fit}
    raids = draw(st.lists(NAMES, max_size=2, unique=True))
    happenings = draw(st.lists(NAMES, max_size=2, unique=True))
    content = {key: draw(values(field)) for key, field in WHOLE["properties"].items() if names_in(field)} | {
        "title": draw(NAMES),
        "question": draw(NAMES),
        "description": draw(TEXTS),
        "labs": labs,
        "campaigns": [draw(campaigns(names)) | {"name": name} for name in raids],
        "events": [draw(events(names)) | {"name": name} for name in happenings],
        "sources": {f'labs."{name}".mission': "max_package" for name in names if '"' not in name},
    }
    content["transfer"] |= {"windows": sorted(draw(st.sets(st.integers(1, 12)))), "no_poach": []}
    partners = [name for name, kind in zip(names, kinds, strict=True) if kind == "lab"]
    if not raids and len(partners) == 2:
        content["transfer"]["no_poach"] = draw(st.sampled_from([[], [partners]]))
    content["population"]["scale"] = max(1.0, content["population"]["scale"])
    return Scenario.model_validate(content)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dumped") / "scenario.toml"


@settings(max_examples=60, derandomize=True, deadline=None)
@given(scenario=scenarios())
def test_what_is_dumped_is_loaded_again(file: Path, scenario: Scenario) -> None:
    file.write_bytes(dumps(scenario).encode())
    assert load(file) == scenario


@pytest.mark.parametrize("name", [entry.name for entry in shipped_scenarios()])
def test_shipped_scenarios_survive_and_stand_alone(file: Path, name: str) -> None:
    scenario = load(name)
    text = dumps(scenario)
    assert 'extends = "none"' in text
    file.write_text(text, encoding="utf-8")
    assert load(file) == scenario
    assert dumps(load(file)) == text


def test_units_stand_behind_the_numbers() -> None:
    lines = dumps(load("meta_raid")).splitlines()
    assert any(line.startswith("loyalty_mean = ") and line.endswith("# share") for line in lines)
    assert any(line.startswith("total = ") and line.endswith("# M$") for line in lines)


def test_negative_zero_and_the_smallest_float_survive(file: Path) -> None:
    scenario = load("baseline", ["population.pay_growth=-0.0", "population.scale=1.0", "choice.noise=5e-324"])
    file.write_text(dumps(scenario))
    assert math.copysign(1, load(file).population.pay_growth) == -1
    assert load(file).choice.noise == 5e-324
