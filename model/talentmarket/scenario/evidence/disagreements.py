"""A scenario held against the facts that its numbers rest on."""

from __future__ import annotations

from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.fact import Fact
from talentmarket.scenario.evidence.own import fact_of
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import pattern_fits

ROUNDING = 1e-9


def disagreements(scenario: Scenario) -> list[str]:
    """What is wrong with the sources of a scenario: one message for each, and none if all agree with their facts."""
    return [message for path, identifier in scenario.sources.items() for message in _check(scenario, path, identifier)]


def _check(scenario: Scenario, path: str, identifier: str) -> list[str]:
    try:
        value, source = value_at(scenario, path), fact_of(scenario, identifier)
    except InputError as error:
        return [f"sources: {error}"]
    if source.collection != "own" and not any(pattern_fits(pattern, path) for pattern in source.sets):
        sets = ", ".join(source.sets) or "no parameter"
        return [f"sources: {path} cannot rest on the fact {identifier}, which sets {sets}"]
    if _agrees(value, source):
        return []
    return [
        f"sources: {path} = {value}, but the fact {identifier} says {source.value_text}"
        f" ({source.claimed_by}; {source.where})"
    ]


def _agrees(value: Any, source: Fact) -> bool:
    if source.relation == "claim":
        return True
    if isinstance(source.value, str) or isinstance(value, bool) or not isinstance(value, float | int):
        return bool(value == source.value)
    low, high = source.allowed
    slack = ROUNDING * abs(value)
    return low - slack <= value <= high + slack
