"""Parameters of a scenario as keywords of Python: by path, or by the last part of it where that says enough."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import child, fields_of, members
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import Path, path_text, split_path
from talentmarket.scenario.text.wording import nearest

SHOWN = 3


def with_parameters(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """A scenario with some of its parameters set.

    Parameters
    ----------
    values
        By path, as `labs.OpenAI.mission`, or by its last part where one parameter of the scenario ends so, as `noise`.
        NumPy's numbers and arrays are taken as plain ones.

    Raises
    ------
    InputError
        If a name is unknown or stands for several parameters; the message says which.
    ScenarioError
        If a path leads nowhere or a value is not allowed.
    """
    if not values:
        return scenario
    return scenario.changed({path_of(name, scenario): _plain(name, value) for name, value in values.items()})


def path_of(name: str, scenario: Scenario) -> str:
    """The path of a parameter that is given by its path, or by the last part of it. Raises InputError as above."""
    if len(split_path(name)) > 1:
        return name
    patterns = [split_path(pattern) for pattern in fields_of(Scenario)]
    paths = [path_text(path) for pattern in patterns if pattern[-1] == name for path in _paths(pattern, scenario)]
    if len(paths) == 1:
        return paths[0]
    if not paths:
        raise InputError(f"there is no parameter {name!r:.70}; {nearest(name, {pattern[-1] for pattern in patterns})}")
    others = ", ".join(map(repr, paths[:SHOWN])) + (", ..." if len(paths) > SHOWN else "")
    raise InputError(
        f"{name!r} is the name of {len(paths)} parameters ({others}): write the path, as in **{{{paths[0]!r}: VALUE}}"
    )


def _paths(pattern: Path, tree: Any) -> Iterator[Path]:
    """The paths of a scenario that a pattern stands for, in which `*` is any item of a list."""
    if not pattern:
        yield ()
        return
    first, rest = pattern[0], pattern[1:]
    for part, content in (members(tree) if first == "*" else {first: child(tree, first)}).items():
        for path in _paths(rest, content):
            yield (part, *path)


def _plain(name: str, value: Any) -> Any:
    """A value as JSON has it: NumPy's numbers and arrays as plain ones."""
    try:
        return json.loads(json.dumps(value, default=lambda one: one.tolist()))
    except (AttributeError, TypeError, ValueError):
        raise InputError(
            f"{name} must be a number, a text, true or false, or a list of them, found {value!r:.70}"
        ) from None
