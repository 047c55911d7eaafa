"""What the schema says about a value: its type, unit and range, in words, and what else it could be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from talentmarket.scenario.places.locating import (
    Field,
    field_at,
    inside,
    is_list_of_tables,
    names_in,
    schema_of,
)
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.positions import Steps

# The tables of [defaults], and what each lies under.
DEFAULTS: Mapping[str, Steps] = {
    "lab": ("labs", 0),
    "campaign": ("campaigns", 0),
    "tier": ("campaigns", 0, "tiers", 0),
    "event": ("events", 0),
}
ABOUT_THE_FILE = ("extends", "replace", "tour")  # keys that are none of the scenario's
FILE_KEYS = (*ABOUT_THE_FILE, "defaults")


@cache
def file_schema() -> Field:
    """What a file may hold by paths: a scenario and `[defaults]`."""
    defaults = {"type": "object", "properties": {kind: default_field(kind) for kind in DEFAULTS}}
    whole = schema_of(Scenario)
    return {**whole, "properties": {**whole["properties"], "defaults": defaults}}


def default_field(kind: str) -> Field:
    """A table of `[defaults]`: all of what it lies under but the name."""
    table = field_at(schema_of(Scenario), DEFAULTS[kind])
    return {**table, "properties": {key: field for key, field in table["properties"].items() if key != "name"}}


def _tables(field: Field, path: str = "") -> Iterator[tuple[str, Field]]:
    """Every table that a field holds, as its heading is written in a file."""
    for name in names_in(field):
        below = inside(field, name)
        is_list = is_list_of_tables(below)
        table, here = (inside(below, 0) if is_list else below), f"{path}{name}"
        if names_in(table):
            yield f"[[{here}]]" if is_list else f"[{here}]", table
            yield from _tables(table, f"{here}.")


def homes_of(key: str) -> Iterator[str]:
    """The tables of a scenario that have such a key, as they are written in a file."""
    name = key.casefold()
    if name in (*names_in(schema_of(Scenario)), *FILE_KEYS):
        yield "the top of the file, before the first [table]"
    yield from (heading for heading, table in _tables(schema_of(Scenario)) if name in names_in(table))


def allowed(field: Field) -> str:
    """What a field accepts, with its range and unit."""
    if "anyOf" in field:
        return " or ".join(allowed(each) for each in field["anyOf"] if each.get("type") != "null")
    if "enum" in field:
        return " or ".join(f'"{choice}"' for choice in field["enum"])
    kind = field.get("type")
    if kind in ("number", "integer"):
        unit = f" ({field['unit']})" if field.get("unit") else ""
        return ("a whole number" if kind == "integer" else "a number") + _range(field) + unit
    if "shape" in field:
        return str(field["shape"])
    if kind == "string":
        one_line = " on one line" if "pattern" in field else ""
        return (
            f"text in quotation marks{one_line}, of 1 to {field['maxLength']:,} characters"
            if "maxLength" in field
            else "text"
        )
    if kind == "array":
        return _list(field)
    return "true or false" if kind == "boolean" else "a table"


def _range(field: Field) -> str:
    low, high = _whole(field.get("minimum")), _whole(field.get("maximum"))
    if low is not None and high is not None:
        return f" from {low:,} to {high:,}"
    above = _whole(field.get("exclusiveMinimum"))
    return f" above {above:,}" if above is not None else ""


def _whole(bound: float | None) -> float | None:
    """A bound without a needless point."""
    return int(bound) if bound is not None and bound == int(bound) else bound


def _list(field: Field) -> str:
    least, most = field.get("minItems", 0), field.get("maxItems")
    count = (
        ("one or more " if least else "")
        if most is None
        else f"{most} "
        if least == most
        else f"{least} to {most} "
        if least
        else f"at most {most} "
    )
    items = field.get("items", {})
    if "items" in items and "title" not in items:
        return f"a list of {count}lists, each {_list(items)}"
    what = "tables" if is_list_of_tables(field) else items.get("title", "texts")
    return f"a list of {count}{what}"
