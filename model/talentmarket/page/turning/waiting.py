"""Sliders that can do nothing as the scenario stands, and what each of them waits for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from talentmarket.scenario.inactive.notes import always_inactive
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import path_text, split_path

NAME = re.compile(r"\b[a-z]+(?:[_.][a-z_]+)+\b|\b(?:detection|engage|offer|title)\b")
WITHOUT_SLIDER = {"title": "the worth of a title"}


def waiting(scenario: Scenario, labels: Mapping[str, str]) -> dict[str, str]:
    """Why sliders can do nothing, by their paths: "because ...", with the labels of sliders in place of their names.

    A slider on which its own reason hangs is not among them: it is the one to turn. Where two wait for each other, the
    first of them is the one to turn.

    Parameters
    ----------
    scenario
        As it is now.
    labels
        What the sliders are called, by their paths, in the order of the page.
    """
    reasons = always_inactive(scenario)
    found = {path: reason for path in labels if (reason := _reason(path, reasons))}
    stuck = {path: _named(path, reason, labels) for path, reason in found.items()}
    free = [path for path in stuck if path in stuck[path]]
    free += [path for path in stuck if any(path in stuck.get(other, ()) for other in _later(path, stuck))]
    return {path: _in_words(path, reason, labels) for path, reason in found.items() if path not in free}


def _reason(path: str, reasons: Mapping[str, str]) -> str:
    """Why a parameter, or the package or campaign that it is part of, cannot act at all; empty if it can."""
    steps = split_path(path)
    wholes = (reasons.get(path_text(steps[:length]), "") for length in range(len(steps), 1, -1))
    return next((reason for reason in wholes if reason.startswith("because")), "")


def _later(path: str, stuck: Mapping[str, set[str]]) -> list[str]:
    """Those for which a slider waits that stand below it."""
    order = list(stuck)
    return [other for other in stuck[path] if other in stuck and order.index(other) > order.index(path)]


def _owner(path: str) -> tuple[str, ...]:
    """The lab, campaign or table of a parameter."""
    steps = split_path(path)
    return steps[:2] if steps[0] in ("labs", "campaigns") else steps[:1]


def _slider_called(name: str, path: str, labels: Mapping[str, str]) -> str:
    """The slider that a reason means by a name: of the same lab, campaign or table, unless the name tells another."""
    last = name.rpartition(".")[2]
    for other in labels:
        if other == name or (split_path(other)[-1] == last and _owner(other) == _owner(path)):
            return other
    return ""


def _named(path: str, reason: str, labels: Mapping[str, str]) -> set[str]:
    """The sliders that a reason names."""
    return {_slider_called(name, path, labels) for name in NAME.findall(reason)} - {""}


def _in_words(path: str, reason: str, labels: Mapping[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        slider = _slider_called(match[0], path, labels)
        return f"“{labels[slider].partition(';')[0]}”" if slider else WITHOUT_SLIDER.get(match[0], match[0])

    return NAME.sub(replaced, reason)
