"""What the page on own data shows is done: its files written, its scenario checked, a run held against its table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.scenario.evidence.disagreements import disagreements

PAGE = (Path(__file__).parents[2] / "docs" / "own-data.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    """The indented blocks, as they are to be written."""
    found = re.findall(r"(?:^(?:    .*)?\n)+", PAGE, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip("\n") + "\n" for block in found if block.strip()]


def test_the_page_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    facts, scenario, table = blocks()
    Path("facts.toml").write_text(facts, encoding="utf-8")
    Path("my_scenario.toml").write_text(scenario, encoding="utf-8")
    Path("retention.csv").write_text(table, encoding="utf-8")
    mine = tm.load("my_scenario.toml")
    assert list(mine.facts) == ["survey_pay"]
    assert disagreements(mine) == []
    assert mine.labs["OpenAI"].pay_level == mine.facts["survey_pay"].value
    small = {"population.scale": 0.03, "run.months": 24}
    tm.run(mine, replicates=2, workers=1, folder="outputs/mine", set=small)
    done = CliRunner().invoke(app, ["validate", "outputs/mine", "--against", "retention.csv"])
    assert "2 checks:" in done.stdout
    assert done.exit_code in (0, 1)
