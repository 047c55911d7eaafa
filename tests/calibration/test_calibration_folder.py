"""What a calibration leaves: trials that are never simulated twice, tables, sentences, a scenario; all from plain functions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from small_calibrations import FREE, calibration, plain_market, target
from typer.testing import CliRunner

from talentmarket.calibration import trials as trials_module
from talentmarket.calibration.folder import opened, read_fitted, write_fitted
from talentmarket.calibration.result import calibrate
from talentmarket.calibration.trials import SECONDS, Trials
from talentmarket.calibration.words import sentences
from talentmarket.cli import app
from talentmarket.errors import InputError, RunFolderError
from talentmarket.plots.calibration.gallery import PICTURES, pictures_of, save_calibration_plots
from talentmarket.scenario.reading.loading import load

TRUE = {"labs.Meta.separation": 0.3, "labs.OpenAI.separation": 0.2}
IDLE = "labs.xAI.separation"


class StoppedError(Exception):
    """A kill in the midst of a search."""


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """The market becomes a plain function; gives the points at which it was asked."""
    asked = []

    def sample_at(calibration, point, replicates, seed, workers):
        asked.append(dict(point))
        return plain_market(calibration, point, replicates, seed, workers)

    monkeypatch.setattr(trials_module, "sample_at", sample_at)
    return asked


def small(parameters=None, **identification):
    said = plain_market(None, TRUE, 8, 3, 1)
    targets = [target(lab, float(said[f"baseline: two_year_retention of {lab}"].mean())) for lab in ("Meta", "OpenAI")]
    return calibration(targets, parameters, {"profile": 1, "steps": 6, "evaluations": 8} | identification, replicates=8)


def run(folder: Path, asked=None, stop_after: int = 0):
    def tell(count):
        if stop_after and count == stop_after:
            raise StoppedError

    trials = Trials(asked or small(), 1, tell=tell)
    with opened(folder, trials, False):
        fitted = calibrate(trials.calibration, trials, 20)
        write_fitted(fitted, folder)
    return fitted


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in {"trials.parquet", "manifest.json"}}  # fmt: skip


def test_the_true_values_and_their_intervals_are_found(tmp_path):
    fitted = run(tmp_path / "a")
    assert fitted.point == pytest.approx(TRUE, rel=1e-3)
    table = pd.read_csv(tmp_path / "a" / "estimates.csv", encoding="utf-8-sig").set_index("parameter")
    slope = 2.0 * np.exp(-2.0 * 0.3)  # of retention at Meta, where a tolerance is .02
    assert table.loc["labs.Meta.separation", "standard_error"] == pytest.approx(0.02 / slope, rel=0.1)
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()
    assert table["profile_low"].notna().sum() == 1


def test_resumed_trials_give_the_same_bytes(tmp_path, plain):
    whole = run(tmp_path / "whole")
    simulated = len(plain)
    assert whole.trials == simulated
    with pytest.raises(StoppedError):
        run(tmp_path / "cut", stop_after=5)
    assert pq.read_table(tmp_path / "cut" / "trials.parquet")["trial"].to_numpy().max() == 4
    run(tmp_path / "cut")
    assert len(plain) == 2 * simulated
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")
    one, other = (pq.read_table(tmp_path / name / "trials.parquet").drop([SECONDS]) for name in ("whole", "cut"))
    assert one.equals(other)


def test_a_finished_calibration_simulates_nothing_and_stays_as_it_is(tmp_path, plain):
    run(tmp_path / "a")
    before, simulated = (tmp_path / "a" / "trials.parquet").read_bytes(), len(plain)
    every = contents(tmp_path / "a")
    run(tmp_path / "a")
    assert len(plain) == simulated
    assert contents(tmp_path / "a") == every
    assert (tmp_path / "a" / "trials.parquet").read_bytes() == before


def test_other_figures_use_the_trials_that_are_there(tmp_path, plain):
    asked = small()
    run(tmp_path / "a", asked)
    first = plain[0]
    before = len(plain)
    run(tmp_path / "a", calibration([target("Meta", 0.5), target("OpenAI", 0.6)], replicates=8))
    assert first not in plain[before:]


def test_trials_of_another_model_are_refused_and_stay(tmp_path):
    run(tmp_path / "a")
    other = small({"labs.Meta.separation": FREE, "labs.OpenAI.separation": FREE, IDLE: FREE})
    before = (tmp_path / "a" / "trials.parquet").read_bytes()
    with pytest.raises(RunFolderError, match="differs in parameters; choose another --name"):
        run(tmp_path / "a", other)
    assert (tmp_path / "a" / "trials.parquet").read_bytes() == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(RunFolderError, match="no calibration that talentmarket wrote"):
        run(tmp_path / "mine")


def test_the_fitted_scenario_extends_the_base_with_the_estimates(tmp_path):
    fitted = run(tmp_path / "a")
    scenario, base = load(tmp_path / "a" / "fitted.toml"), load("baseline")
    rates = {lab.name: lab.separation for lab in scenario.labs}
    assert rates["Meta"] == pytest.approx(fitted.point["labs.Meta.separation"], rel=1e-5)
    assert rates["OpenAI"] == pytest.approx(fitted.point["labs.OpenAI.separation"], rel=1e-5)
    assert rates["xAI"] == {lab.name: lab.separation for lab in base.labs}["xAI"]


def test_a_parameter_that_does_nothing_is_named_and_left_as_it_is(tmp_path):
    asked = small({"labs.Meta.separation": FREE, "labs.OpenAI.separation": FREE, IDLE: FREE})
    fitted = run(tmp_path / "a", asked)
    assert f"{IDLE} is not identified: no target changes with it." in sentences(fitted)
    assert not any(IDLE in sentence for sentence in sentences(fitted) if "is not identified" not in sentence)
    table = pd.read_csv(tmp_path / "a" / "estimates.csv", encoding="utf-8-sig").set_index("parameter")
    assert table.loc[IDLE].isna()[["standard_error", "low", "high"]].all()
    assert "xAI" not in (tmp_path / "a" / "fitted.toml").read_text(encoding="utf-8")


def test_the_suggestion_is_the_measure_that_is_no_target(tmp_path):
    fitted = run(tmp_path / "a")
    assert fitted.suggestions["measure"].tolist() == ["exits_to_outside"]
    assert any("would help most" in sentence and "exits_to_outside" in sentence for sentence in sentences(fitted))


def test_the_manifest_lists_every_file_with_its_size(tmp_path):
    run(tmp_path / "a")
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["path"]: file["bytes"] for file in manifest["files"]}
    there = {path.name: path.stat().st_size for path in (tmp_path / "a").iterdir()}
    assert {name: size for name, size in there.items() if name not in {"manifest.json", "calibration.json"}} == listed
    assert manifest["j"] == {"statistic": None, "freedom": 0, "p": None}


def test_a_target_that_no_scenario_measures_is_told(tmp_path):
    with pytest.raises(InputError, match="target 'Nobody': baseline has no measure two_year_retention of 'Nobody'"):
        run(tmp_path / "a", calibration([target("Nobody", 0.5)]))


def test_pictures_tell_what_was_found(tmp_path):
    fitted = run(tmp_path / "a")
    save_calibration_plots(fitted, tmp_path / "plots")
    names = {path.name for path in (tmp_path / "plots").iterdir()}
    assert names == {f"{name}.{kind}" for name in ("misfits", "profiles", "sensitivity", "direction") for kind in ("png", "svg")}  # fmt: skip
    low, high = (float(fitted.value(fitted.profiles[0].parameter, end)) for end in fitted.profiles[0][-2:])
    title = PICTURES["profiles"](fitted).texts[0].get_text().replace("\n", " ")
    assert title == f"{fitted.paths[fitted.profiles[0].parameter]}: anything from {low:.3g} to {high:.3g} fits as well"
    assert PICTURES["misfits"](fitted).texts[0].get_text() == "All 2 targets are met within their tolerance"


def test_without_a_profile_there_is_no_picture_of_it(tmp_path):
    fitted = run(tmp_path / "a", small(profile=0))
    assert pictures_of(fitted) == ["misfits", "sensitivity", "direction"]
    with pytest.raises(InputError, match=r"\[identification\] profile"):
        PICTURES["profiles"](fitted)


def test_a_folder_is_read_and_drawn_again_without_a_simulation(tmp_path, plain):
    fitted = run(tmp_path / "a")
    simulated, kept = len(plain), contents(tmp_path / "a")
    again = read_fitted(tmp_path / "a")
    assert sentences(again) == sentences(fitted)
    pd.testing.assert_frame_equal(again.estimates, fitted.estimates)
    pd.testing.assert_frame_equal(again.suggestions, fitted.suggestions)
    assert CliRunner().invoke(app, ["plot", str(tmp_path / "a")]).exit_code == 0
    assert CliRunner().invoke(app, ["report", str(tmp_path / "a")]).exit_code == 0
    assert len(plain) == simulated
    page = (tmp_path / "a" / "report.html").read_text(encoding="utf-8")
    assert page.count("<img") == 4
    assert "exits_to_outside" in page
    (tmp_path / "a" / "report.html").unlink()
    pictures = {f"plots/{name}.{kind}" for name in PICTURES for kind in ("png", "svg")}
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))
    assert {file["path"] for file in manifest["files"] if file["path"].startswith("plots/")} == pictures
    shutil.rmtree(tmp_path / "a" / "plots")
    assert contents(tmp_path / "a") == kept


def test_an_unfinished_calibration_is_not_read(tmp_path):
    with pytest.raises(StoppedError):
        run(tmp_path / "a", stop_after=5)
    with pytest.raises(RunFolderError, match="not finished, or damaged"):
        read_fitted(tmp_path / "a")
    run(tmp_path / "b")
    (tmp_path / "b" / "trials.parquet").write_bytes((tmp_path / "a" / "trials.parquet").read_bytes())
    with pytest.raises(RunFolderError, match="points of the search are missing"):
        read_fitted(tmp_path / "b")
