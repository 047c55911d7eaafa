"""Calibration files: what they say, and what is wrong with them in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from talentmarket.calibration import trials
from talentmarket.calibration.reading import find_calibration, read_calibration
from talentmarket.calibration.result import calibrate
from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.reading.loading import load

RIGHT = """title = "Small"
[fit]
replicates = 2
months = 12
seed = 1
starts = 1
evaluations = 2
step = 0.1
[parameters]
"labs.Meta.separation" = { low = 0.1, high = 0.4, start = 0.2 }
[[scenarios]]
name = "baseline"
[[targets]]
name = "stay"
scenario = "baseline"
measure = "two_year_retention"
of = "Meta"
fact = "retention_two_years_meta"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "small.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_target_takes_value_and_tolerance_of_its_fact(tmp_path):
    (target,) = read_calibration(written(tmp_path, RIGHT)).targets
    known = fact("retention_two_years_meta")
    assert target.figure() == pytest.approx((known.number, known.tolerance))


def test_an_interval_gives_its_middle_and_half_its_width(tmp_path):
    text = RIGHT.replace("retention_two_years_meta", "raid_yield_interval")
    low, high = fact("raid_yield_interval").allowed
    (target,) = read_calibration(written(tmp_path, text)).targets
    assert target.figure() == pytest.approx(((low + high) / 2, (high - low) / 2))


def test_what_stands_in_the_file_goes_before_the_fact(tmp_path):
    (target,) = read_calibration(written(tmp_path, RIGHT + "value = 0.5\ntolerance = 0.01\n")).targets
    assert target.figure() == (0.5, 0.01)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("high = 0.4", "high = 0.1", 10, "low must be below high, found 0.1 and 0.1"),
        ("start = 0.2", "start = 0.7", 10, "start must lie from 0.1 to 0.4, found 0.7"),
        ("{ low = 0.1,", "{ log = true, low = -0.1,", 10, "with log = true low must be above 0"),
        ("step = 0.1", "step = 0.9", 8, "step is 0.9, but must be"),
        ("seed = 1", "seed = 5000000000", 5, "seed is 5000000000, but must be a whole number from 0 to 4,294,967,295"),
        ('of = "Meta"', 'of = "Meta"\ntolerance = 0.0', 18, "tolerance is 0.0, but must be a number above 0"),
        ('scenario = "baseline"', 'scenario = "basline"', 15, "none of the [[scenarios]] of this file"),
        ("replicates = 2\n", "", 2, "replicates is missing"),
        ("months = 12", "month = 12", 4, "month"),
        ("labs.Meta.", "labs.Mta.", 10, "there is no 'Mta' in labs; did you mean 'Meta'?"),
        ("high = 0.4", "high = 14", 10, "labs.Meta.separation is 14.0, but must be a number from 0 to 12"),
        ("two_year_retention", "two_year_retentions", 13, "no measure 'two_year_retentions'; did you mean"),
        ('of = "Meta"', 'of = "Mta"', 13, "no two_year_retention of 'Mta'; did you mean 'Meta'?"),
        ('two_year_retention"\nof = "Meta"', 'flows"\nof = ["Meta", "Mta"]', 13, "flows are of two labs of baseline"),
        ("retention_two_years_meta", "retention_two_years_mta", 13, "there is no fact 'retention_two_years_mta'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, old, new, line, said):
    with pytest.raises(InputError) as caught:
        read_calibration(written(tmp_path, RIGHT.replace(old, new)))
    assert any(f"line {line}:" in problem and said in problem for problem in str(caught.value).splitlines())


@pytest.mark.parametrize(
    ("old", "said"),
    [('fact = "retention_two_years_meta"\n', "needs a value and a tolerance"), ("retention_two_years_meta", "no fact")],
)
def test_a_target_without_a_figure_is_refused(tmp_path, old, said):
    text = RIGHT.replace(old, "" if "=" in old else "retention")
    with pytest.raises(InputError, match=said):
        read_calibration(written(tmp_path, text))


def test_the_shipped_calibration_fits_the_shipped_values():
    """Its free parameters hold in their ranges what the scenarios have, and every target has a figure."""
    calibration = read_calibration(find_calibration("baseline"))
    for market in calibration.scenarios:
        load(market.name, [f"{path}={free.start}" for path, free in calibration.parameters.items()])
    for path, free in calibration.parameters.items():
        assert free.low < free.start < free.high, path


def test_a_constant_target_is_told_with_its_line(tmp_path, monkeypatch):
    def constant(calibration, point, replicates, seed, workers):
        return {"baseline: two_year_retention of Meta": np.array([0.5, 0.6])}

    monkeypatch.setattr(trials, "sample_at", constant)
    file = written(tmp_path, RIGHT)
    asked = read_calibration(file)
    with pytest.raises(InputError, match=r"small\.toml, line 13: target 'stay' is constant: the model says 0\.55"):
        calibrate(asked, trials.Trials(asked), 2)
