"""Checks `[sources]`: each entry ties a value of the scenario to a fact, and both must be there."""

from __future__ import annotations

from collections.abc import Iterator

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import facts
from talentmarket.scenario.places.locating import follow, locate, schema_of
from talentmarket.scenario.reading.problems import Problem
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.tree import Node
from talentmarket.scenario.text.wording import as_written, nearest


def source_problems(tree: Node, since_layer: int) -> Iterator[Problem]:
    """What is wrong with the sources that stand in this layer or above; `tree` has its defaults filled in."""
    own = tree.table["facts"].table if "facts" in tree.table else {}
    for identifier, fact in own.items():
        if identifier in facts() and fact.place.layer >= since_layer:
            yield Problem(fact.place, f"facts: {as_written(identifier)} is the id of a shipped fact; choose another")
    known = [*facts(), *own]
    for path, fact in _entries(tree):
        if fact.place.layer < since_layer:
            continue
        try:
            locate(split_path(path), schema_of(Scenario), tree)
        except InputError as error:
            yield Problem(fact.place, f"sources: {as_written(path)} names nothing in this scenario: {error}")
        if isinstance(fact.value, str) and fact.value not in known:
            hint = nearest(fact.value, known)
            yield Problem(
                fact.place, f"sources: {as_written(path)} rests on an unknown fact {as_written(fact.value)}; {hint}"
            )


def with_live_sources(tree: Node) -> Node:
    """The tree without sources of values that a file further up, or an override, has replaced."""
    entries = {path: fact for path, fact in _entries(tree) if not _is_outdated(tree, path, fact)}
    if "sources" not in tree.table or not isinstance(tree.table["sources"].value, dict):
        return tree
    return tree.with_value({**tree.table, "sources": tree.table["sources"].with_value(entries)})


def _is_outdated(tree: Node, path: str, fact: Node) -> bool:
    try:
        steps = locate(split_path(path), schema_of(Scenario), tree)
    except InputError:
        return True
    return follow(tree, steps).place.layer > fact.place.layer


def _entries(tree: Node) -> Iterator[tuple[str, Node]]:
    yield from tree.table["sources"].table.items() if "sources" in tree.table else ()
