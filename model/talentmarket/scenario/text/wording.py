"""How values and names read in messages and in a terminal: on one line, harmless, and not too long."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from talentmarket.errors import harmless

LONGEST = 70
MOST_NAMES = 500


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
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, int):
        return f"{value}" if abs(value) < 10**20 else "a whole number of more than 20 digits"
    return one_line(str(value))


def listed(names: Sequence[str], word: str = "and") -> str:
    """Names in a sentence: A, B and C."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the known one that is meant, most likely, or what there is."""
    names = list(islice(known, MOST_NAMES))
    alike = [known_name for known_name in names if known_name.casefold().strip() == name.casefold().strip()]
    meant = alike or difflib.get_close_matches(name[:LONGEST], names, n=1)
    if meant:
        return f"did you mean {meant[0]!r}?"
    return f"known are {', '.join(map(one_line, names))}" if 0 < len(names) <= 30 else "there is nothing like it"


def capital(text: str) -> str:
    """A text that begins with a capital; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"
