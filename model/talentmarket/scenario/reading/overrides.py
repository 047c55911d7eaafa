"""Overrides from the command line, `path=value`: laid over all files; `*` and factors become one plain override a place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.places.locating import field_at, locate
from talentmarket.scenario.places.patterns import ANY, is_meant_as_factor, spelled_out
from talentmarket.scenario.reading.fields import ABOUT_THE_FILE, file_schema
from talentmarket.scenario.reading.merging import merge
from talentmarket.scenario.reading.problems import Problem, wrong_value
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.syntax import parse
from talentmarket.scenario.text.tree import Node, Place, Source, grow, plain
from talentmarket.scenario.text.wording import one_line

# An equals sign inside the quotes of a name does not end the path.
_PATH = re.compile(r"""((?:[^="']|"[^"]*"|'[^']*')*)=""")

# A decimal number without digits on one side of the point, as people type it and TOML has it not.
_HALF_NUMBER = re.compile(r"[+-]?(\.[0-9]+|[0-9]+\.)([eE][+-]?[0-9]+)?", re.ASCII)


def with_overrides(
    tree: Node, overrides: Sequence[str], first_layer: int, completed: Callable[[Node], Node]
) -> tuple[Node, list[Problem]]:
    """The tree with all overrides that can be set, and a problem for each of the others.

    Parameters
    ----------
    tree
        What the files say.
    overrides
        In this order: a factor multiplies what those before it have set.
    first_layer
        The layer of the first one.
    completed
        A tree with all that it leaves out; neither need be right.
    """
    if not all(isinstance(override, str) for override in overrides):
        raise InputError(f"overrides are texts, as in choice.noise=0.5, found {list(overrides)!r:.70}")
    problems: list[Problem] = []
    for layer, override in enumerate(overrides, first_layer):
        source = Source(f"--set {one_line(override)}", layer, {})
        try:
            for each in _written_out(override, completed(tree)) if _is_relative(override) else (override,):
                tree = _set(tree, each, source)
        except InputError as error:
            problems.append(Problem(Place(source.file, 0, layer), str(error)))
    return tree, problems


def _is_relative(override: str) -> bool:
    """Whether an override depends on the scenario that it is laid over; what is wrong with it is told elsewhere."""
    try:
        path, text = split_override(override)
        return ANY in split_path(path) or is_meant_as_factor(_value(text))
    except InputError:
        return False


def _written_out(override: str, tree: Node) -> Iterator[str]:
    """An override for each place that one names in a complete tree."""
    path, text = split_override(override)
    value = _value(text)
    for each, own in spelled_out(path, value, file_schema(), plain(tree)):
        yield f"{each}={text if own is value else json.dumps(own)}"


def _set(tree: Node, override: str, source: Source) -> Node:
    path, text = split_override(override)
    parts = split_path(path)
    if parts[0] in ABOUT_THE_FILE:
        raise InputError(f"'{parts[0]}' can only stand in a file")
    steps = locate(parts, file_schema(), tree)
    new = grow(_value(text), source, (), parts)
    field = field_at(file_schema(), steps)
    if field.get("type") == "object" and not isinstance(new.value, dict):
        raise InputError(wrong_value(new, field).text)
    return _put(tree, steps, new)


def split_override(override: str) -> tuple[str, str]:
    """The path and the value of an override, as they are written.

    Raises
    ------
    InputError
        If it has not both.
    """
    match = _PATH.match(override)
    path, equals, text = override.partition("=") if match is None else (match[1], "=", override[match.end() :])
    if not path.strip() or not equals:
        raise InputError("expected PATH=VALUE, as in choice.noise=0.5")
    if not text.strip():
        raise InputError(f"a value is missing after {path.strip()}=")
    return path.strip(), text.strip()


def _value(text: str) -> Any:
    """A TOML value; whatever is none is taken as text."""
    try:
        content = parse(f"value = {text}", "--set").content
    except ScenarioError:
        return float(text) if _HALF_NUMBER.fullmatch(text) else text
    return content["value"] if list(content) == ["value"] else text


def _put(tree: Node, steps: Sequence[str | int], new: Node) -> Node:
    """The tree with a value set; a table is laid over the one that is there, everything else takes its place."""
    if not steps:
        return merge(tree, new) if new.table else new
    step, *rest = steps
    if isinstance(step, int):
        items = list(tree.items)
        items[step] = _put(items[step], rest, new)
        return tree.with_value(items)
    there = tree.table.get(step, Node({}, new.place, (*tree.path, step)))
    return tree.with_value({**tree.table, step: _put(there, rest, new)})
