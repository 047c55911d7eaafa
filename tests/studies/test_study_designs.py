"""Designs: lists of points, crossed levers, kinds that need SALib, and what is said where it is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError
from talentmarket.studies.reading.file import read_study
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.points import read_points
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
        ("choice.noise,choice.horizon\n1,24\n1,much\n", "line 3: choice.horizon is much, but must be a finite number"),
        ("choice.noise,choice.horizon\n1\n", "line 2: expected 2 numbers"),
        ("choice.noise,choice.horizon,choice.noise\n1,24,2\n", "line 1: has the column choice.noise twice"),
        ("choice.noise,choice.horizon\n1,24\nnan,24\n", "line 3: choice.noise is nan, but must be a finite number"),
        ("choice.noise,choice.horizon\ninf,24\n", "line 2: choice.noise is inf, but must be a finite number"),
        ("choice.noise,choice.horizon\n1,24\n-5,24\n1,48\n", r"line 3: choice.noise is -5.0, but must be .* from 0"),
        ("choice.noise,choice.horizon\n1,24.5\n", "line 2: choice.horizon is 24.5, but must be a whole number"),
        (f"{'secret' * 9},b,c,d\n1,2,3,4\n", f"no parameter of the study: {('secret' * 9)[:40]}…, b, c and 1 more;"),
        ("choice.noise,choice.horizon\n\x001,24\n", "line 2: choice.noise is"),
        ("choice.noise,choice.horizon\n", "holds no points"),
    ],
)
def test_a_wrong_list_is_told_with_its_line(tmp_path: Path, csv: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        design(tmp_path, csv)


def test_a_listed_parameter_takes_its_own_values_alone(tmp_path: Path) -> None:
    parameter = Parameter("a.b", values=(1, 2.5, "x", True))
    (tmp_path / "mine.csv").write_text("a.b\n1.0\n2.5\nx\ntrue\n", encoding="utf-8")
    assert [point.values[0] for point in read_points(tmp_path / "mine.csv", [parameter])] == [1, 2.5, "x", True]
    (tmp_path / "mine.csv").write_text("a.b\n3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r'line 2: a.b is 3, but must be one of 1, 2.5, "x" or true'):
        read_points(tmp_path / "mine.csv", [parameter])


@pytest.mark.parametrize("file", ["/etc/passwd", "../mine.csv", "below/../../mine.csv"])
def test_a_list_of_points_lies_beside_its_study(tmp_path: Path, file: str) -> None:
    (tmp_path / "mine.csv").write_text("choice.noise,choice.horizon\n1,24\n", encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "study.toml").write_text(FILE.replace("mine.csv", file), encoding="utf-8")
    with pytest.raises(
        InputError, match=f'line 11: design.file is "{file}", but must be the name of a file in the folder'
    ):
        read_study(str(tmp_path / "here" / "study.toml"))


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
