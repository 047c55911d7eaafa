"""What A and B are, in words: their titles with what is changed, and each change."""

from __future__ import annotations

from collections import Counter
from typing import Any

from talentmarket.numbers import number, percent
from talentmarket.page.choices import Choices
from talentmarket.page.session import Session
from talentmarket.page.told.terms import about
from talentmarket.page.turning.sliders import Slider


def titled(session: Session) -> str:
    """The title of the scenario as loaded, and how many parameters differ from it as loaded."""
    changed = len(session.setup.changed)
    return session.loaded.title + (f", {changed} changed" if changed else "")


def changes_of(session: Session) -> list[str]:
    """Each changed parameter with its value and the loaded one."""
    sliders = session.sliders
    labels = Counter(slider.label for slider in sliders)
    return [
        f"{_name(slider, labels)}: {_value(slider, slider.value)} instead of {_value(slider, slider.loaded)}"
        for slider in sliders
        if slider.changed
    ]


def _value(slider: Slider, value: float) -> str:
    """A value as the sliders show it: a share as a percentage."""
    return percent(value) if slider.unit == "share" else number(value)


def _name(slider: Slider, labels: Counter[str]) -> str:
    """The label, without what it says of zero; the path where several have that label."""
    return slider.label.partition(";")[0] if labels[slider.label] == 1 else slider.path


def sides_of(a: Session, b: Session, choices: Choices) -> dict[str, Any]:
    """A and B as plain data: titles, changes, what B can be, and whether the two are the same.

    `key` is that of B's scenario, empty if B is changed: the titles to choose from are those of scenarios as loaded.
    """
    kept = bool(b.setup.changed)
    return {
        "a": titled(a),
        "b": titled(b),
        "a_changes": changes_of(a),
        "b_changes": changes_of(b),
        "key": "" if kept else b.setup.key,
        "titles": list(choices.titles.items()),
        "difference": about("Paired difference"),
        "same": a.scenario == b.scenario,
        "is_loaded": b.setup.key == a.setup.key and not kept,
    }
