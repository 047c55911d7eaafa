"""Titles and descriptions that say what was changed after they were written, and dates beside months."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import dumps, load
from talentmarket.scenario.calendar import date_of, dated
from talentmarket.scenario.places.labels import told

TOTAL = "campaigns.Meta on OpenAI.tiers.top.total"


def test_title_and_description_name_what_was_set() -> None:
    plain, half = load("meta_raid"), load("meta_raid", [f"{TOTAL}=150"])
    assert half.title == "Meta raids OpenAI, with tiers.top.total 150 M$ instead of 300"
    own = " ".join(plain.description.split())
    assert half.description == (
        f"Changed: {TOTAL} is 150 M$ instead of 300. Before that change it was described so: {own}"
    )
    # The article's 300 M$ is a source of 300 M$ and of nothing else.
    assert plain.sources[TOTAL] == "max_package"
    assert TOTAL not in half.sources


def test_a_lab_that_is_added_is_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = "classroom"\n[[labs]]\nname = "Newcomer"\nheadcount = 20\n', encoding="utf-8")
    mine = load(file)
    assert mine.title == "The raid in a classroom, with labs.Newcomer added"
    assert "Changed: labs.Newcomer added. Before that" in " ".join(mine.description.split())


def test_a_value_drawn_by_chance_is_told_with_its_first_digits() -> None:
    drawn = load("meta_raid", [f"{TOTAL}=26.5914794847", "choice.switching_cost=0.3333333333"])
    assert (
        drawn.title
        == "Meta raids OpenAI, with tiers.top.total 26.59 M$, choice.switching_cost 0.3333 log points of money"
    )
    assert drawn.campaigns[0].tiers[0].total == 26.5914794847
    assert [
        told(text) for text in ("150.0", "0.25", "123456.789012", "1.23456789e-05", "2026-11-29", "1.2.3.4.5.6")
    ] == [
        "150",
        "0.25",
        "123457",
        "1.235e-05",
        "2026-11-29",
        "1.2.3.4.5.6",
    ]


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        (["campaigns.*.tiers.*.total=x0.5"], "total of every tier ×0.5"),
        (["labs.*.headcount=x1.5"], "headcount of every lab ×1.5"),  # rounded to people, and still the same factor
        (["labs.*.refill=false"], "refill of every lab false"),
        (["labs.*.mission=0.5", "choice.noise=2"], "choice.noise 2 instead of 1, mission of every lab 0.5"),
        (["run.months=1"], "run.months 1 instead of 48"),  # and not "1 months"
    ],
)
def test_changes_of_a_whole_list_are_told_as_one(overrides: list[str], told: str) -> None:
    assert load("meta_raid", overrides).title == f"Meta raids OpenAI, with {told}"


def test_changes_of_a_part_of_a_list_are_told_one_by_one() -> None:
    both = load("meta_raid", ["labs.OpenAI.refill=false", "labs.Meta.refill=false"]).title
    assert "labs.OpenAI.refill false instead of true" in both
    assert "labs.Meta.refill false" in both
    top, core = (f"campaigns.Meta on OpenAI.tiers.{tier}.total" for tier in ("top", "core"))
    assert "tiers.top.total 600 M$" in load("meta_raid", [f"{top}=x2", f"{core}=x3"]).title


def test_what_is_changed_twice_claims_no_value_against_another_change() -> None:
    every = "campaigns.*.tiers.*.total"
    again = load("meta_raid").changed({every: "x0.5"}).changed({every: "x2"})
    assert [tier.total for tier in again.campaigns[0].tiers] == [300.0, 30.0]
    assert again.title == "Meta raids OpenAI, with parameters changed more than once"
    assert again.description.startswith("Changed: ")
    assert again.changed({TOTAL: 100}).title == again.title


def test_what_changes_no_market_changes_no_title() -> None:
    same = ["run.seed=7", "run.replicates=3", "run.moves=none", "labs.xAI.colour=#ffffff", f"{TOTAL}=300.0"]
    assert load("meta_raid", same).title == load("meta_raid").title
    assert load("meta_raid", ["choice.noise=0", "title=Certain"]).title == "Certain"


def test_a_long_list_of_changes_is_counted_and_the_title_fits() -> None:
    labs = [lab.name for lab in load("baseline").labs]
    many = [f"labs.{lab}.{key}=0.9" for lab in labs for key in ("culture", "pay_level", "compute")]
    changed = load("baseline", many)
    assert changed.title == f"{load('baseline').title}, with {len(many)} parameters changed"
    long = load("baseline", ["title=" + "x" * 120])
    assert len(long.title) == 120
    assert all(f"labs.{lab}.compute" in changed.description for lab in labs)


def test_a_file_that_takes_over_title_and_description_says_what_it_changes(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('extends = "meta_raid"\n[choice]\nnoise = 0.5\n')
    (tmp_path / "titled.toml").write_text('extends = "mine.toml"\ntitle = "Mine"\n')
    assert load(tmp_path / "mine.toml").title == "Meta raids OpenAI, with choice.noise 0.5 instead of 1"
    titled = load(tmp_path / "titled.toml")
    assert titled.title == "Mine"
    assert titled.description.startswith("Changed: choice.noise is 0.5 instead of 1. ")
    (tmp_path / "dumped.toml").write_text(dumps(titled))
    assert load(tmp_path / "dumped.toml") == titled


def test_months_have_dates_where_month_0_has_one() -> None:
    raid = load("meta_raid")
    assert date_of(raid, raid.campaigns[0].start) == "July 2025"
    assert dated(raid, 48) == "month 48 (April 2029)"
    assert [date_of(load("baseline", ["run.month_0=2024-12"]), month) for month in (0, 1)] == [
        "December 2024",
        "January 2025",
    ]
    assert dated(load("baseline", ['run.month_0=""']), 7) == "month 7"


@pytest.mark.parametrize(
    ("override", "allowed"),
    [
        ("run.month_0=July 2025", 'must be a year and a month such as "2025-04", or ""'),
        ("labs.xAI.colour=red", 'must be a colour such as "#0072B2", or ""'),
    ],
)
def test_what_is_no_month_or_colour_is_refused(override: str, allowed: str) -> None:
    with pytest.raises(ScenarioError, match=allowed):
        load("baseline", [override])


def test_a_whole_list_is_told_as_one_however_its_numbers_are_written() -> None:
    """Of the labs one has 2.0 already, and the others get 2."""
    title = load("meta_raid", ["labs.*.compute=2"]).title
    assert title == load("meta_raid", ["labs.*.compute=2.0"]).title
    assert title == load("meta_raid").changed({"labs.*.compute": 2}).title
    assert title == "Meta raids OpenAI, with compute of every lab 2 accelerators per researcher"


def test_new_items_of_a_list_are_told_by_their_names(tmp_path: Path) -> None:
    events = "".join(f'[[events]]\nname = "{name}"\nmonth = 3\nset = {{ "labs.xAI.mission" = 0.4 }}\n' for name in "AB")
    (tmp_path / "mine.toml").write_text(f'extends = "baseline"\n{events}')
    title = load(tmp_path / "mine.toml").title
    assert "of every" not in title
    assert "events.A" in title
