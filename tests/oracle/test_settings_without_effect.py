"""What is said to have no effect changes no bit of a run: every such parameter of random markets, one at a time."""

from __future__ import annotations

import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from plain_market import as_lists
from pydantic import ValidationError
from random_markets import scenarios

import talentmarket as tm
from talentmarket.scenario.inactive.rules import inactive
from talentmarket.scenario.places.locating import Field, child, field_at, locate, names_in, schema_of
from talentmarket.scenario.text.paths import split_path

SCHEMA = schema_of(tm.Scenario)


def another(value: Any, field: Field) -> Any:
    """The value that switches a parameter off, or another one if that is what it has or nothing does."""
    if value != (off := field.get("off", value)):
        return off
    if "anyOf" in field:
        return another(value, field["anyOf"][0])
    if "enum" in field:
        return next(choice for choice in field["enum"] if choice != value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict):
        return {"outside": 0.5} if "outside" not in value else {}
    far = max(field["minimum"], min(field["maximum"], 7 if isinstance(value, int) else 0.77))
    return far if far != value else field["minimum"]


def changed(scenario: tm.Scenario, path: str) -> tm.Scenario | None:
    """The scenario with another value at a path; None for a whole table, or if nothing else fits there."""
    document: Any = scenario.model_dump()
    *steps, key = locate(split_path(path), SCHEMA, document)
    field = field_at(SCHEMA, (*steps, key))
    if names_in(field):
        return None
    table = reduce(child, steps, document)
    table[key] = another(table[key], field)
    try:
        return tm.Scenario.model_validate(document)
    except ValidationError:
        return None


def results(scenario: tm.Scenario) -> str:
    """The tables of a run as text, without what only copies a parameter."""
    tables = as_lists(tm.simulate(scenario, 0))
    del tables["months"]["mission"]
    return json.dumps(tables)


@given(scenario=scenarios())
@settings(
    max_examples=8,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_cannot_act_changes_nothing(scenario: tm.Scenario) -> None:
    tables = results(scenario)
    for path, reason in inactive(scenario).items():
        other = changed(scenario, path)
        if other is not None and results(other) != tables:
            pytest.fail(f"{path} acts, {reason}")
