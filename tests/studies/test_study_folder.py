"""A study's folder read back without running anything: the same tables, sentences, pictures and report."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.errors import RunFolderError

FILE = """
title = "Does the award hold?"
question = "Where?"
[compare]
base = "meta_raid"
run = "fair_response"
[set]
population.scale = 0.02
run.months = 6
"campaigns.Meta on OpenAI.tiers.top.first_year_share" = 0.0
[parameters]
choice.noise = { low = 0.5, high = 2.0, log = true }
population.loyalty_mean = { distribution = { beta = [4, 3] } }
[levers]
labs.OpenAI.response.fair_delay = { values = [1, 3], on = "run" }
"campaigns.Meta on OpenAI.tiers.top.vesting" = { values = [[[12, 0.25], [24, 0.75]], [[12, 1.0]]] }
[design]
points = 5
[replicates]
most = 16
until = "sign"
[[outcomes]]
measure = "departures of OpenAI"
want = "lower"
words = "people who leave OpenAI"
[[outcomes]]
measure = "started"
per = "departures of OpenAI"
[discover]
above = 0.0
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that has run."""
    place = tmp_path_factory.mktemp("read")
    (place / "award.toml").write_text(FILE, encoding="utf-8")
    call("study", str(place / "award.toml"), "--out", str(place / "studies"), "--report", "--quiet")
    return place / "studies" / "award"


def call(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_was_written_is_read(folder: Path) -> None:
    result = tm.read_study(folder)
    pd.testing.assert_frame_equal(
        result.points.drop(columns="campaigns.Meta on OpenAI.tiers.top.vesting"),
        pd.read_parquet(folder / "points.parquet").drop(columns="campaigns.Meta on OpenAI.tiers.top.vesting"),
    )
    assert list(result.answers) == (folder / "answers.txt").read_text(encoding="utf-8").splitlines()
    assert result.design["campaigns.Meta on OpenAI.tiers.top.vesting"].tolist()[:2] == [
        [[12, 0.25], [24, 0.75]],
        [[12, 1.0]],
    ]
    assert [each.unit for each in result.study.parameters] == ["scale", "share"]
    assert result.study.discover is not None
    assert result.plot("differences_1").texts[0].get_text().count("people who leave OpenAI") == 1


def test_pictures_and_report_are_drawn_again_as_they_were(folder: Path) -> None:
    kept = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "plots" / "differences_1.png").unlink()
    (folder / "report.html").unlink()
    assert "pictures in" in call("plot", str(folder))
    call("report", str(folder))
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == kept


def test_a_folder_that_is_not_whole_says_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="there is no study here"):
        tm.read_study(tmp_path / "nothing")
    for name in ("study.json", "design.parquet"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with pytest.raises(RunFolderError, match="20 of 20 points have not been run yet"):
        tm.read_study(tmp_path)
    asked = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))
    for damaged in ({**asked, "varied": 3}, {**asked, "design": None}, {**asked, "varied": asked["varied"][:2]}):
        (tmp_path / "study.json").write_text(json.dumps(damaged), encoding="utf-8")
        with pytest.raises(RunFolderError, match="damaged or of another version"):
            tm.read_study(tmp_path)
