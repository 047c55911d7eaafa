"""The JSON Schema of scenario files, so that editors complete and check them while they are written."""

from __future__ import annotations

import json
from typing import Any

from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.places.locating import fields_of, schema_of
from talentmarket.scenario.reading.chain import NOTHING, shipped_names
from talentmarket.scenario.reading.fields import DEFAULTS, default_field
from talentmarket.scenario.schema import Scenario, Tour
from talentmarket.scenario.writing.reference import DEFAULTS_OF, default_of

LISTS = {
    "labs": "The labs, and the outside world: a [[labs]] each. Those of the file it extends stay, and go by their names.",
    "campaigns": "The raids: a [[campaigns]] each, with its tiers of packages.",
    "events": "What happens at a month or at a hazard: an [[events]] each.",
}
TIERS = "The packages: a [[campaigns.tiers]] each, from the head of the list on."

# What is added up over several files is not yet all there in one of them.
_WHOLE_SCENARIO_ONLY = ("required", "minItems")
_OF_RUNS = ("off", "settable", "shape")
_TOUR = schema_of(Tour)["properties"]["tour"]
_NAMED = ("Lab", "Campaign", "Tier", "Event")


def file_format() -> dict[str, Any]:
    """The JSON Schema of a scenario file: of a whole scenario, but nothing is required, plus what only files have."""
    whole = _partial(Scenario.model_json_schema())
    for table in _NAMED:
        whole["$defs"][table]["required"] = ["name"]
    for table, meaning in LISTS.items():
        whole["properties"][table]["description"] = meaning
    whole["$defs"]["Campaign"]["properties"]["tiers"]["description"] = TIERS
    whole["properties"]["sources"]["additionalProperties"] = {
        "anyOf": [{"type": "string", "enum": list(facts())}, {"type": "string", "description": "A fact of one's own."}]
    }
    whole["properties"] = _file_keys() | whole["properties"]
    _add_defaults(whole)
    _describe_tables(whole, whole["$defs"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "Scenario file of talentmarket",
        "description": "What it does not name is as in the file it extends.",
    }


def file_format_text() -> str:
    """The same as text, which `scenarios/scenario.schema.json` holds for the editors of the files beside it."""
    return json.dumps(file_format(), indent=2) + "\n"


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


def _add_defaults(whole: dict[str, Any]) -> None:
    """Tell what a value is that no file names: in the tables themselves and in those of `[defaults]`."""
    for path in fields_of(Scenario):
        default = default_of(path)
        if "." not in path or default is None:
            continue
        _field_of(path, whole, whole)["default"] = default
        for prefix, kind in DEFAULTS_OF.items():
            if path.startswith(f"{prefix}.") and "*" not in path.removeprefix(prefix):
                table = whole["properties"]["defaults"]["properties"][kind]
                _field_of(path.removeprefix(f"{prefix}."), table, whole)["default"] = default


def _field_of(path: str, table: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """What the format says of a path, from a table on."""
    field = table
    for part in path.split("."):
        field = field["items"] if part == "*" else field["properties"][part]
        if "$ref" in field:
            field = whole["$defs"][field["$ref"].rpartition("/")[2]]
    return field


def _describe_tables(content: Any, definitions: dict[str, Any]) -> None:
    """Say what a table is also where it is used: not every editor looks behind a reference."""
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        if isinstance(part, dict) and "$ref" in part:
            part["description"] = definitions[part["$ref"].rpartition("/")[2]]["description"]
        else:
            _describe_tables(part, definitions)


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
        "tour": {
            "type": "array",
            "maxItems": _TOUR["maxItems"],
            "items": _TOUR["items"],
            "description": "Steps of a guided tour on the page; of this file alone, and without effect on a run.",
        },
        "defaults": {
            "type": "object",
            "additionalProperties": False,
            "description": "Values for every lab, campaign, tier and event that does not name its own.",
            "properties": defaults,
        },
    }
