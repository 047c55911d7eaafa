"""What scenarios assume differently: a table of the parameters in which they differ, and of no others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from talentmarket.report.page import Row, Section, Table
from talentmarket.scenario.places.locating import Field, fields_of, members
from talentmarket.scenario.reading.chain import BASELINE, shipped_file
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import Path, path_text, pattern_fits
from talentmarket.scenario.writing.dumping import dumps
from talentmarket.scenario.writing.resting import rests_on

TEXTS = ("title", "question", "description", "sources", "facts", "extends")
NOTHING = "–"
DEFAULTS_OF = {"labs": "lab", "campaigns": "campaign", "events": "event"}
SECTIONS = {
    "run": "The run",
    "population": "Researchers",
    "choice": "The choice",
    "risk": "Risk",
    "contacts": "Ordinary hiring",
}
ITEMS = {"labs": "Lab", "campaigns": "Campaign", "tiers": "tier", "events": "Event"}


def changed_parameters(scenarios: Sequence[Scenario], names: Sequence[str]) -> tuple[Table, ...]:
    """The parameters in which scenarios differ from the first: one table, and a folded one of those that are as usual.

    What only some of the scenarios have, such as a campaign, has many parameters that its file never names. Those at the value
    that switches them off are left out, and those at their usual value are folded away.

    Parameters
    ----------
    scenarios
        The base, and one or more others.
    names
        A name for each, for the headings.
    """
    values = [dict(_leaves((), tomllib.loads(dumps(scenario)))) for scenario in scenarios]
    paths = [path for path in dict.fromkeys(path for leaves in values for path in leaves) if _differs(path, values)]
    acting = [path for path in paths if not _is_off(path, values)]
    usual = [path for path in acting if _is_usual(path, values)]
    chosen = [path for path in acting if path not in usual]
    if not chosen:
        chosen, usual = usual, []
    found = [_table(chosen, values, (scenarios, names), "")] if chosen else []
    if usual:
        found.append(_table(usual, values, (scenarios, names), f"{len(usual)} more, at their usual values"))
    return tuple(found)


Named = tuple[Sequence[Scenario], Sequence[str]]


def _table(paths: Sequence[Path], values: Sequence[dict[Path, Any]], named: Named, folded: str) -> Table:
    sections = [
        Section(_heading(where), tuple(_row(path, values, named) for path in paths if _table_of(path) == where))
        for where in dict.fromkeys(_table_of(path) for path in paths)
    ]
    columns = ("Parameter", *named[1], "Unit", "Rests on")
    return Table(columns, (False, *(True for _ in named[1]), False, False), tuple(sections), folded)


def _field(path: Path) -> Field:
    text = path_text(path)
    return next((field for pattern, field in fields_of(Scenario).items() if pattern_fits(pattern, text)), {})


def _own(path: Path, values: Sequence[dict[Path, Any]]) -> list[Any] | None:
    """The values of those scenarios that have a parameter, if any lacks it; None if all have it."""
    own = [leaves[path] for leaves in values if path in leaves]
    return own if len(own) < len(values) else None


def _is_off(path: Path, values: Sequence[dict[Path, Any]]) -> bool:
    """Whether a parameter that some scenarios lack is switched off in the others."""
    own, off = _own(path, values), _field(path).get("off")
    return own is not None and off is not None and all(value == off for value in own)


def _is_usual(path: Path, values: Sequence[dict[Path, Any]]) -> bool:
    """Whether a parameter that some scenarios lack has the value of `[defaults]` in the others."""
    own = _own(path, values)
    kind, steps = DEFAULTS_OF.get(path[0], ""), path[2:]
    if path[:1] == ("campaigns",) and path[2:3] == ("tiers",):
        kind, steps = "tier", path[4:]
    if own is None or not kind:
        return False
    usual: Any = tomllib.loads(shipped_file(BASELINE).path.read_text(encoding="utf-8"))["defaults"].get(kind, {})
    for step in steps:
        usual = usual.get(step) if isinstance(usual, dict) else None
    return usual is not None and all(value == usual for value in own)


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


def _row(path: Path, values: Sequence[dict[Path, Any]], named: Named) -> Row:
    written = (_written(leaves[path]) if path in leaves else NOTHING for leaves in values)
    return Row(
        (
            ": ".join(path[len(_table_of(path)) :]),
            *written,
            _field(path).get("unit", ""),
            _rests_on(path, values, named),
        )
    )


def _rests_on(path: Path, values: Sequence[dict[Path, Any]], named: Named) -> str:
    """What the values rest on; whose value it is, where another one rests on something else."""
    text = path_text(path)
    bases: dict[str, list[str]] = {}
    for (scenario, name), leaves in zip(zip(*named, strict=True), values, strict=True):
        if path in leaves:
            bases.setdefault(rests_on(scenario, text), []).append(name)
    return "; ".join(basis if len(bases) == 1 else f"{basis} ({', '.join(names)})" for basis, names in bases.items())


def _written(value: Any) -> str:
    """A value without quotation marks."""
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
