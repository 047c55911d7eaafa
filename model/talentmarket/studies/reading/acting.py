"""Refuses what a study would vary or set without any effect: what changes no market, and what is set and varied as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from talentmarket.errors import InputError
from talentmarket.scenario.places.labels import NO_CHANGE
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.reading.overrides import split_override
from talentmarket.scenario.reading.problems import Problem
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import pattern_fits
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Side, Study

WORDS = ("title", "question", "description")


def changes_no_market(parameter: Parameter) -> bool:
    """Whether a parameter only says how often or by which chance a market is run, or what is written of it."""
    return any(pattern_fits(pattern, parameter.path) for pattern in (*NO_CHANGE, *WORDS))


def overridden(study: Study, own: Mapping[Side, Scenario], parameter: Parameter) -> Iterator[Problem]:
    """Each value that is set and then lost, as a parameter takes its place at every point.

    Factors multiply what is set, and a base may keep it.
    """
    if parameter.factor or (parameter.run_only and study.base is not None):
        return
    for fixed in study.fixed:
        path = split_override(fixed)[0]
        if any(is_within(path, parameter.path, own[run]) for run in study.runs):
            place = study.places.get(fixed)
            where = f"--set {fixed}" if place is None else f"{fixed} in {place}"
            text = f"{parameter.path} is varied, and set as well by {where}; leave out one of them"
            yield Problem(parameter.place, text)


def is_within(path: str, pattern: str, scenario: Scenario) -> bool:
    """Whether all that a path names in a scenario is named by a pattern too."""
    with suppress(InputError):  # the check of the scenario or of the values tells why
        return {*paths_of(path, scenario)} <= {*paths_of(pattern, scenario)}
    return False
