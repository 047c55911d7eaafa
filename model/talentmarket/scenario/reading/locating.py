"""Finds and sets the value that a path such as `labs.OpenAI.mission` names in a tree."""

from __future__ import annotations

from collections.abc import Sequence

from talentmarket.errors import InputError
from talentmarket.scenario.reading.fields import FILE_KEYS, Field, inside, is_list_of_tables, names_in
from talentmarket.scenario.reading.merging import merge
from talentmarket.scenario.text.tree import Node, Path
from talentmarket.scenario.text.wording import nearest, one_line, path_text

Steps = tuple[str | int, ...]


def locate(tree: Node, path: Path, field: Field) -> Steps:
    """Keys and numbers of list items that lead to what a path names; it need not be set yet.

    Raises
    ------
    InputError
        If the schema or the lists of the tree have no such place; the message names the nearest one.
    """
    steps: Steps = ()
    node: Node | None = tree
    for number, part in enumerate(path):
        step = _step(node, path[:number], part, field)
        node = _child(node, step)
        field = inside(field, step)
        steps = (*steps, step)
    return steps


def _step(node: Node | None, before: Path, part: str, field: Field) -> str | int:
    here = path_text(before)
    if is_list_of_tables(field):
        names = [item.name for item in node.items if item.name is not None] if node is not None else []
        if part in names:
            return next(number for number, item in enumerate(node.items if node else []) if item.name == part)
        raise InputError(f"there is no '{one_line(part)}' in {here}; {nearest(part, names)}")
    if names_in(field):
        if part in names_in(field):
            return part
        where = f"in {here}" if here else "at the top"
        home = f"; '{part}' can only stand in a file" if part in FILE_KEYS else f"; {nearest(part, names_in(field))}"
        raise InputError(f"there is no '{one_line(part)}' {where}{home}")
    if field.get("additionalProperties"):
        return part
    raise InputError(f"nothing stands below {here}, so there is no '{one_line(part)}'")


def _child(node: Node | None, step: str | int) -> Node | None:
    if node is None:
        return None
    return node.table.get(step) if isinstance(step, str) else node.items[step]


def put(tree: Node, steps: Sequence[str | int], new: Node) -> Node:
    """The tree with a value set; a table is laid over the one that is there, everything else takes its place."""
    if not steps:
        return merge(tree, new) if new.table else new
    step, *rest = steps
    if isinstance(step, int):
        items = list(tree.items)
        items[step] = put(items[step], rest, new)
        return tree.with_value(items)
    there = tree.table.get(step, Node({}, new.place, (*tree.path, step)))
    return tree.with_value({**tree.table, step: put(there, rest, new)})
