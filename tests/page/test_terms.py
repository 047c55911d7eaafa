"""The page's words: explained by the glossary, and no chart that has nothing to tell."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from talentmarket.page.choices import choices_for
from talentmarket.page.drawing.lines import Axis, Chart, Line, line_chart
from talentmarket.page.panels.charts import telling, tips_of_charts
from talentmarket.page.panels.counters import tips_of_counters
from talentmarket.page.told.terms import about, about_parameter, glossary
from talentmarket.scenario.reading.loading import load

CHOICES = choices_for("meta_raid")


def test_a_term_is_explained_in_the_glossarys_own_words() -> None:
    assert about("Log points").startswith("Log points. Differences of logarithms: 0.01 is about one per cent")
    assert about("no such term", "labs.*.culture").startswith("Culture. How far a lab lives up to its mission")
    assert about("no such term") == ""
    assert not any(re.search(r"[`\[\]]|\*\*", text) for text in glossary().values())


def test_every_counter_of_a_raid_is_explained() -> None:
    assert all(tips_of_counters().values())
    assert tips_of_charts()["talent"].startswith("Talent")


def test_log_points_are_never_shown_without_their_meaning() -> None:
    told = about_parameter("choice.switching_cost", "log points of money")
    assert told[0] == "Cost of any move."
    assert [text.partition(".")[0] for text in told[1:]] == ["Switching cost", "Log points"]


@pytest.mark.parametrize(
    ("name", "first", "culture"),
    [("meta_raid", "lost", False), ("baseline", "lost", False), ("culture_damage", "culture", True)],
)
def test_the_series_of_the_question_come_first_and_a_flat_one_is_left_out(name: str, first: str, culture: bool) -> None:
    series = telling(load(name))
    assert series[0] == first
    assert ("culture" in series) == culture
    assert len(series) == len(set(series))


def test_values_can_be_read_off_a_chart() -> None:
    values = np.array([0.0, 3.5, -7.25, 12.0])
    root = ElementTree.fromstring(
        line_chart(Chart(Axis("t", "u"), 6, [Line("one", "", values), Line("two", "", -values)]))
    )
    _, _, top, bottom = map(float, root.get("data-frame").split())
    low, high = map(float, root.get("data-range").split())
    line = next(each for each in root.iter() if each.get("data-name") == "one")
    heights = [float(pair.split()[1]) for pair in line.get("d")[1:].split("L")]
    read = [low + (bottom - height) / (bottom - top) * (high - low) for height in heights]
    assert read == pytest.approx(values, abs=(high - low) / 10_000)
