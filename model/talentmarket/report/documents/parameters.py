"""Every parameter with meaning, unit, range, off value, default and what it rests on, from the schema, the baseline and `seeds/`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from talentmarket.report.documents.markdown import table
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import Field, fields_of
from talentmarket.scenario.reading.fields import allowed
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.reference import baseline, default_of

HEADER = ("parameter", "meaning", "allowed", "off", "default", "rests on")
TOP = "scenario"
OWN = "each its own"


def _section(path: str) -> str:
    return path.rpartition(".")[0] or TOP


def shown(value: Any) -> str:
    """A value as a scenario file has it; what nobody gave, as such."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return OWN if value is None or value == {} else f"{value}"


def _rests_on(path: str) -> str:
    parameter = parameters()[path]
    named = ", ".join(f"`{fact}`" for fact in parameter.facts)
    return f"{parameter.basis}{': ' if named else ''}{named}. {parameter.note}"


def _row(path: str, field: Field) -> tuple[str, ...]:
    name = path.rpartition(".")[2]
    off = "empty" if field.get("off") in ({}, []) else shown(field["off"]) if "off" in field else "–"
    default = "a text" if _section(path) == TOP else shown(default_of(path))
    return f"`{name}`", field["description"], allowed(field), off, default, _rests_on(path)


def _heading(section: str) -> str:
    """How a file begins the table of a section."""
    if section == TOP:
        return "At the top of the file"
    name = section.replace(".*", "")
    return f"`[[{name}]]`" if section.endswith("*") else f"`[{name}]`"


def parameter_tables() -> str:
    """One table for each table of the scenario files, in Markdown."""
    parts = []
    fields = fields_of(Scenario)
    for section, paths in groupby(fields, key=_section):
        rows = [_row(path, fields[path]) for path in paths]
        parts.append(f"### {_heading(section)}\n\n{table(HEADER, rows)}")
    return "\n\n".join(parts)


def _flat(content: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in content.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {f"{prefix}{key}": value}
    return flat


def lab_table() -> str:
    """What the baseline's labs have of their own, in Markdown: a row a parameter, a column a lab."""
    labs = {lab["name"]: _flat(lab) for lab in baseline()["labs"]}
    names = dict.fromkeys(key for values in labs.values() for key in values if key != "name")
    defaults = _flat(baseline()["defaults"]["lab"])

    def cell(own: Mapping[str, Any], name: str) -> str:
        return shown(own[name]) if name in own else f"({shown(defaults.get(name))})"

    rows = [[f"`{name}`", *(cell(own, name) for own in labs.values())] for name in names]
    return table(("parameter", *labs), rows)
