"""The studies that come along, read once for all tabs, and what of a scenario they vary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from talentmarket.studies.reading.file import read_study, study_names
from talentmarket.studies.reading.setting import overrides_of, own_scenario
from talentmarket.studies.result import StudyResult
from talentmarket.studies.shipped import read_sampled


@cache
def shipped_study(name: str) -> StudyResult:
    """A study that comes along, with the points of its table. Raises InputError as `read_sampled` does."""
    return StudyResult(read_sampled(name))


def prepared(name: str) -> None:
    """Read a study and sum it up, which takes seconds, once; what is shown of it then takes none."""
    _ = shipped_study(name).answers


@cache
def study_titles() -> Mapping[str, str]:
    """Title by name of the studies that come along."""
    return {name: read_study(name).title for name in study_names()}


@cache
def varied_paths(key: str) -> frozenset[str]:
    """The parameters of a shipped scenario that a study sets: what a link may set beside the sliders."""
    found: set[str] = set()
    for study in map(read_study, study_titles()):
        for side in study.sides:
            if side.source == key:
                own = own_scenario(study, side)
                found.update(path for path, _ in settings(study.fixed))
                for each in (*study.parameters, *study.levers):
                    found.update(path for path, _ in settings(overrides_of(each, 1.0, own)))
    return frozenset(found)


def settings(overrides: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Path and value of each `path=value`."""
    for override in overrides:
        path, _, text = override.rpartition("=")
        yield path, json.loads(text)
