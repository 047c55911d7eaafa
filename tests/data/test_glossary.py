"""The glossary names only what there is."""

from __future__ import annotations

import re
from pathlib import Path

from talentmarket.comparison.comparison import COLUMNS
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.schema import Scenario

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROOM = Path(__file__).parents[2] / "model" / "talentmarket" / "calibration"
CALIBRATION = "".join((ROOM / name).read_text(encoding="utf-8") for name in ("result.py", "folder.py"))
WORDS = {"this type", "talentmarket facts", "talentmarket validate", "coase", "baseline"}


def test_every_key_column_and_measure_is_there() -> None:
    names = set(fields_of(Scenario)) | set(COLUMNS) | {measure.name for measure in MEASURES} | WORDS
    names |= {column.name for columns in TABLES.values() for column in columns}
    # What a calibration writes into its tables is named where it is put together.
    names |= set(re.findall(r'^ +"(\w+)":', CALIBRATION, re.MULTILINE))
    named = re.findall(r"`([^`]+)`", GLOSSARY)
    assert set(named) - names == set()
    assert len(named) > 80


def test_every_term_is_explained_once_and_briefly() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*.*?\n(?=\n|\Z)", GLOSSARY, re.MULTILINE | re.DOTALL)
    assert len(terms) == len(set(terms)) > 40
    assert max(len(paragraph) for paragraph in GLOSSARY.split("\n\n")) < 500
