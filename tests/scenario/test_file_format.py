"""The JSON Schema of scenario files accepts partial files and knows every key."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from talentmarket.scenario import dumps, load, shipped_scenarios
from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.shipped import folder
from talentmarket.scenario.writing.file_format import file_format, file_format_text


def mistakes(value: Any, field: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    """The part of JSON Schema that the file format uses, checked."""
    if "$ref" in field:
        field = whole["$defs"][field["$ref"].rpartition("/")[2]]
    if "anyOf" in field:
        return min((mistakes(value, one, whole) for one in field["anyOf"]), key=len)
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if not isinstance(value, kinds[field.get("type", "string")]) or ("enum" in field and value not in field["enum"]):
        return [f"{value!r}"]
    found = [f"no {key}" for key in field.get("required", ()) if key not in value]
    if isinstance(value, dict):
        for key, child in value.items():
            inner = field.get("properties", {}).get(key, field.get("additionalProperties"))
            found += mistakes(child, inner, whole) if inner else [key]
    elif isinstance(value, list):
        found += [one for item in value for one in mistakes(item, field["items"], whole)]
    elif isinstance(value, str):
        found += [] if re.search(field.get("pattern", ""), value) else [value]
    elif not isinstance(value, bool) and not field.get("minimum", -1e99) <= value <= field.get("maximum", 1e99):
        found.append(f"{value}")
    return found


@pytest.mark.parametrize("entry", shipped_scenarios(), ids=lambda entry: entry.name)
def test_shipped_files_and_their_dumps_are_in_the_format(entry: Any) -> None:
    whole = file_format()
    assert mistakes(tomllib.loads(entry.path.read_text(encoding="utf-8")), whole, whole) == []
    assert mistakes(tomllib.loads(dumps(load(entry.name))), whole, whole) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ('extends = "meta_raid"\nreplace = ["labs"]\n[defaults.lab.stock]\nbeta = 1\n', []),
        ("[[labs]]\nmission = 0.5\n", ["no name"]),
        ("[choice]\nnose = 1\n", ["nose"]),
        ("[choice]\nnoise = -1\n", ["-1"]),
        ('[defaults.lab]\nname = "x"\n', ["name"]),
        ("[defaults.labs]\n", ["labs"]),
        ('[sources]\n"choice.noise" = 3\n', ["3"]),
        (
            '[sources]\n"choice.noise" = "mine"\n[facts.mine]\nsays = "x"\nvalue = 1\nclaimed_by = "x"\nwhere = "x"\n',
            [],
        ),
    ],
)
def test_partial_files_are_welcome_and_mistakes_are_not(text: str, found: list[str]) -> None:
    whole = file_format()
    assert mistakes(tomllib.loads(text), whole, whole) == found


def test_nothing_but_names_is_required_and_units_are_told() -> None:
    whole = file_format()
    assert "required" not in whole
    assert {name: table.get("required") for name, table in whole["$defs"].items() if "required" in table} == {
        name: ["name"] for name in ("Lab", "Campaign", "Tier", "Event")
    }
    assert whole["$defs"]["Tier"]["properties"]["total"]["description"].endswith("Unit: M$.")
    assert whole["properties"]["sources"]["additionalProperties"]["anyOf"][0]["enum"] == list(facts())


def test_the_files_name_the_format_beside_them_and_it_is_of_today() -> None:
    scenarios = folder("scenarios")
    assert (scenarios / "scenario.schema.json").read_text(encoding="utf-8") == file_format_text()
    for file in (*scenarios.glob("*.toml"), *scenarios.glob("theory/*.toml")):
        directive, path = file.read_text(encoding="utf-8").splitlines()[0].split()
        assert directive == "#:schema"
        assert (file.parent / path).resolve() == (scenarios / "scenario.schema.json").resolve()
