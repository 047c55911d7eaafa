"""How values, names and paths read in messages and in a terminal: on one line, harmless, and not too long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from talentmarket.errors import harmless
from talentmarket.scenario.paths import did_you_mean

LONGEST = 70
MOST_NAMES = 500

_NEEDS_QUOTES = re.compile(r"""[.=]|^['"]|^\s|\s$|^$""")
_ITEM = re.compile(r"\[\d+\]")


def one_line(text: str, longest: int = LONGEST) -> str:
    """A text without line breaks and control characters, which could steer the terminal, cut to a length."""
    safe = harmless(text[:longest]).replace("\n", "\\n")
    return f"{safe}…" if len(text) > longest else safe


def as_written(value: Any) -> str:
    """A value roughly as it stands in a scenario file; tables and lists only by name."""
    if isinstance(value, str):
        return one_line(json.dumps(value[: LONGEST + 1], ensure_ascii=False))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, int):
        return f"{value}" if abs(value) < 10**20 else "a whole number of more than 20 digits"
    return one_line(str(value))


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


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the known one that is meant, most likely, or what there is."""
    names = list(islice(known, MOST_NAMES))
    alike = next((one for one in names if one.casefold().strip() == name.casefold().strip()), None)
    return f"did you mean {alike!r}?" if alike is not None else did_you_mean(name[:LONGEST], names)
