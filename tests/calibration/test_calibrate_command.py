"""`talentmarket calibrate`: what it prints and leaves, its exit codes, and that the shipped values meet the figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from small_calibrations import plain_market
from typer.testing import CliRunner

from talentmarket.calibration import trials as trials_module
from talentmarket.calibration.moments import outcomes, question, sample_at
from talentmarket.calibration.reading import find_calibration, read_calibration
from talentmarket.calibration.recovery import Recovery
from talentmarket.cli import app
from talentmarket.errors import InputError
from talentmarket.runs.options import Options
from talentmarket.scenario.places.locating import follow, locate, schema_of
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path

FILE = """title = "Small"
[fit]
replicates = 8
months = 24
seed = 3
starts = 1
evaluations = 8
step = 0.05
[identification]
profile = 1
steps = 4
evaluations = 6
[parameters]
"labs.Meta.separation" = { low = 0.05, high = 0.6, start = 0.15 }
"labs.OpenAI.separation" = { low = 0.05, high = 0.6, start = 0.15 }
[[scenarios]]
name = "baseline"
[[targets]]
name = "stay at Meta"
scenario = "baseline"
measure = "two_year_retention"
of = "Meta"
value = 0.55
tolerance = 0.02
source = "made up"
[[targets]]
name = "stay at OpenAI"
scenario = "baseline"
measure = "two_year_retention"
of = "OpenAI"
value = 0.64
tolerance = 0.02
source = "made up"
"""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Calls the command on a small file, with a plain function in the market's place."""
    monkeypatch.setattr(trials_module, "sample_at", plain_market)

    def called(*words: str, text: str = FILE):
        file = tmp_path / "small.toml"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, ["calibrate", str(file), "--out", str(tmp_path / "fits"), *words])

    return called


def test_it_prints_tables_and_sentences_and_leaves_a_folder(call, tmp_path):
    done = call()
    assert done.exit_code == 0, done.output
    assert "labs.Meta.separation" in done.stdout
    assert "2 of 2 targets are met within the tolerance" in done.stdout
    names = {
        path.relative_to(tmp_path / "fits" / "small").as_posix() for path in (tmp_path / "fits" / "small").rglob("*")
    }
    tables = {
        f"{name}.csv" for name in ("estimates", "targets", "sensitivity", "suggestions", "directions", "correlations")
    }
    more = {
        "calibration.json",
        "trials.parquet",
        "jacobian.parquet",
        "fitted.toml",
        "answers.txt",
        "profiles.csv",
        "manifest.json",
    }
    assert {name for name in names if not name.startswith("plots")} == tables | more
    assert "plots/misfits.png" in names


def test_its_json_has_the_estimates_and_null_for_what_is_undefined(call):
    done = call("--json", "--no-plots")
    said = json.loads(done.stdout)["results"][0]
    assert set(said["parameters"]) == {"labs.Meta.separation", "labs.OpenAI.separation"}
    assert {row["profile_low"] is None for row in said["estimates"]} == {True, False}
    assert said["evaluations"] > 5


def test_hidden_values_that_are_not_found_again_end_it_with_1(call, monkeypatch, tmp_path):
    assert call("--check", "3").exit_code == 0
    assert (tmp_path / "fits" / "small" / "check" / "recovery.csv").is_file()
    assert call("--no-plots").exit_code == 0  # the folder is there already, with nothing but the check in it
    monkeypatch.setattr(Recovery, "passed", False)
    assert call("--check", "3").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("profile = 1", "profile = -1", "line 10: "),
        ("two_year_retention", "two_year", "baseline has no measure 'two_year'"),
        (
            "labs.Meta.separation",
            "labs.Mta.separation",
            'line 14: parameters."labs.Mta.separation": in baseline, there is',
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(call, tmp_path, old, new, said):
    done = call(text=FILE.replace(old, new))
    assert isinstance(done.exception, InputError)
    assert said in str(done.exception)
    assert not (tmp_path / "fits").exists()


def shipped(path: str) -> float:
    """The value of a parameter in the scenarios, where the raid has a campaign."""
    if path.startswith("defaults.campaign."):
        path = f"campaigns.Meta on OpenAI.{path.rpartition('.')[2]}"
    if path.startswith("defaults.lab."):
        path = f"labs.OpenAI.{path.rpartition('.')[2]}"
    scenario = load("meta_raid")
    return float(follow(scenario, locate(split_path(path), schema_of(Scenario), scenario)))


def test_the_shipped_values_meet_the_figures_that_they_were_fitted_to():
    """Each miss is at most a tolerance, and what the simulation of a few replicates adds."""
    asked = read_calibration(find_calibration("baseline"))
    point = {path: shipped(path) for path in asked.parameters}
    said = outcomes(
        [question(each) for each in asked.targets], sample_at(asked, point, 12, asked.fit.seed, Options(workers=1))
    )
    figures, tolerances = asked.figures
    error = np.sqrt(said.covariance.diagonal())
    assert np.all(np.abs(said.values - figures) <= tolerances + 3.0 * error)
    assert float(np.sum(((said.values - figures) / np.hypot(tolerances, error)) ** 2)) < len(figures)
