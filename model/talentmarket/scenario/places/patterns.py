"""Paths that name several places at once, `labs.*.compute`, and values that are told by a factor, `x0.5`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from typing import Any, TypeGuard

from pydantic import BaseModel

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import (
    Field,
    child,
    field_at,
    inside,
    is_list_of_tables,
    locate,
    members,
    names_in,
    schema_of,
    value_at,
)
from talentmarket.scenario.text.paths import Path, path_text, split_path
from talentmarket.scenario.text.wording import nearest, one_line

ANY = "*"
MOST = 1e9  # for a factor
DIGITS = 12  # of a product; more are the computer's, not anybody's
_FACTOR = re.compile(r"x([0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII)


def paths_of(pattern: str, scenario: BaseModel) -> list[str]:
    """The paths that a pattern names in a scenario: `*` stands for every item of a list.

    Raises
    ------
    InputError
        If it names none; the message says which part is unknown, and the nearest known name.
    """
    return _paths(pattern, schema_of(type(scenario)), scenario)


def _paths(pattern: str, field: Field, content: Any) -> list[str]:
    parts = split_path(pattern)
    if parts[0] == "defaults":
        return [path_text(parts)]
    found = [path_text(path) for path in _expanded(parts, (), field, content)]
    if not found:
        raise InputError(f"{pattern} names nothing in {child(content, 'title')!r}")
    return found


def _expanded(parts: Path, before: Path, field: Field, tree: Any) -> Iterator[Path]:
    if not parts:
        yield before
        return
    part, rest = parts[0], parts[1:]
    if is_list_of_tables(field):
        known = members(tree)
        for name in known if part == ANY else (part,):
            if name not in known:
                raise InputError(f"there is no '{one_line(name)}' in {path_text(before)}; {nearest(name, known)}")
            yield from _expanded(rest, (*before, name), inside(field, 0), known[name])
    elif part not in names_in(field) and not field.get("additionalProperties"):
        where = f"in {path_text(before)}" if before else "at the top"
        raise InputError(f"there is no '{one_line(part)}' {where}; {nearest(part, names_in(field))}")
    else:
        yield from _expanded(rest, (*before, part), inside(field, part), child(tree, part))


def spelled_out(path: str, value: Any, field: Field, content: Any) -> Iterator[tuple[str, Any]]:
    """Each place that a path names, with its value: `x0.5` is half of the number that stands there.

    Parameters
    ----------
    field, content
        The schema of a scenario, and what it has now, as tables and lists; that need not be right.

    Raises
    ------
    InputError
        If the path names none, or a factor is to multiply what is no number.
    """
    for each in _paths(path, field, content) if ANY in split_path(path) else [path]:
        yield each, _multiplied(each, value, field, content) if is_meant_as_factor(value) else value


def _multiplied(path: str, value: str, field: Field, content: Any) -> Any:
    """What a factor makes of the number that stands at a path; the text itself where there is none and it tells none."""
    factor = factor_in(value)
    if path.startswith("defaults."):
        if factor is None:
            return value
        raise InputError(
            f"{path}: defaults have no value of their own to multiply; name labs.*, campaigns.* or tiers.*"
        )
    steps = locate(split_path(path), field, content)
    own = reduce(child, steps, content)
    if _is_number(own):
        if factor is None:
            raise InputError(f"{path}: {one_line(value)!r} is no factor, which is written x0.5")
        return times(factor, own if field_at(field, steps).get("type") == "integer" else float(own))
    if factor is None or isinstance(own, str):  # a text may begin with an x
        return value
    raise InputError(f"{path} is no number, so that nothing can multiply it")


def is_meant_as_factor(value: Any) -> bool:
    """Whether a value begins as a factor does, rightly written or not."""
    return isinstance(value, str) and value[:1] in ("x", "X", "*")


def factor_in(text: str) -> float | None:
    """The factor that a value such as `x0.5` tells; None if it tells none that could be meant."""
    found = _FACTOR.fullmatch(text)
    factor = float(found[1]) if found else MOST
    return factor if factor < MOST else None


def times(factor: float, own: float) -> float:
    """So many times a number; whole where that is."""
    return round(own * factor) if isinstance(own, int) else float(f"{own * factor:.{DIGITS}g}")


def scaled(path: str, factor: float, scenario: BaseModel) -> float:
    """So many times the value that a scenario has at a path; whole where that is.

    Raises
    ------
    InputError
        If it has no number there.
    """
    own = value_at(scenario, path)
    if not _is_number(own):
        raise InputError(f"{path} is no number, so that nothing can multiply it")
    return round(own * factor) if isinstance(own, int) else own * factor


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
