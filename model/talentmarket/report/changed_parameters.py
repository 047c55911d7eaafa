"""What scenarios assume differently: a table of the parameters in which they differ, and of no others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from talentmarket.report.page import Row, Section, Table
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.locating import fields_of, members
from talentmarket.scenario.text.paths import Path, path_text, pattern_fits
from talentmarket.scenario.writing.dumping import dumps

TEXTS = ("title", "question", "description", "sources", "facts", "extends")
NOTHING = "–"
SECTIONS = {
    "run": "The run",
    "population": "Researchers",
    "choice": "The choice",
    "risk": "Risk",
    "contacts": "Ordinary hiring",
}
ITEMS = {"labs": "Lab", "campaigns": "Campaign", "tiers": "tier", "events": "Event"}


def changed_parameters(scenarios: Sequence[Scenario], names: Sequence[str]) -> Table | None:
    """The parameters in which scenarios differ from the first, or None if there are none.

    Parameters
    ----------
    scenarios
        The base, and one or more others.
    names
        A name for each, for the headings.
    """
    values = [dict(_leaves((), tomllib.loads(dumps(scenario)))) for scenario in scenarios]
    paths = [path for path in dict.fromkeys(path for leaves in values for path in leaves) if _differs(path, values)]
    if not paths:
        return None
    sections = [
        Section(_heading(where), tuple(_row(path, values, scenarios) for path in paths if _table_of(path) == where))
        for where in dict.fromkeys(_table_of(path) for path in paths)
    ]
    columns = ("Parameter", *names, "Unit", "Rests on")
    return Table(columns, (False, *(True for _ in names), False, False), tuple(sections))


def _leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Every plain value below a path; items of lists go by their names, and what is empty is not there."""
    if isinstance(value, dict):
        for key, below in value.items():
            if path or key not in TEXTS:
                yield from _leaves((*path, key), below)
    elif named := members(value):
        for name, item in named.items():
            yield from _leaves((*path, name), {key: below for key, below in item.items() if key != "name"})
    elif value != []:
        yield path, value


def _differs(path: Path, values: Sequence[dict[Path, Any]]) -> bool:
    return any(leaves.get(path) != values[0].get(path) for leaves in values[1:])


def _table_of(path: Path) -> Path:
    """The table of a scenario file that a parameter stands in; an event is one table."""
    return path[:2] if path[0] == "events" else path[:-1]


def _heading(where: Path) -> str:
    """A table as a reader would name it, such as `Campaign raid, tier top`."""
    parts, steps = [], list(where)
    while steps:
        step = steps.pop(0)
        parts.append(f"{ITEMS[step]} {steps.pop(0)}" if step in ITEMS and steps else SECTIONS.get(step, step))
    return ", ".join(parts)


def _row(path: Path, values: Sequence[dict[Path, Any]], scenarios: Sequence[Scenario]) -> Row:
    text = path_text(path)
    field = next((field for pattern, field in fields_of(Scenario).items() if pattern_fits(pattern, text)), {})
    facts = dict.fromkeys(scenario.sources[text] for scenario in scenarios if text in scenario.sources)
    written = (_written(leaves[path]) if path in leaves else NOTHING for leaves in values)
    return Row((": ".join(path[len(_table_of(path)) :]), *written, field.get("unit", ""), ", ".join(facts)))


def _written(value: Any) -> str:
    """A value without quotation marks."""
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
