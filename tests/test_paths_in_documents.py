"""The files and rooms that the documents name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FILES = [
    f"/{place.relative_to(ROOT).as_posix()}"
    for folder in ("model", "tests", "benchmarks", "scenarios", "seeds", "docs")
    for place in (ROOT / folder).rglob("*.*")
] + [f"/{document.name}" for document in DOCUMENTS]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    named = set(re.findall(r"`([\w/]+(?:/|\.py|\.toml|\.md))`", document.read_text(encoding="utf-8")))
    missing = {path for path in named if not any(f"/{path}" in file for file in FILES)}
    assert missing - {"outputs/", "plots/", "tables/", "my_scenario.toml", "scenario.toml", "facts.toml"} == set()


def test_contributing_names_the_whole_house() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    house = ROOT / "model" / "talentmarket"
    rooms = {f"{place.parent.relative_to(house).as_posix()}/" for place in house.rglob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}" not in text} == set()
