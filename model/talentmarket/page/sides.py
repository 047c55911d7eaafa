"""What A and B are, in words: their titles with what is changed, and each change."""

from __future__ import annotations

from collections import Counter
from typing import Any

from talentmarket.page.choices import Choices
from talentmarket.page.drawing.text import number
from talentmarket.page.session import Session


def titled(session: Session) -> str:
    """The scenario's title, and how many parameters differ from it as loaded."""
    changed = len(session.setup.changed)
    return session.scenario.title + (f", {changed} changed" if changed else "")


def changes_of(session: Session) -> list[str]:
    """Each changed parameter with its value and the loaded one; where several have a label, with its path."""
    sliders = session.sliders
    labels = Counter(one.label for one in sliders)
    return [
        f"{_short(one.label) if labels[one.label] == 1 else one.path}: {number(one.value)} instead of {number(one.loaded)}"
        for one in sliders
        if one.changed
    ]


def _short(label: str) -> str:
    """A label without what it says of zero."""
    return label.partition(";")[0]


def sides_of(one: Session, other: Session, choices: Choices) -> dict[str, Any]:
    """A and B as plain data: titles, changes, what B can be, and whether the two are the same.

    `key` is that of B's scenario, empty if B is changed: the titles to choose from are those of scenarios as loaded.
    """
    alike = one.setup.key == other.setup.key and dict(one.setup.changed) == dict(other.setup.changed)
    kept = bool(other.setup.changed)
    return {
        "a": titled(one),
        "b": titled(other),
        "a_changes": changes_of(one),
        "b_changes": changes_of(other),
        "key": "" if kept else other.setup.key,
        "titles": list(choices.titles.items()),
        "same": alike,
        "is_loaded": other.setup.key == one.setup.key and not kept,
    }
