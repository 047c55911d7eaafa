"""Paths as they are written: `choice.noise`, `labs.OpenAI.mission`, `campaigns.raid.tiers.top.total`.

Items of a list are addressed by name; a name that holds a dot is quoted: `labs."A.B".mission`. In a pattern `*`
stands for any item: `labs.*.mission`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from talentmarket.errors import InputError
from talentmarket.scenario.text.wording import one_line

_PART = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([^."'][^.]*))(?:\.(?!$)|$)""")
_NEEDS_QUOTES = re.compile(r"""[.=]|^['"]|^\s|\s$|^$""")
_ITEM = re.compile(r"\[\d+\]")

Path = tuple[str, ...]


@lru_cache(maxsize=4096)  # the few hundred paths of the schema are asked for thousands of times
def split_path(path: str) -> Path:
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


def path_text(parts: Sequence[str]) -> str:
    """A path as it is written after `--set` and in `sources`: dots between, quotes where a name needs them."""
    text = ""
    for part in parts:
        if _ITEM.fullmatch(part):
            text += part
        else:
            text += ("." if text else "") + quoted(part)
    return text


def quoted(name: str) -> str:
    """A name as part of a path; one that holds a dot or an equals sign gets quotes."""
    if not _NEEDS_QUOTES.search(name):
        return one_line(name)
    return f"'{one_line(name)}'" if '"' in name else f'"{one_line(name)}"'


def pattern_fits(pattern: str, path: str) -> bool:
    """Whether a path is one of those that a pattern such as `labs.*.mission` stands for."""
    wanted, parts = split_path(pattern), split_path(path)
    return len(wanted) == len(parts) and all(want in ("*", part) for want, part in zip(wanted, parts, strict=True))
