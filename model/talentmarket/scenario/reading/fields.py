"""What the schema says about a value: its type, unit and range, in words, and what else it could be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from talentmarket.scenario.schema import Scenario

Field = Mapping[str, Any]

# The tables of [defaults], and what each lies under.
DEFAULTS = {"lab": "Lab", "campaign": "Campaign", "tier": "Tier", "event": "Event"}
FILE_KEYS = ("extends", "replace", "defaults")


@cache
def schema() -> Field:
    """The JSON Schema of a complete scenario."""
    return Scenario.model_json_schema()


@cache
def file_schema() -> Field:
    """What a file may hold by paths: a scenario and `[defaults]`."""
    defaults = {"type": "object", "properties": {kind: default_field(kind) for kind in DEFAULTS}}
    return {**schema(), "properties": {**schema()["properties"], "defaults": defaults}}


def default_field(kind: str) -> Field:
    """A table of `[defaults]`: all of what it lies under but the name."""
    table = definition(DEFAULTS[kind])
    return {**table, "properties": {key: field for key, field in table["properties"].items() if key != "name"}}


def resolved(field: Field) -> Field:
    """A field, or the table that it stands for."""
    return definition(field["$ref"].rpartition("/")[2]) if "$ref" in field else field


def definition(name: str) -> Field:
    """The schema of a table such as `Lab`."""
    table: Field = schema()["$defs"][name]
    return table


def inside(field: Field, step: str | int) -> Field:
    """The field for a key of a table or an item of a list; empty if there is none."""
    whole = resolved(field)
    if isinstance(step, int):
        found = whole.get("items", {})
    else:
        found = whole.get("properties", {}).get(step) or whole.get("additionalProperties") or {}
    return resolved(found)


def field_at(field: Field, steps: Iterable[str | int]) -> Field:
    """The field that keys and numbers of list items lead to."""
    for step in steps:
        field = inside(field, step)
    return field


def names_in(field: Field) -> tuple[str, ...]:
    """The keys that a table may have; empty for what is no table."""
    return tuple(resolved(field).get("properties", {}))


def is_list_of_tables(field: Field) -> bool:
    """Whether a field holds a list of tables, such as `labs`."""
    return bool(names_in(resolved(field).get("items", {})))


def homes_of(key: str) -> Iterator[str]:
    """The tables of a scenario that have such a key, as they are written in a file."""
    name = key.casefold()
    if name in (*names_in(schema()), *FILE_KEYS):
        yield "the top of the file, before the first [table]"
    for section in names_in(schema()):
        field = inside(schema(), section)
        brackets = f"[[{section}]]" if is_list_of_tables(field) else f"[{section}]"
        if name in names_in(field) or name in names_in(field.get("items", {})):
            yield brackets
    for table, brackets in (("Stock", "[labs.stock]"), ("Posting", "[labs.posting]"), ("Tier", "[[campaigns.tiers]]")):
        if name in names_in(definition(table)):
            yield brackets


def allowed(field: Field) -> str:
    """What a field accepts, with its range and unit."""
    whole = resolved(field)
    if "enum" in whole:
        return " or ".join(f'"{choice}"' for choice in whole["enum"])
    kind = whole.get("type")
    if kind in ("number", "integer"):
        unit = f" ({whole['unit']})" if whole.get("unit") else ""
        return ("a whole number" if kind == "integer" else "a number") + _range(whole) + unit
    if kind == "string":
        one_line = " on one line" if "pattern" in whole else ""
        return (
            f"text in quotation marks{one_line}, of 1 to {whole['maxLength']:,} characters"
            if "maxLength" in whole
            else "text"
        )
    if kind == "array":
        return _list(whole)
    return "true or false" if kind == "boolean" else "a table"


def _range(field: Field) -> str:
    low, high = _whole(field.get("minimum")), _whole(field.get("maximum"))
    above = field.get("exclusiveMinimum")
    if above is not None:
        return f" above {above:g}" + (f" and at most {high:,}" if high is not None else "")
    if low is not None and high is not None:
        return f" from {low:,} to {high:,}"
    return ""


def _whole(bound: float | None) -> float | None:
    """A bound without a needless point."""
    return int(bound) if bound is not None and bound == int(bound) else bound


def _list(field: Field) -> str:
    least, most = field.get("minItems", 0), field.get("maxItems")
    count = (
        ("one or more " if least else "") if most is None else f"{least} to {most} " if least else f"at most {most} "
    )
    return f"a list of {count}tables" if is_list_of_tables(field) else f"a list of {count}texts"
