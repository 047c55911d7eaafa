"""Reads the tables of a study file: each key has one type, and what is wrong is noted with its line."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from talentmarket.scenario.reading.problems import Problem
from talentmarket.scenario.text.tree import Node, Place
from talentmarket.scenario.text.wording import as_written, nearest, one_line


def is_finite(value: Any) -> TypeGuard[float]:
    """Whether a value is a number that can be reckoned with: neither infinite nor undefined, nor too large for a float."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


@dataclass
class Problems:
    """What was found to be wrong."""

    found: list[Problem] = field(default_factory=list)

    def note(self, place: Place, text: str) -> None:
        """Something wrong at a place."""
        self.found.append(Problem(place, text))


@dataclass(frozen=True)
class Fields:
    """A table of a study file and where its problems go."""

    node: Node
    problems: Problems

    def known(self, keys: Iterable[str]) -> None:
        """Note every key that the table does not have, and what it was meant to be."""
        known = [*keys]
        where = f"in {self.node.written_path}" if self.node.path else "at the top of a study"
        for key, node in self.node.table.items():
            if key not in known:
                self.problems.note(node.place, f"there is no '{one_line(key)}' {where}; {nearest(key, known)}")

    def has(self, key: str) -> bool:
        """Whether the table has a key."""
        return key in self.node.table

    def wrong(self, key: str, expected: str) -> None:
        """Note that a value is not what it must be."""
        node = self.node.table[key]
        self.problems.note(node.place, f"{node.written_path} is {as_written(node.value)}, but must be {expected}")

    def place(self, key: str) -> Place:
        """Where a key stands, or the table if it is missing."""
        return self.node.table[key].place if self.has(key) else self.node.place

    def text(self, key: str, default: str = "") -> str:
        """A text; the default if it is missing or none."""
        return str(self._value(key, "text in quotation marks", str, default))

    def choice(self, key: str, choices: Iterable[str], default: str) -> str:
        """One of some words."""
        allowed = [*choices]
        word = self.text(key, default)
        if self.has(key) and isinstance(self.node.table[key].value, str) and word not in allowed:
            self.wrong(key, f"{' or '.join(map(as_written, allowed))}; {nearest(word, allowed)}")
            return default
        return word

    def truth(self, key: str) -> bool:
        """True or false; false if it is missing."""
        return bool(self._value(key, "true or false", bool, False))

    def number(self, key: str, default: float = math.nan, above: float = -math.inf) -> float:
        """A finite number larger than `above`; what is none is told once, and the default (which may be none) is taken."""
        value = self._value(key, "a finite number", float, default)
        if self.has(key) and not value > above and not math.isnan(value):
            self.wrong(key, f"a number above {above:g}")
            return default
        return float(value)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number in a range."""
        value = self._value(key, f"a whole number from {least:,} to {most:,}", int, default)
        if not least <= value <= most:
            self.wrong(key, f"a whole number from {least:,} to {most:,}")
            return default
        return int(value)

    def table(self, key: str) -> Fields:
        """A table; an empty one if it is missing or none."""
        if not self.has(key):
            return Fields(Node({}, self.node.place, (*self.node.path, key)), self.problems)
        node = self.node.table[key]
        if not isinstance(node.value, dict):
            self.wrong(key, f"a table: [{node.written_path}]")
            node = node.with_value({})
        return Fields(node, self.problems)

    def _value(self, key: str, expected: str, kind: type, default: Any) -> Any:
        if not self.has(key):
            return default
        value = self.node.table[key].value
        fits = is_finite(value) if kind is float else isinstance(value, kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            self.wrong(key, expected)
            return default
        return value
