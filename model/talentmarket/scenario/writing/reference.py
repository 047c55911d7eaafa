"""What there is to know of every parameter of the scenario files, from the schema, the baseline and `seeds/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import parameters
from talentmarket.scenario.places.locating import (
    Field,
    fields_of,
    inside,
    is_list_of_tables,
    members,
    names_in,
    schema_of,
)
from talentmarket.scenario.reading.chain import BASELINE, shipped_file
from talentmarket.scenario.reading.fields import allowed
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import Path, path_text, pattern_fits, split_path
from talentmarket.scenario.text.wording import nearest, one_line

# Under which table of [defaults] the parameters of each list stand.
DEFAULTS_OF = {"labs.*": "lab", "campaigns.*": "campaign", "campaigns.*.tiers.*": "tier", "events.*": "event"}


@dataclass(frozen=True)
class Entry:
    """A parameter.

    Attributes
    ----------
    path
        Its path, `*` standing for any item of a list.
    meaning, unit, allowed
        What it is; its unit; what it may be, in words.
    low, high
        The closed range of a number; None for what is none.
    default
        The baseline's value; None for what each lab, campaign, tier or event says itself.
    labs
        The values of the baseline's labs that have one of their own.
    off
        The value at which it has no effect; None if there is none.
    settable
        Whether events may set it.
    basis, facts, note
        What the value rests on, as `seeds/parameters.toml` has it.
    """

    path: str
    meaning: str
    unit: str
    allowed: str
    low: float | None
    high: float | None
    default: Any
    labs: Mapping[str, Any]
    off: Any
    settable: bool
    basis: str
    facts: tuple[str, ...]
    note: str


@cache
def entries() -> tuple[Entry, ...]:
    """Every parameter, in the order of the schema."""
    return tuple(_entry(path) for path in fields_of(Scenario))


def entries_about(word: str) -> list[Entry]:
    """The parameters that a path names, or in whose path, meaning or unit a word stands.

    Raises
    ------
    InputError
        If there are none; the message has the nearest name.
    """
    named = [entry for entry in entries() if _is_path_of(entry, word)]
    about = named or [
        entry for entry in entries() if word.casefold() in f"{entry.path} {entry.meaning} {entry.unit}".casefold()
    ]
    if not about:
        keys = dict.fromkeys(part for entry in entries() for part in entry.path.split(".") if part != "*")
        raise InputError(f"there is no parameter about {one_line(word)!r}; {nearest(word, keys)}")
    return about


def paths_in(scenario: Scenario) -> list[str]:
    """The path of every single value of a scenario, as `--set` takes it."""
    return list(_paths((), schema_of(Scenario), scenario))


def _paths(before: Path, field: Field, content: Any) -> Iterator[str]:
    if not (is_list_of_tables(field) or names_in(field)):
        yield path_text(before)
    for name, below in members(content).items():
        if is_list_of_tables(field):
            yield from _paths((*before, name), inside(field, 0), below)
        elif names_in(field):
            yield from _paths((*before, name), inside(field, name), below)


def default_of(path: str) -> Any:
    """The value of the baseline; None for what each lab, campaign, tier or event says itself."""
    for prefix in sorted(DEFAULTS_OF, key=len, reverse=True):
        if path.startswith(f"{prefix}."):
            rest = split_path(path.removeprefix(f"{prefix}."))
            return _value(baseline()["defaults"].get(DEFAULTS_OF[prefix], {}), rest)
    return _value(baseline(), split_path(path))


@cache
def baseline() -> Mapping[str, Any]:
    """What the file of the baseline holds."""
    return tomllib.loads(shipped_file(BASELINE).path.read_text(encoding="utf-8"))


def _entry(path: str) -> Entry:
    field, rests_on = fields_of(Scenario)[path], parameters()[path]
    own = path.removeprefix("labs.*.") if path.startswith("labs.*.") else ""
    labs = {lab["name"]: _value(lab, split_path(own)) for lab in baseline()["labs"]} if own else {}
    return Entry(
        path,
        field["description"],
        field.get("unit", ""),
        allowed(field),
        field.get("minimum"),
        field.get("maximum"),
        default_of(path),
        {name: value for name, value in labs.items() if value is not None},
        field.get("off"),
        bool(field.get("settable")),
        rests_on.basis,
        rests_on.facts,
        rests_on.note,
    )


def _value(content: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        content = content.get(step) if isinstance(content, Mapping) else None
    return content


def _is_path_of(entry: Entry, word: str) -> bool:
    try:
        return entry.path == word or pattern_fits(entry.path, word)
    except InputError:
        return False
