"""Every code has its name in tables and its words, wherever codes are shown."""

from __future__ import annotations

import pytest

from talentmarket.market.records import codes
from talentmarket.market.records.codes import KINDS, OUTCOMES, PARTS, REASONS, REFUSED
from talentmarket.page.drawing.balance import balance
from talentmarket.page.panels.target_list import FATES, fate, in_words
from talentmarket.plots import colours
from talentmarket.plots.comparison.twins import DEEDS
from talentmarket.runs.tables.columns import TABLES
from talentmarket.runs.tables.frames import categories
from talentmarket.scenario.reading.loading import load


@pytest.mark.parametrize("table", [OUTCOMES, KINDS, REASONS, PARTS], ids=["outcomes", "kinds", "reasons", "parts"])
def test_no_two_codes_share_a_name_or_a_word(table: dict[str, str]) -> None:
    assert all(name and words for name, words in table.items())
    assert len(set(table.values())) == len(table)


def test_a_code_without_its_word_is_refused() -> None:
    """The codes are numbered by the table of their words: one more than there are words stops the program."""
    source = codes.__loader__.get_source(codes.__name__)  # type: ignore[union-attr]
    for last in ("WAITING", "BY_GROWTH", "TIES"):
        assert f"{last} = range(len(" in source
        with pytest.raises(ValueError, match="not enough values"):
            exec(source.replace(f"{last} = ", f"{last}, ONE_MORE = "), {"__name__": "codes"})


def test_the_page_and_the_pictures_show_every_code() -> None:
    assert len(FATES) == len(set(FATES)) == len(OUTCOMES)
    assert [in_words(code) for code in range(len(OUTCOMES))] == list(OUTCOMES.values())
    assert fate(codes.STARTED) == "came"
    assert set(colours.OUTCOMES) == set(list(OUTCOMES)[REFUSED:])
    assert set(DEEDS) - {""} == set(KINDS)
    drawn = balance(dict.fromkeys(REASONS, 1.0))
    assert all(words.removeprefix("the ") in drawn for words in REASONS.values())


def test_tables_say_which_names_there_are() -> None:
    names = categories(load("baseline"), ("tier", "outcome"))
    assert names["outcome"] == list(OUTCOMES)[REFUSED:]
    assert names["kind"] == list(KINDS)
    assert names["reason"] == list(REASONS)
    recorded = [each.name for each in TABLES["offers"] if each.name.startswith("without_")]
    assert recorded == [f"without_{part}" for part in PARTS]
    for table, column in (("offers", "outcome"), ("moves", "kind")):
        (definition,) = [each.definition for each in TABLES[table] if each.name == column]
        assert all(name in definition for name in names[column])
