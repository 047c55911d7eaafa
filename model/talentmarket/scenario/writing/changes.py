"""Whether two scenarios are the same, and what differs between them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from talentmarket.scenario.places.differences import Change, changes
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.dumping import dumps

REPLICATES = "run.replicates"  # how many there are changes none of them


def scenario_changes(before: Mapping[str, Any], scenario: Scenario) -> list[Change]:
    """In which parameters a scenario differs from the content of a complete file; none: it is the same scenario.

    Its number of replicates may differ.
    """
    return [each for each in changes(before, tomllib.loads(dumps(scenario))) if each.path != REPLICATES]


def is_same_scenario(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same replicates; how many of them may differ."""
    return not scenario_changes(tomllib.loads(dumps(one)), other)
