"""Values of scenario files that remember where they stand, so that a message about any of them can say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from talentmarket.scenario.text.paths import Path, path_text
from talentmarket.scenario.text.positions import Steps


@dataclass(frozen=True)
class Place:
    """Where a value stands.

    Attributes
    ----------
    file
        The file as the user knows it, or the override that set the value.
    line
        Line from 1; 0 stands for the file as a whole.
    layer
        Which file of the chain of `extends`, from 0 for the one that extends nothing.
    """

    file: str
    line: int
    layer: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


@dataclass(frozen=True)
class Node:
    """A value with its place and its path, in which items of lists go by their names.

    `value` is a dict of nodes, a list of nodes, or a plain value.
    """

    value: Any
    place: Place
    path: Path

    @property
    def table(self) -> Mapping[str, Node]:
        """What a table holds; empty for everything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """What a list holds; empty for everything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def name(self) -> str | None:
        """The `name` in a table; None if there is no such text."""
        named = self.table.get("name")
        return named.value if named is not None and isinstance(named.value, str) else None

    @property
    def written_path(self) -> str:
        """The path as users write it."""
        return path_text(self.path)

    def with_value(self, value: Any) -> Node:
        """The same place and path with another value."""
        return Node(value, self.place, self.path)

    def without(self, *keys: str) -> Node:
        """A table without some of its keys."""
        return self.with_value({key: child for key, child in self.table.items() if key not in keys})


@dataclass(frozen=True)
class Source:
    """What the nodes of one file have in common."""

    file: str
    layer: int
    lines: Mapping[Steps, int]


def grow(value: Any, source: Source, steps: Steps = (), path: Path = ()) -> Node:
    """Nodes for the content of a file, as `tomllib` returns it."""
    place = Place(source.file, source.lines.get(steps, 0), source.layer)
    if isinstance(value, dict):
        content: Any = {key: grow(child, source, (*steps, key), (*path, key)) for key, child in value.items()}
    elif isinstance(value, list):
        content = [
            grow(child, source, (*steps, number), (*path, _label(child, number))) for number, child in enumerate(value)
        ]
    else:
        content = value
    return Node(content, place, path)


def _label(item: Any, number: int) -> str:
    """What a list item is called in paths: its name, or its number from 1 in brackets."""
    name = item.get("name") if isinstance(item, dict) else None
    return name if isinstance(name, str) and name else f"[{number + 1}]"


def plain(node: Node) -> Any:
    """The value of a node without places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value
