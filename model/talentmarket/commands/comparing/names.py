"""What the sides of `compare` are called: as the user says, or by their scenarios, and what differs where they share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from talentmarket.commands.comparing.sides import sides_named

if TYPE_CHECKING:
    from talentmarket.commands.comparing.sides import Side

LONGEST = 60


def names_of(sides: Sequence[Side], sources: Sequence[str], labels: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names for tables, and titles for whatever people read; both are a label where a side has one.

    Parameters
    ----------
    labels
        `SIDE:TEXT` each, a side being told by its number from 1 or its name.

    Raises
    ------
    InputError
        If a label names no side, is empty or too long, or is that of another side.
    """
    from talentmarket.scenario.writing.told_apart import told_apart

    own = _labels(sources, labels)
    titles = list(told_apart([side.scenario for side in sides]))
    times = Counter(side.name for side in sides)
    first: dict[str, int] = {}
    names = []
    for place, (side, title) in enumerate(zip(sides, titles, strict=True)):
        alone = times[side.name] == 1 or first.setdefault(side.name, place) == place
        names.append(side.name if alone else title)
    for place, text in own.items():
        names[place] = titles[place] = text
    _check_distinct(names, titles, own)
    return names, titles


def _labels(sources: Sequence[str], labels: Sequence[str]) -> dict[int, str]:
    """The text for each side that has a label."""
    from talentmarket.errors import InputError

    found: dict[int, str] = {}
    for label in labels:
        address, colon, text = label.partition(":")
        text = " ".join(text.split())
        if not colon or not text:
            raise InputError(f"--label {label}: a label is SIDE:TEXT, as in '2:Half the offer'")
        if len(text) > LONGEST:
            raise InputError(f"--label {label}: a label has at most {LONGEST} characters, this one {len(text)}")
        found |= dict.fromkeys(sides_named(f"--label {label}", address.strip(), sources), text)
    return found


def _check_distinct(names: Sequence[str], titles: Sequence[str], own: dict[int, str]) -> None:
    from talentmarket.errors import InputError

    for place, text in own.items():
        for texts in (names, titles):
            if text in (*texts[:place], *texts[place + 1 :]):
                raise InputError(f"--label {place + 1}:{text}: another side is called so; each needs a name of its own")
