"""The scenarios that come with talentmarket, listed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from talentmarket.scenario.reading.chain import shipped_file, shipped_names
from talentmarket.scenario.reading.loading import load


@dataclass(frozen=True)
class Entry:
    """A shipped scenario: the name to load it by, its title, its question, and its file."""

    name: str
    title: str
    question: str
    path: Path


def shipped_scenarios() -> list[Entry]:
    """All scenarios that come with talentmarket, the baseline first."""
    found = []
    for name in shipped_names():
        scenario = load(name)
        found.append(Entry(name, scenario.title, scenario.question, shipped_file(name).path))
    return found
