"""Titles and descriptions that say what was changed after they were written, and dates beside months."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import dumps, load
from talentmarket.scenario.calendar import date_of, dated

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
