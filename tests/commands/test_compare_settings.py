"""`compare --set`: for all sides, for one by its name or number, and for those that have the campaign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talentmarket.cli import app
from talentmarket.commands.comparing.names import names_of
from talentmarket.commands.comparing.sides import Side, settings_of
from talentmarket.errors import InputError
from talentmarket.scenario.reading.loading import load

RAID = "campaigns.Meta on OpenAI"
OFFER = f"{RAID}.tiers.top.total=150"
SMALL = ("--set", "population.scale=0.02", "--set", "run.months=6", "--replicates", "2", "--workers", "1", "--no-plots")


def settings(sources: list[str], *overrides: str) -> tuple[list[list[str]], list[str]]:
    notices: list[str] = []
    return settings_of(sources, overrides, notices.append), notices


def test_a_setting_goes_to_all_sides_or_to_the_one_it_names() -> None:
    sources = ["baseline", "folder/meta_raid.toml"]
    found, notices = settings(sources, "choice.noise=0", "meta_raid:choice.envy=1", "1:risk.risk_free=0")
    assert found == [["choice.noise=0", "risk.risk_free=0"], ["choice.noise=0", "choice.envy=1"]]
    assert notices == []
    assert settings(["meta_raid", "meta_raid"], f"2:{OFFER}")[0] == [[], [OFFER]]
    # A colon in a value or in a quoted name is no address.
    assert settings(["a", "b"], "title=1:2", 'labs."x: y".mission=1')[0] == [["title=1:2", 'labs."x: y".mission=1']] * 2


def test_a_side_without_the_campaign_is_passed_over_and_said() -> None:
    found, notices = settings(["baseline", "meta_raid"], OFFER)
    assert found == [[], [OFFER]]
    assert notices == [f"baseline is compared without --set {OFFER}: it has no campaign 'Meta on OpenAI'."]
    # What no side has is for all of them, whose loading says what is wrong.
    assert settings(["baseline", "meta_raid"], "campaigns.X.months=3")[0] == [["campaigns.X.months=3"]] * 2


def test_what_names_no_side_or_what_has_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"'mete_raid' names no side of this comparison; they are baseline or 1, meta_"
    ):
        settings(["baseline", "meta_raid"], f"mete_raid:{OFFER}")
    with pytest.raises(InputError, match="is a run folder"):
        settings([str(tmp_path), "meta_raid"], "1:choice.noise=0")
    with pytest.raises(InputError, match="only run folders are compared"):
        settings([str(tmp_path)] * 2, "choice.noise=0")
    found, notices = settings([str(tmp_path), "meta_raid"], "choice.noise=0")
    assert found == [[], ["choice.noise=0"]]
    assert notices == [f"{tmp_path} is compared without --set choice.noise=0: it has run."]


def test_a_raid_is_compared_with_half_its_offer(tmp_path: Path) -> None:
    words = ["compare", "meta_raid", "meta_raid", "--set", f"2:{OFFER}", *SMALL, "--out", str(tmp_path), "--json"]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    origin = json.loads((tmp_path / "meta_raid-vs-meta_raid" / "comparison.json").read_text())
    assert [run["title"] for run in origin["runs"]] == json.loads(result.stdout)["results"][0]["titles"]
    assert [run["title"] for run in origin["runs"]] == ["top.total 300", "top.total 150"]
    assert [run["name"] for run in origin["runs"]] == ["meta_raid", "top.total 150"]
    overrides = [json.loads((Path(run["folder"]) / "manifest.json").read_text())["overrides"] for run in origin["runs"]]
    assert [OFFER in each for each in overrides] == [False, True]


SIDES = [Side(name, None, Path(name), load(name)) for name in ("meta_raid", "meta_raid", "baseline")]
SOURCES = [side.name for side in SIDES]


def test_a_label_is_what_a_side_is_called_in_tables_and_in_words() -> None:
    names, titles = names_of(SIDES, SOURCES, ["2:Half  the offer", "baseline:Nobody asks"])
    assert names == ["meta_raid", "Half the offer", "Nobody asks"]
    assert titles == ["Meta raids OpenAI", "Half the offer", "Nobody asks"]


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("Half", "a label is SIDE:TEXT"),
        ("2: ", "a label is SIDE:TEXT"),
        ("4:Half", "'4' names no side"),
        ("2:baseline", "another side is called so"),
        (f"2:{'x' * 61}", "at most 60 characters, this one 61"),
        ("meta_raid:Both", "names 2 sides of this comparison; say 1 or 2"),
    ],
)
def test_a_label_that_tells_no_side_apart_is_refused(label: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        names_of(SIDES, SOURCES, [label])


def test_a_star_is_for_the_sides_that_have_any(tmp_path: Path) -> None:
    notices: list[str] = []
    every = "campaigns.*.tiers.*.total=x0.5"
    assert settings_of(["baseline", "meta_raid"], [every], notices.append) == [[], [every]]
    assert notices == [f"baseline is compared without --set {every}: it has no campaign."]


def test_a_name_that_two_sides_have_is_refused() -> None:
    with pytest.raises(InputError, match="'meta_raid' names 2 sides of this comparison; say 1 or 2"):
        settings_of(["meta_raid", "meta_raid"], ["meta_raid:choice.noise=0"], print)
    with pytest.raises(InputError, match=r"'own\.toml' names 2 sides of this comparison; say 1 or 2"):
        settings_of(["own.toml", "own.toml"], ["own.toml:choice.noise=0"], print)
