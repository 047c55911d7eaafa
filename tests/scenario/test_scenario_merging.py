"""How files lie over one another: tables by key, named lists by name, defaults underneath."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import Scenario, load

RAID = "Meta on OpenAI"


def loaded(tmp_path: Path, text: str) -> Scenario:
    path = tmp_path / "my.toml"
    path.write_text(text)
    return load(path)


def lab(scenario: Scenario, name: str):  # type: ignore[no-untyped-def]
    return next(lab for lab in scenario.labs if lab.name == name)


def test_a_key_changes_and_its_neighbours_stay(tmp_path: Path) -> None:
    base, mine = load("baseline"), loaded(tmp_path, "[choice]\nnoise = 0.5\n")
    assert mine.choice == base.choice.model_copy(update={"noise": 0.5})
    assert mine.labs == base.labs


def test_labs_merge_by_name_in_the_order_of_the_base_with_new_ones_behind(tmp_path: Path) -> None:
    base = load("baseline")
    mine = loaded(
        tmp_path,
        '[[labs]]\nname = "Mistral"\nheadcount = 300\n[[labs]]\nname = "Meta"\nmission = 0.11\n[labs.stock]\nbeta = 0.7\n',
    )
    assert [one.name for one in mine.labs] == [*(one.name for one in base.labs), "Mistral"]
    meta = lab(base, "Meta")
    stock = meta.stock.model_copy(update={"beta": 0.7})
    assert lab(mine, "Meta") == meta.model_copy(update={"mission": 0.11, "stock": stock})


def test_defaults_lie_under_every_lab_campaign_and_tier_of_all_files(tmp_path: Path) -> None:
    mine = loaded(
        tmp_path,
        'extends = "meta_raid"\n[defaults.lab]\nculture = 0.9\n[defaults.lab.stock]\nsuccess_size = 9.0\n'
        "[defaults.campaign]\nstart_work = 0.5\n[defaults.tier]\ncliff = 7\n"
        '[[labs]]\nname = "xAI"\nculture = 0.8\n[[labs]]\nname = "new"\nheadcount = 1\n',
    )
    assert {one.name: one.culture for one in mine.labs if one.culture != 0.9} == {"xAI": 0.8}
    assert {one.stock.success_size for one in mine.labs} == {9.0}
    assert mine.campaigns[0].start_work == 0.5
    assert {tier.cliff for tier in mine.campaigns[0].tiers} == {7}


def test_tiers_merge_by_name_inside_the_campaign_of_that_name(tmp_path: Path) -> None:
    base = load("meta_raid").campaigns[0]
    mine = loaded(
        tmp_path,
        f'extends = "meta_raid"\n[[campaigns]]\nname = "{RAID}"\n[[campaigns.tiers]]\nname = "core"\nrank_exponent = 0.5\n',
    ).campaigns[0]
    assert mine.tiers[0] == base.tiers[0]
    assert mine.tiers[1] == base.tiers[1].model_copy(update={"rank_exponent": 0.5})


def test_plain_lists_are_replaced_not_joined(tmp_path: Path) -> None:
    mine = loaded(tmp_path, f'extends = "meta_raid"\n[[campaigns]]\nname = "{RAID}"\ntargets = ["xAI"]\n')
    assert mine.campaigns[0].targets == ("xAI",)


def test_replace_takes_lists_and_tables_whole(tmp_path: Path) -> None:
    labs = '[[labs]]\nname = "A"\nheadcount = 5\n[[labs]]\nname = "B"\nkind = "outside"\nheadcount = 7\n'
    mine = loaded(tmp_path, f'replace = ["labs"]\n{labs}')
    assert [(one.name, one.headcount) for one in mine.labs] == [("A", 5), ("B", 7)]
    assert mine.labs[0].contact == load("baseline").labs[0].contact  # defaults still lie underneath
    empty = loaded(tmp_path, 'extends = "meta_raid"\nreplace = ["campaigns", "sources"]\ncampaigns = []\n[sources]\n')
    assert empty.campaigns == ()
    assert empty.sources == {}


def test_replace_reaches_into_a_campaign(tmp_path: Path) -> None:
    mine = loaded(
        tmp_path,
        f'extends = "meta_raid"\nreplace = ["campaigns.{RAID}.tiers"]\n[[campaigns]]\nname = "{RAID}"\n'
        '[[campaigns.tiers]]\nname = "all"\nlast_rank = 9\ntotal = 4.0\nrunning_pay = 1.0\nyears = 4\n',
    )
    assert [tier.name for tier in mine.campaigns[0].tiers] == ["all"]
    assert mine.campaigns[0].lab == "Meta"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('replace = ["lab"]\n[[labs]]\nname = "xAI"\n', "did you mean 'labs'?"),
        ('replace = ["labs.Xai.stock"]\n[[labs]]\nname = "xAI"\n', "did you mean 'xAI'?"),
        ('replace = "labs"\n', 'must be a list of paths, such as ["labs"]'),
        ("replace = [1]\n", "must be a list of paths"),
        ('replace = ["a..b"]\n', "is no path"),
    ],
)
def test_what_replace_may_not_name(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, text)
    assert len(caught.value.problems) == 1
    assert "my.toml, line 1: replace" in caught.value.problems[0]
    assert words in caught.value.problems[0]
