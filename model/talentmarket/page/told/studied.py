"""The studies that come along, read once for all tabs, and what of a scenario they vary."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario import shipped
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.file import SHIPPED, read_study, study_names
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
def _varied() -> frozenset[str]:
    """What the shipped studies set, as their files name it."""
    folder = shipped.folder("scenarios") / SHIPPED
    tables = [tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in study_names()]
    varied = {path for table in tables for key in ("parameters", "levers") for path in table.get(key, {})}
    return frozenset(varied.union(*(_paths(table.get("set", {})) for table in tables)))


def _paths(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The paths of the values in nested tables."""
    for key, value in table.items():
        yield from _paths(value, f"{before}{key}.") if isinstance(value, dict) else (f"{before}{key}",)


def varied_values(scenario: Scenario) -> dict[str, float]:
    """The numbers of a scenario that shipped studies vary, by path: what a link may set beside the sliders."""
    found: dict[str, float] = {}
    for pattern in _varied():
        with suppress(InputError):
            found |= {path: value_at(scenario, path) for path in paths_of(pattern, scenario)}
    return {path: value for path, value in found.items() if type(value) in (int, float)}


def settings(overrides: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Path and value of each `path=value`."""
    for override in overrides:
        path, _, text = override.rpartition("=")
        yield path, json.loads(text)
