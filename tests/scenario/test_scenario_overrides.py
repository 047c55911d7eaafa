"""`--set path=value`: what it sets, and what it says if it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import load

RAID = "campaigns.Meta on OpenAI"


def complaint(*overrides: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load("meta_raid", overrides)
    assert len(caught.value.problems) == len(overrides)
    return "\n".join(caught.value.problems)


def test_values_of_every_kind_are_set() -> None:
    scenario = load(
        "meta_raid",
        [
            "choice.noise = 0.5",
            "labs.Google DeepMind.mission=1",
            'labs."OpenAI".refill=false',
            "labs.OpenAI.stock.success_rate=0.25",
            "labs.xAI.kind=lab",
            f"{RAID}.tiers.top.total=250.0",
            f'{RAID}.targets=["OpenAI", "xAI"]',
            "title=Meta raids = trouble",
        ],
    )
    labs = {lab.name: lab for lab in scenario.labs}
    assert scenario.choice.noise == 0.5
    assert labs["Google DeepMind"].mission == 1.0
    assert labs["OpenAI"].refill is False
    assert labs["OpenAI"].stock.success_rate == 0.25
    assert scenario.campaigns[0].tiers[0].total == 250.0
    assert scenario.campaigns[0].targets == ("OpenAI", "xAI")
    assert scenario.title == "Meta raids = trouble"


def test_the_last_of_two_wins_and_one_text_is_one_override() -> None:
    assert load("baseline", ["run.seed=1", "run.seed=2"]).run.seed == 2
    assert load("baseline", "run.seed=3").run.seed == 3


def test_defaults_can_be_set_for_all_labs() -> None:
    scenario = load("baseline", ["defaults.lab.culture=0.5"])
    assert {lab.culture for lab in scenario.labs} == {0.5}


def test_a_whole_list_is_replaced_and_a_table_is_laid_over() -> None:
    assert load("meta_raid", ["campaigns=[]"]).campaigns == ()
    choice = load("meta_raid", ["choice={noise=0.5, envy=0.25}"]).choice
    assert (choice.noise, choice.envy) == (0.5, 0.25)
    assert choice.horizon == load("meta_raid").choice.horizon


def test_names_with_dots_and_equals_signs_go_in_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        "[[labs]]\nname = 'a.b=c'\nheadcount = 1\n[[labs]]\nname = \"O'R\"\nheadcount = 1\n"
    )
    scenario = load(tmp_path / "a.toml", ['labs."a.b=c".headcount=2', "labs.O'R.headcount=3"])
    assert [lab.headcount for lab in scenario.labs[-2:]] == [2, 3]


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("choice.noise", "expected PATH=VALUE"),
        ("", "expected PATH=VALUE"),
        ("=3", "expected PATH=VALUE"),
        ("choice.noise=", "a value is missing"),
        ("run..seed=1", "is no path"),
        ("choice.nose=1", "there is no 'nose' in choice; did you mean 'noise'?"),
        ("choise.noise=1", "did you mean choice.noise?"),
        ("months=12", "there is no months; did you mean run.months or campaigns.*.months?"),
        (
            "loyalty=.4",
            "there is no loyalty; did you mean population.loyalty_mean or population.loyalty_concentration?",
        ),
        ("labs.OpenAI.noise=1", "did you mean choice.noise?"),
        ("labs.openai.mission=1", "there is no 'openai' in labs; did you mean 'OpenAI'?"),
        (f"{RAID}.tiers.topp.total=1", "did you mean 'top'?"),
        ("labs.mission=1", "known are OpenAI, Meta"),
        ("choice.noise.x=1", "nothing stands below choice.noise"),
        ("extends=baseline", "can only stand in a file"),
        ("labs.OpenAI.mission=high", 'is "high", but must be a number from 0 to 1 (share)'),
        ("run.months=4.0", "write 4 without a point"),
        ("title=2025", 'write "2025"'),
        ("labs=3", "is 3, but must be a list of 2 to 64 tables"),
        ("labs.OpenAI=3", "labs.OpenAI is 3, but must be a table"),
        ("defaults.lab=3", "defaults.lab is 3, but must be a table"),
        (f"{RAID}.targets=OpenAI", 'write ["OpenAI"]'),
        ("choice={nose=1}", "did you mean 'noise'?"),
        ("run.seed=1\nrun.months=2", 'is "1\\nrun.months=2"'),
        ("run.seed=" + "9" * 5000, "must be a whole number"),
        ("run.seed=" + "[" * 5000, "must be a whole number"),
        ('sources."labs.xAI.mission"=max_packge', "did you mean 'max_package'?"),
        ("sources.nothing=max_package", "names nothing in this scenario"),
    ],
)
def test_what_cannot_be_set_says_why(override: str, words: str) -> None:
    message = complaint(override)
    assert message.startswith("--set ")
    assert words in message
    assert len(message) < 350


def test_all_wrong_overrides_are_told_at_once() -> None:
    message = complaint("choice.nose=1", "choice.noise=x", "labs.xAI.mission=7")
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "--set labs.xAI.mission=7",
        "--set choice.noise=x",
        "--set choice.nose=1",
    ]


def test_a_wrong_pattern_and_a_wrong_factor_are_told_with_all_others() -> None:
    message = complaint("choice.nose=1", "labs.*.compte=x2", "choice.noise=xfoo", "labs.xAI.mission=7")
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "--set labs.xAI.mission=7",
        "--set choice.noise=xfoo",
        "--set labs.*.compte=x2",
        "--set choice.nose=1",
    ]
    assert "there is no 'compte' in labs.OpenAI; did you mean 'compute'?" in message
    assert "'xfoo' is no factor" in message


def test_a_pattern_says_nothing_of_a_file_that_is_wrong_itself(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('extends = "meta_raid"\n[choice]\nnoise = -1\n')
    with pytest.raises(ScenarioError) as caught:
        load(path, ["labs.*.compute=x2", "choice.nose=1"])
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["--set choice.nose=1", f"{path}, line 3"]


def test_a_number_needs_no_digit_before_or_behind_its_point() -> None:
    scenario = load(
        "baseline", ["choice.noise=.5", "choice.discount=.04e0", "labs.xAI.growth=-.25", "risk.risk_aversion=2."]
    )
    assert (scenario.choice.noise, scenario.choice.discount, scenario.risk.risk_aversion) == (0.5, 0.04, 2.0)
    assert scenario.labs["xAI"].growth == -0.25
    assert load("baseline", ["title=."]).title == "."
