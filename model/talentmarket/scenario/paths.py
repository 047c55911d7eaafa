"""Paths name a value of a scenario: `choice.noise`, `labs.OpenAI.mission`, `campaigns.raid.tiers.top.total`.

Items of a list are addressed by name; a name that holds a dot is quoted: `labs."A.B".mission`. In a pattern `*`
stands for any item: `labs.*.mission`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from talentmarket.errors import InputError
from talentmarket.scenario.schema import Scenario

_PART = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([^."'][^.]*))(?:\.(?!$)|$)""")


def split_path(path: str) -> tuple[str, ...]:
    """The parts of a path, without their quotes.

    Raises
    ------
    InputError
        If a part is empty or a quote is not closed.
    """
    parts: list[str] = []
    position = 0
    while position < len(path) or not parts:
        part = _PART.match(path, position)
        if part is None:
            raise InputError(f"{path!r} is no path: expected names with dots between them, as in labs.OpenAI.mission")
        parts.append(next(group for group in part.groups() if group is not None))
        position = part.end()
    return tuple(parts)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest known one, or all of them if they are few."""
    known = list(known)
    nearest = difflib.get_close_matches(name, known, n=1)
    if nearest:
        return f"did you mean {nearest[0]!r}?"
    return f"known are {', '.join(known)}" if 0 < len(known) <= 30 else "there is nothing like it"


def value_at(scenario: Scenario, path: str) -> Any:
    """The value of a scenario that a path names.

    Raises
    ------
    InputError
        If there is no such value; the message says which part is unknown and the nearest known name.
    """
    value: Any = scenario
    for part in split_path(path):
        known = _members(value)
        if part not in known:
            raise InputError(f"{path}: there is no {part!r}; {did_you_mean(part, known)}")
        value = known[part]
    return value


def _members(value: Any) -> dict[str, Any]:
    if isinstance(value, BaseModel):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return {item.name: item for item in value if isinstance(item, BaseModel) and hasattr(item, "name")}
    return {}


def schema_units() -> dict[str, str]:
    """The path of every value that a scenario holds, with `*` for the items of lists, and its unit."""
    return dict(_walk(Scenario, ""))


def _walk(section: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in section.model_fields.items():
        table, is_list = _table_in(field)
        if table is None:
            extra = field.json_schema_extra
            yield prefix + name, str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        else:
            yield from _walk(table, f"{prefix}{name}.*." if is_list else f"{prefix}{name}.")


def _table_in(field: FieldInfo) -> tuple[type[BaseModel] | None, bool]:
    """The table that a field holds, if it holds any, and whether it holds a list of them."""
    for is_list, kinds in ((False, (field.annotation,)), (True, get_args(field.annotation))):
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                return kind, is_list
    return None, False


def pattern_fits(pattern: str, path: str) -> bool:
    """Whether a path is one of those that a pattern such as `labs.*.mission` stands for."""
    wanted, parts = split_path(pattern), split_path(path)
    return len(wanted) == len(parts) and all(want in ("*", part) for want, part in zip(wanted, parts, strict=True))
