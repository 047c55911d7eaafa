"""The command `study` from end to end on a tiny market."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.errors import InputError, TalentMarketError

TINY = ("--set", "population.scale=0.02", "--set", "run.months=6", "--workers", "1")
FILE = """
title = "Does the award hold?"
[compare]
base = "meta_raid"
run = "fair_response"
[set]
population.scale = 0.02
run.months = 8
[parameters]
choice.noise = { low = 0.5, high = 2.0, log = true }
contacts.rate = "x"
[levers]
labs.OpenAI.response.fair_delay = { values = [1, 3], on = "run" }
[design]
points = 24
[replicates]
most = 16
until = "sign"
[[outcomes]]
measure = "departures of OpenAI"
want = "lower"
[discover]
above = 0.0
"""


def call(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"}, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study of a file that has been run."""
    folder = tmp_path_factory.mktemp("studies")
    text = FILE.replace('contacts.rate = "x"\n', "population.loyalty_mean = { low = 0.3, high = 0.8 }\n")
    (folder / "award.toml").write_text(text, encoding="utf-8")
    call("study", str(folder / "award.toml"), "--out", str(folder / "studies"), "--workers", "2", "--quiet")
    return folder


def test_a_study_leaves_tables_answers_pictures_and_a_manifest(out: Path) -> None:
    folder = out / "studies" / "award"
    assert {path.name for path in folder.iterdir()} == {
        "study.json",
        "design.parquet",
        "parts",
        "points.parquet",
        "points.csv",
        "indices.csv",
        "boxes.csv",
        "answers.txt",
        "plots",
        "manifest.json",
    }
    points = pd.read_parquet(folder / "points.parquet")
    assert len(points) == 48
    assert set(points["replicates"]) <= {8, 16}
    assert points["design_point"].value_counts().eq(2).all()
    assert set(points["labs.OpenAI.response.fair_delay"]) == {1, 3}
    pictures = {path.name for path in (folder / "plots").glob("*.png")}
    assert pictures == {"curve.png", "heat.png", "tornado.png", "indices.png", "differences.png"}
    answers = (folder / "answers.txt").read_text(encoding="utf-8")
    assert "fair_response less meta_raid" in answers
    assert "of the space that was varied (noise and loyalty mean)" in answers
    assert "(Bonferroni)" in answers


def test_it_is_told_in_the_terminal_and_as_json(out: Path) -> None:
    words = ("study", str(out / "award.toml"), "--out", str(out / "studies"), "--no-plots")
    shown = call(*words)
    assert max(map(len, shown.splitlines()[:-1])) <= 80
    assert "95 % interval" in shown
    found = json.loads(call(*words, "--json"))["results"][0]
    assert len(found["points"]) == 48
    assert found["answers"]


def test_levers_alone_are_told_and_drawn_as_one_grid(tmp_path: Path) -> None:
    head, _, rest = FILE.partition("[parameters]")
    levers = "[levers]" + rest.partition("[levers]")[2].replace("points = 24", "").partition("[discover]")[0]
    (tmp_path / "choice.toml").write_text(head + levers, encoding="utf-8")
    shown = call("study", str(tmp_path / "choice.toml"), "--out", str(tmp_path), "--workers", "1")
    told = " ".join(shown.replace("\u00a0", " ").split())
    assert "Points, fair_response less meta_raid" in told
    assert "at OpenAI's fair delay 1 month" in told
    assert " of 1 point" not in told
    pictures = {path.name for path in (tmp_path / "choice" / "plots").glob("*.png")}
    assert pictures == {"curve.png"}
    assert len(tm.read_study(tmp_path / "choice").study.parameters) == 1


def test_a_report_opens_by_itself(out: Path) -> None:
    call("study", str(out / "award.toml"), "--out", str(out / "studies"), "--no-plots", "--report", "-q")
    page = (out / "studies" / "award" / "report.html").read_text(encoding="utf-8")
    assert "fair_response less meta_raid" in page
    assert "labs.OpenAI.response.fair_delay" in page
    assert "1, 3, in the run alone" in page
    assert page.count("<img") == 5
    assert "http://" not in page.replace("http://www.w3.org", "")
    (out / "studies" / "award" / "report.html").unlink()


def test_a_dry_study_only_says_what_it_comes_to(tmp_path: Path) -> None:
    shown = call(
        "study", "meta_raid", *TINY, "--vary", "choice.noise=1..2:3", "--dry", "--out", str(tmp_path / "nothing")
    )
    assert "3 points (grid), 24 replicates" in shown
    assert "seconds" in shown
    assert "under 0.1 MB" in shown
    assert not (tmp_path / "nothing").exists()


def test_a_dry_study_says_the_same_for_scripts(tmp_path: Path) -> None:
    varied = ("--vary", "choice.noise=1..2:3", "--dry", "--json", "--out", str(tmp_path / "nothing"))
    (found,) = json.loads(call("study", "meta_raid", *TINY, *varied))["results"]
    assert (found["points"], found["design"], found["replicates"], found["budget_replicates"]) == (
        3,
        "grid",
        [24, 24],
        None,
    )
    assert 0.0 < found["seconds"][0] == found["seconds"][1]
    assert found["bytes"] > 0
    assert not (tmp_path / "nothing").exists()


def test_a_point_is_run_again_into_run_folders(tmp_path: Path) -> None:
    call(
        "study",
        "meta_raid",
        *TINY,
        "--vary",
        "choice.noise=1,2",
        "--out",
        str(tmp_path / "studies"),
        "--keep",
        "1",
        "-q",
    )
    runs = tm.read(tmp_path / "meta_raid-1-meta_raid")
    assert runs.scenario.choice.noise == 2.0
    assert runs.manifest.replicates == 8


def test_wrong_words_end_with_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(TalentMarketError, match="did you mean 'noise'"):
        call("study", "meta_raid", "--vary", "choice.nose=1,2", "--out", str(tmp_path / "studies"))
    with pytest.raises(InputError, match="choose one of them"):
        call("study", "meta_raid", "--vary", "choice.noise=1,2", "--resume", "--replace")
    with pytest.raises(InputError, match="there is no point 9"):
        call("study", "meta_raid", "--vary", "choice.noise=1,2", "--keep", "9", "--out", str(tmp_path / "studies"))
    assert list(tmp_path.iterdir()) == []


def test_studies_from_python(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(
        'extends = "meta_raid"\ntitle = "t"\nquestion = "q"\n[population]\nscale = 0.02\n[run]\nmonths = 6\n'
    )
    result = tm.study(tmp_path / "tiny.toml", vary=["choice.noise=0.5..2:4"], outcomes=["departures of OpenAI"])
    assert len(result.points) == 4
    assert set(result.xarray.dims) == {"point"}
    assert result.plot("curve").axes
    with pytest.raises(InputError, match="no picture 'heart'"):
        result.plot("heart")
    with pytest.raises(InputError, match="two parameters"):
        result.plot("heat")
