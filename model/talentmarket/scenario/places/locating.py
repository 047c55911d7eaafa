"""Where a path such as `labs.OpenAI.mission` leads: keys and numbers of list items, and what the schema says of the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from typing import Any

from pydantic import BaseModel

from talentmarket.errors import InputError
from talentmarket.scenario.text.paths import Path, path_text, split_path
from talentmarket.scenario.text.positions import Steps
from talentmarket.scenario.text.tree import Node
from talentmarket.scenario.text.wording import nearest, one_line

Field = Mapping[str, Any]
SHORTEST_WORD = 4  # that is looked for within keys
MOST_HOMES = 4


@cache
def schema_of(model: type[BaseModel]) -> Field:
    """The JSON Schema of a model, each table where it is used."""
    whole = model.model_json_schema()
    definitions = whole.pop("$defs", {})

    def inlined(field: Any) -> Any:
        if isinstance(field, list):
            return [inlined(item) for item in field]
        if not isinstance(field, dict):
            return field
        if "$ref" in field:
            return inlined(definitions[field["$ref"].rpartition("/")[2]])
        return {key: inlined(below) for key, below in field.items()}

    return dict(inlined(whole))


def inside(field: Field, step: str | int) -> Field:
    """The field for a key of a table or an item of a list; empty if there is none."""
    if isinstance(step, int):
        return field.get("items", {})
    return field.get("properties", {}).get(step) or field.get("additionalProperties") or {}


def field_at(field: Field, steps: Iterable[str | int]) -> Field:
    """The field that keys and numbers of list items lead to."""
    for step in steps:
        field = inside(field, step)
    return field


def names_in(field: Field) -> tuple[str, ...]:
    """The keys that a table may have; empty for what is no table."""
    return tuple(field.get("properties", {}))


def is_list_of_tables(field: Field) -> bool:
    """Whether a field holds a list of tables, such as `labs`."""
    return bool(names_in(field.get("items", {})))


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """The path of every value that a model holds, with `*` for the items of lists, and what the schema says of it."""
    return dict(_leaves((), schema_of(model)))


def _leaves(path: Path, field: Field) -> Iterator[tuple[str, Field]]:
    if is_list_of_tables(field):
        yield from _leaves((*path, "*"), field["items"])
    elif names_in(field):
        for name in names_in(field):
            yield from _leaves((*path, name), inside(field, name))
    else:
        yield ".".join(path), field


def locate(path: Path, field: Field, tree: Any) -> Steps:
    """Keys and numbers of list items that lead to what a path names; it need not be set yet.

    Parameters
    ----------
    field
        The schema of the tree.
    tree
        Nodes, a model, or plain tables and lists.

    Raises
    ------
    InputError
        If the schema or the lists of the tree have no such place; the message names the nearest one, or the tables that
        have a key of that name.
    """
    steps: Steps = ()
    below, content = field, tree
    for number, part in enumerate(path):
        try:
            step = _step(path[:number], part, below, content)
        except InputError as error:
            if not (homes := _homes(path, field)):
                raise
            raise InputError(f"there is no {path_text(path)}; did you mean {' or '.join(homes)}?") from error
        content, below = child(content, step), inside(below, step)
        steps = (*steps, step)
    return steps


def _homes(path: Path, field: Field) -> list[str]:
    """The paths of a key whose own path begins with the wrong table, or of keys that hold a word given without a table."""
    every = [home for home, _ in _leaves((), field) if split_path(home)[-1] == path[-1]]
    if not every and len(path) == 1 and len(path[0]) >= SHORTEST_WORD:
        every = [home for home, _ in _leaves((), field) if path[0] in split_path(home)[-1]]
    homes = [home for home in every if "." in home and not home.startswith("defaults.")]
    return [] if any(split_path(home)[0] == path[0] for home in every) else homes[:MOST_HOMES]


def _step(before: Path, part: str, field: Field, tree: Any) -> str | int:
    if is_list_of_tables(field):
        items = _content(tree)
        names = [name_of(item) or "" for item in items] if isinstance(items, list | tuple) else []
        if part in names:
            return names.index(part)
        raise InputError(f"there is no '{one_line(part)}' in {path_text(before)}; {nearest(part, filter(None, names))}")
    if names_in(field):
        if part in names_in(field):
            return part
        where = f"in {path_text(before)}" if before else "at the top"
        raise InputError(f"there is no '{one_line(part)}' {where}; {nearest(part, names_in(field))}")
    if field.get("additionalProperties"):
        return part
    raise InputError(f"nothing stands below {path_text(before)}, so there is no '{one_line(part)}'")


def child(tree: Any, step: str | int) -> Any:
    """What stands at a key of a table or a number of a list; None if there is nothing."""
    content = _content(tree)
    if isinstance(step, str):
        return content.get(step) if isinstance(content, Mapping) else None
    return content[step] if isinstance(content, list | tuple) and step < len(content) else None


def _content(tree: Any) -> Any:
    """The table, list or plain value that a node or a model stands for."""
    if isinstance(tree, BaseModel):
        return vars(tree)
    return tree.value if isinstance(tree, Node) else tree


def name_of(item: Any) -> str | None:
    """The name by which paths call an item of a list; None if it has none."""
    name = _content(child(item, "name"))
    return name if isinstance(name, str) else None


def members(tree: Any) -> Mapping[str, Any]:
    """What stands directly below a table, or below a list of tables by their names; empty for everything else."""
    content = _content(tree)
    if isinstance(content, list | tuple):
        return {name: item for item in content if (name := name_of(item)) is not None}
    return content if isinstance(content, Mapping) else {}


def follow(tree: Node, steps: Sequence[str | int]) -> Node:
    """The node that keys and numbers of list items lead to, or the last one on the way that there is."""
    for step in steps:
        below = child(tree, step)
        if below is None:
            break
        tree = below
    return tree


def value_at(model: BaseModel, path: str) -> Any:
    """The value of a scenario, or of a part of it, that a path names.

    Raises
    ------
    InputError
        If there is no such value; the message says which part is unknown and the nearest known name.
    """
    return reduce(child, locate(split_path(path), schema_of(type(model)), model), model)
