"""Designs: lists of points, crossed levers, kinds that need SALib, and what is said where it is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError
from talentmarket.studies.reading.file import read_study
from talentmarket.studies.reading.study import Design
from talentmarket.studies.sampling.design import design_of, shares

FILE = """
[compare]
run = "meta_raid"
[parameters]
choice.noise = { low = 0.5, high = 2.0 }
choice.horizon = { low = 24, high = 60 }
[levers]
population.loyalty_mean = { values = [0.4, 0.6] }
[design]
kind = "points"
file = "mine.csv"
[[outcomes]]
measure = "started"
"""


def design(folder: Path, csv: str):  # type: ignore[no-untyped-def]
    (folder / "mine.csv").write_text(csv, encoding="utf-8")
    (folder / "study.toml").write_text(FILE, encoding="utf-8")
    return design_of(read_study(str(folder / "study.toml")))


def test_a_list_of_points_is_crossed_with_the_levers(tmp_path: Path) -> None:
    table = design(tmp_path, "choice.horizon,choice.noise\n48,1.5\n24,0.5\n")
    assert table["choice.noise"].tolist() == [1.5, 1.5, 0.5, 0.5]
    assert table["choice.horizon"].tolist() == [48, 48, 24, 24]
    assert table["population.loyalty_mean"].tolist() == [0.4, 0.6, 0.4, 0.6]
    assert table["design_point"].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("csv", "told"),
    [
        ("choice.noise\n1\n", "line 1: has no column choice.horizon"),
        ("choice.noise,choice.horizon,choice.nois\n1,24,2\n", "no parameter of the study: choice.nois"),
        ("choice.noise,choice.horizon\n1,24\n1,much\n", "line 3: expected 2 numbers"),
        ("choice.noise,choice.horizon\n1\n", "line 2: expected 2 numbers"),
        ("choice.noise,choice.horizon\n", "holds no points"),
    ],
)
def test_a_wrong_list_is_told_with_its_line(tmp_path: Path, csv: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        design(tmp_path, csv)


@pytest.mark.parametrize("kind", ["morris", "saltelli"])
def test_without_salib_it_is_said_how_to_get_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(InputError, match=r"pip install 'talentmarket\[studies\]'"):
        shares(Design(kind, 20), 3)  # type: ignore[arg-type]


def test_a_latin_design_has_each_row_and_column_once() -> None:
    cube = shares(Design("latin", 40), 3)
    assert (np.sort(np.floor(cube * 40), axis=0) == np.arange(40)[:, None]).all()


def test_designs_of_trajectories_and_matrices_come_in_whole_ones() -> None:
    pytest.importorskip("SALib")
    assert len(shares(Design("morris", 30), 6)) == 4 * 7
    assert len(shares(Design("saltelli", 100), 4)) == 16 * 6
