"""What differs between the contents of two complete scenario files, path by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from talentmarket.scenario.places.locating import members
from talentmarket.scenario.text.paths import Path, path_text
from talentmarket.scenario.text.wording import as_written

MISSING = object()


@dataclass(frozen=True)
class Change:
    """A parameter that differs: its path, and both values as they are written in a file (`nothing`: it is not there)."""

    path: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}: {self.old} -> {self.new}"


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every parameter in which two scenarios differ, given as the content of complete files.

    Items of lists are compared by name; one that only one scenario has is a single change, and so is another order.
    """
    return list(_changes((), old, new))


def _changes(path: Path, old: Any, new: Any) -> Iterator[Change]:
    before, now = _table(old), _table(new)
    if before is None or now is None:
        if old != new:
            yield Change(path_text(path), written(old), written(new))
        return
    common = [key for key in before if key in now]
    if isinstance(old, list) and common != [key for key in now if key in before]:
        yield Change(path_text(path), written(list(before)), written(list(now)))
    for key in {**before, **now}:
        yield from _changes((*path, key), before.get(key, MISSING), now.get(key, MISSING))


def _table(value: Any) -> Mapping[str, Any] | None:
    """A table, or a list of tables by their names; None for everything else."""
    named = members(value)
    return named if isinstance(value, dict) or (isinstance(value, list) and len(named) == len(value)) else None


def written(value: Any) -> str:
    """A value as `Change` has it."""
    if value is MISSING:
        return "nothing"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_written(item) for item in value)}]"
    return as_written(value)
