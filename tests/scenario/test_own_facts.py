"""Facts of one's own: beside a file or in it, checked like shipped ones, gone with their value, and told in the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.errors import ScenarioError
from talentmarket.scenario.evidence.disagreements import disagreements
from talentmarket.scenario.evidence.own import own_facts

FACT = """
[facts.survey_pay]
says = "Median pay of research engineers at OpenAI."
value = 0.95
unit = "M$ a year"
tolerance = 0.1
claimed_by = "our survey"
where = "table 3"
"""
MINE = """
extends = "meta_raid"
[[labs]]
name = "OpenAI"
pay_level = 0.95
[sources]
"labs.OpenAI.pay_level" = "survey_pay"
"""
PATH = "labs.OpenAI.pay_level"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "facts.toml").write_text(FACT, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    return tmp_path / "mine.toml"


def problems(file: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        tm.load(file)
    return str(caught.value)


def test_facts_beside_a_file_are_those_in_it(mine: Path) -> None:
    beside = tm.load(mine)
    fact = own_facts(beside)["survey_pay"]
    assert (fact.collection, fact.relation, fact.confidence, fact.sets) == ("own", "about", "medium", (PATH,))
    (mine.parent / "facts.toml").unlink()
    assert "unknown fact" in problems(mine)
    mine.write_text(MINE + FACT, encoding="utf-8")
    assert tm.load(mine) == beside


def test_a_complete_file_keeps_them_and_one_that_extends_it_has_them(mine: Path, tmp_path: Path) -> None:
    scenario = tm.load(mine)
    (tmp_path / "elsewhere").mkdir()
    whole = tmp_path / "elsewhere" / "whole.toml"
    whole.write_text(tm.dumps(scenario), encoding="utf-8")
    assert tm.load(whole) == scenario
    (tmp_path / "elsewhere" / "next.toml").write_text(
        'extends = "whole.toml"\n[choice]\nnoise = 0.5\n', encoding="utf-8"
    )
    assert tm.load(tmp_path / "elsewhere" / "next.toml").facts == scenario.facts


def test_a_value_must_agree_with_them(mine: Path) -> None:
    assert disagreements(tm.load(mine)) == []
    mine.write_text(MINE.replace("0.95", "1.2"), encoding="utf-8")
    (message,) = disagreements(tm.load(mine))
    assert (
        "labs.OpenAI.pay_level = 1.2, but the fact survey_pay says 0.95 ± 0.1 M$ a year (our survey; table 3)"
        in message
    )
    assert PATH not in tm.load(mine, [f"{PATH}=1.0"]).sources


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("survey_pay]", "max_package]", "'max_package\" is the id of a shipped fact".replace("'", '"')),
        ('where = "table 3"', "", "facts.survey_pay.where is missing"),
        ("where", "wher", "did you mean 'where'?"),
        ("0.95", "[2, 1]", "must rise, [low, high], found [2.0, 1.0]"),
        ("tolerance = 0.1", "tolerance = -0.1", "tolerance is -0.1"),
        ("[facts.survey_pay]", "[choice]", "facts.toml: expected tables [facts.NAME] and nothing else, found choice"),
        ("[facts.survey_pay]", "[facts.survey_pay", "facts.toml, line 2"),
    ],
)
def test_what_is_wrong_with_them_is_told_with_their_file(old: str, new: str, words: str, mine: Path) -> None:
    file = mine.parent / "facts.toml"
    file.write_text(FACT.replace(old, new), encoding="utf-8")
    said = problems(mine)
    assert words in said
    assert "facts.toml" in said


def test_check_and_the_report_tell_them_as_own(mine: Path, tmp_path: Path) -> None:
    assert re.search(r"own fact +survey_pay: Median pay", CliRunner().invoke(app, ["check", str(mine)]).stdout)
    small = {"population.scale": 0.02, "run.months": 2}
    tm.run(mine, replicates=2, workers=1, folder=tmp_path / "run", set=small)
    (page,) = [CliRunner().invoke(app, ["report", str(tmp_path / "run"), "--quiet"])]
    assert page.exit_code == 0
    html = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert "Facts of its own" in html
    assert "survey_pay: Median pay of research engineers at OpenAI. 0.95 ± 0.1 M$ a year (our survey; table 3)" in html
