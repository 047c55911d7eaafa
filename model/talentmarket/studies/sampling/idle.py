"""Finds parameters that a study varies and that can act at none of its points, so that all points are alike in them."""

from __future__ import annotations

from collections.abc import Mapping

from talentmarket.numbers import count
from talentmarket.scenario.inactive.notes import always_inactive
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import path_text, split_path
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Study
from talentmarket.studies.sampling.across import scenarios_across
from talentmarket.studies.sampling.design import design_of

MOST_POINTS = 64  # that are looked at: each takes as long as reading its scenarios


def without_effect(study: Study) -> list[str]:
    """One line for each parameter and lever that cannot act at any point: its path, and why."""
    points = len(design_of(study))
    where = "at any point" if points <= MOST_POINTS else f"at any of {count(MOST_POINTS, 'point')} across the design"
    return [f"{path} is varied, but has no effect {where} {why}" for path, why in _idle(study).items()]


def _idle(study: Study) -> dict[str, str]:
    """The paths of what acts nowhere, and why ("because ..."). Most studies are through with the first points."""
    left = {each.path: each for each in (*study.parameters, *study.levers)}
    found: dict[str, str] = {}
    for side, scenario in scenarios_across(study, (*study.runs, *study.sides), MOST_POINTS):
        reasons = always_inactive(scenario)
        for path, parameter in [*left.items()]:
            if parameter.run_only and side == study.base:
                continue
            if why := _why(parameter, scenario, reasons):
                found.setdefault(path, why)
            else:
                del left[path]
        if not left:
            break
    return {path: found[path] for path in left if path in found}


def _why(parameter: Parameter, scenario: Scenario, reasons: Mapping[str, str]) -> str:
    """Why a parameter cannot act in a scenario; empty if it can in any of its places."""
    found = [_why_at(path, reasons) for path in paths_of(parameter.path, scenario)]
    return found[0] if all(found) else ""


def _why_at(path: str, reasons: Mapping[str, str]) -> str:
    """Why a path, or the table that it lies in, cannot act; empty if it can."""
    parts = split_path(path)
    tables = (path_text(parts[:size]) for size in range(1, len(parts) + 1))
    return next((reasons[table] for table in tables if table in reasons), "")
