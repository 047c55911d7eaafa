"""Lays a scenario file over the files it extends, and keeps what is wrong with each."""

from __future__ import annotations

from collections.abc import Sequence

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.places.locating import members
from talentmarket.scenario.reading.chain import ScenarioFile
from talentmarket.scenario.reading.defaults import without_misshapen_defaults
from talentmarket.scenario.reading.fields import ABOUT_THE_FILE
from talentmarket.scenario.reading.merging import merge, with_defaults, without_repeats
from talentmarket.scenario.reading.problems import Problem
from talentmarket.scenario.reading.sources import source_problems
from talentmarket.scenario.text.paths import Path, path_text, split_path
from talentmarket.scenario.text.syntax import Parsed
from talentmarket.scenario.text.tree import Node, Place, Source, grow
from talentmarket.scenario.text.wording import as_written, nearest, one_line


def laid_over(chain: Sequence[tuple[ScenarioFile, Parsed]]) -> tuple[Node, list[Problem]]:
    """The tree of a chain of files, base first, and what is wrong with them apart from their values.

    Raises
    ------
    ScenarioError
        If a file is empty.
    """
    tree = Node({}, Place("", 0, -1), ())
    problems: list[Problem] = []
    for number, (file, parsed) in enumerate(chain):
        if not parsed.content:
            raise ScenarioError(
                [f"{file.label}: is empty; a scenario needs a title and a question of its own, or at least extends = …"]
            )
        layer, repeats = without_repeats(grow(parsed.content, Source(file.label, number, parsed.lines)))
        problems += [_repeat(first, again) for first, again in repeats]
        layer, misshapen = without_misshapen_defaults(layer)
        whole, more = _replaced(layer)
        tree = merge(tree, layer.without(*ABOUT_THE_FILE), whole)
        problems += [*misshapen, *more, *source_problems(with_defaults(tree), number)]
    return tree, problems


def _repeat(first: Node, again: Node) -> Problem:
    *parent, name = again.path
    return Problem(
        again.place, f"the name '{one_line(name)}' stands in {'.'.join(parent)} twice, first in line {first.place.line}"
    )


def _replaced(layer: Node) -> tuple[set[Path], list[Problem]]:
    """The paths that a file names in `replace`, and what is wrong with them."""
    if "replace" not in layer.table:
        return set(), []
    replace = layer.table["replace"]
    if not isinstance(replace.value, list) or not all(isinstance(item.value, str) for item in replace.items):
        text = f'replace is {as_written(replace.value)}, but must be a list of paths, such as ["labs"]'
        return set(), [Problem(replace.place, text)]
    whole: set[Path] = set()
    problems: list[Problem] = []
    for item in replace.items:
        try:
            path = split_path(item.value)
            _must_hold(layer, path)
            whole.add(path)
        except InputError as error:
            problems.append(Problem(item.place, f"replace: {error}"))
    return whole, problems


def _must_hold(layer: Node, path: Path) -> None:
    """Raise InputError unless the file itself has something at the path: nothing cannot replace anything."""
    node = layer.without(*ABOUT_THE_FILE)
    for part in path:
        children = members(node)
        if part not in children:
            raise InputError(f"{as_written(path_text(path))} is not in this file; {nearest(part, children)}")
        node = children[part]
