"""The JSON Schema of scenario files, so that editors complete and check them while they are written."""

from __future__ import annotations

from typing import Any

from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.reading.chain import NOTHING, shipped_names
from talentmarket.scenario.reading.fields import DEFAULTS, default_field
from talentmarket.scenario.schema import Scenario

# What is added up over several files is not yet all there in one of them.
_WHOLE_SCENARIO_ONLY = ("required", "minItems")
_OF_RUNS = ("off", "settable", "shape")
_NAMED = ("Lab", "Campaign", "Tier", "Event")


def file_format() -> dict[str, Any]:
    """The JSON Schema of a scenario file: of a whole scenario, but nothing is required, plus what only files have."""
    whole = _partial(Scenario.model_json_schema())
    for table in _NAMED:
        whole["$defs"][table]["required"] = ["name"]
    whole["properties"]["sources"]["additionalProperties"] = {"type": "string", "enum": list(facts())}
    whole["properties"] = _file_keys() | whole["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "Scenario file of talentmarket",
        "description": "What it does not name is as in the file it extends.",
    }


def _partial(content: Any) -> Any:
    """A copy in which nothing is required and every description ends with the unit."""
    if isinstance(content, list):
        return [_partial(item) for item in content]
    if not isinstance(content, dict):
        return content
    copy = {key: _partial(value) for key, value in content.items() if key not in (*_WHOLE_SCENARIO_ONLY, *_OF_RUNS)}
    if isinstance(copy.get("unit"), str):
        unit = copy.pop("unit")
        copy["description"] += f" Unit: {unit}." if unit else ""
    return copy


def _file_keys() -> dict[str, Any]:
    defaults = {kind: _partial(default_field(kind)) for kind in DEFAULTS}
    return {
        "extends": {
            "type": "string",
            "description": "What this file changes: a shipped scenario by name, a file in this folder or below it, or"
            f' "{NOTHING}" if this file is complete. Without it, the baseline.',
            "examples": [*shipped_names(), NOTHING, "my_other_scenario.toml"],
        },
        "replace": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Paths of lists and tables that are taken from this file alone instead of being merged.",
            "examples": [["campaigns"]],
        },
        "defaults": {
            "type": "object",
            "additionalProperties": False,
            "description": "Values for every lab, campaign, tier and event that does not name its own.",
            "properties": defaults,
        },
    }
