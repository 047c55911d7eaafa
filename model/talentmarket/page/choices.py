"""The scenarios that the page offers: those that come along, and the file it was opened with."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from talentmarket.scenario.reading.chain import find, read_chain, shipped_file, shipped_names
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.reading.tours import tour_of
from talentmarket.scenario.schema import Scenario, TourStep

YOURS = "file"
VARIABLE = "TALENTMARKET_PAGE_SCENARIO"


@dataclass(frozen=True)
class Choices:
    """What can be picked.

    Attributes
    ----------
    start
        Key of what a new tab shows.
    file
        Path of the user's own scenario file; empty without one.
    titles
        Title by key, in the order of the picker.
    """

    start: str = "meta_raid"
    file: str = ""
    titles: dict[str, str] = field(default_factory=dict)

    def loaded(self, key: str, overrides: list[str] | None = None) -> Scenario:
        """The scenario of a key; only keys of `titles` open anything.

        Raises
        ------
        ScenarioError
            If the scenario or an override is wrong.
        KeyError
            If there is no such key.
        """
        if key not in self.titles:
            raise KeyError(key)
        return load(self.file if key == YOURS else key, overrides or [])

    def tour(self, key: str) -> tuple[TourStep, ...]:
        """The guided tour of a scenario; empty if it has none.

        Raises
        ------
        ScenarioError
            If a step of it is wrong.
        """
        return tour_of(self.file if key == YOURS else key)

    def extended(self, key: str) -> str:
        """Key of the shipped scenario that a scenario extends, also through files of one's own; empty if it extends none."""
        _, *bases = reversed(read_chain(find(self.file if key == YOURS else key)))
        names = (file.path.stem for file, _ in bases if file == shipped_file(file.path.stem))
        return next(names, "")


def choices_for(given: str) -> Choices:
    """The choices of a page that was opened with a scenario's name or file.

    Raises
    ------
    ScenarioError
        If the scenario or its tour is wrong.
    """
    titles = {name: load(name).title for name in shipped_names()}
    if given in titles:
        return Choices(given, "", titles)
    tour_of(given)
    return Choices(YOURS, str(Path(given).resolve()), {YOURS: load(given).title, **titles})


def open_with(given: str) -> None:
    """Let the page open with a scenario's name or file."""
    os.environ[VARIABLE] = json.dumps(given)


@cache
def choices() -> Choices:
    """The choices that the page was opened with: all that tabs share, and nothing that a visitor does changes it."""
    return choices_for(json.loads(os.environ.get(VARIABLE, '"meta_raid"')))


def as_large(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have as many people, and labs of the same names."""
    names = [[lab.name for lab in each.labs] for each in (one, other)]
    return one.researchers == other.researchers and names[0] == names[1]
