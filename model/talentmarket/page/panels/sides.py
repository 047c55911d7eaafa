"""What A and B are, in words: their titles with what is changed, and each change."""

from __future__ import annotations

from collections import Counter
from typing import Any

from talentmarket.numbers import number
from talentmarket.page.choices import Choices, as_large
from talentmarket.page.session import Session
from talentmarket.page.told.terms import about
from talentmarket.page.turning.sliders import Slider
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.wording import capital
from talentmarket.scenario.writing.in_words import parameter_in_words
from talentmarket.scenario.writing.resting import pattern_of


def titled(session: Session) -> str:
    """The title of the scenario as loaded, and how many parameters differ from it as loaded."""
    changed = len(session.setup.changed)
    return session.loaded.title + (f", {changed} changed" if changed else "")


def changes_of(session: Session) -> list[str]:
    """Each changed parameter with its value and the loaded one: those that have a slider, then the others."""
    sliders = session.sliders
    labels = Counter(slider.label for slider in sliders)
    turned = [
        f"{_name(slider, labels)}: {slider.told(slider.value)} instead of {slider.told(slider.loaded)}"
        for slider in sliders
        if slider.changed
    ]
    known = {slider.path for slider in sliders}
    others = [
        f"{_in_words(path)}: {number(value)} instead of {number(value_at(session.loaded, path))}"
        for path, value in session.setup.changed.items()
        if path not in known
    ]
    return turned + others


def _in_words(path: str) -> str:
    """What a parameter without a slider is called, with the names in its path."""
    pattern = pattern_of(path)
    names = [name for name, part in zip(split_path(path), split_path(pattern), strict=True) if part == "*"]
    return capital(parameter_in_words(pattern)) + (f" ({', '.join(names)})" if names else "")


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
        "alike": as_large(a.scenario, b.scenario),
        "is_loaded": b.setup.key == a.setup.key and not kept,
    }
