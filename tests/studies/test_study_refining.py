"""Points that are chosen where the sign of a difference is unclear, and what a budget buys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from talentmarket.errors import InputError, RunFolderError, ScenarioError
from talentmarket.studies.folder import read_result, write_result
from talentmarket.studies.reading.file import read_study
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Design, Outcome, Side, Stopping, Study
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.design import shares
from talentmarket.studies.sampling.refining import POINTS_A_ROUND, is_refined, next_round
from talentmarket.studies.sampling.running import Slice, sample, sample_slice
from talentmarket.studies.sampling.sizing import size_of, within_budget

FILE = """
[compare]
base = "meta_raid"
run = "fair_response"
[set]
population.scale = 0.02
run.months = 4
[parameters]
choice.noise = { low = 0.5, high = 2.0, log = true }
population.loyalty_mean = { low = 0.3, high = 0.8 }
[design]
points = 40
refine = "sign"
[replicates]
least = 8
[[outcomes]]
measure = "departures of OpenAI"
want = "lower"
"""


def study(folder: Path, text: str = FILE) -> Study:
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return read_study(str(folder / "a.toml"))


def plain(points: int) -> Study:
    parameters = (Parameter("choice.noise", 0.0, 1.0), Parameter("choice.envy", 0.0, 1.0))
    side = Side("a", "a")
    return Study("", "", Side("b", "b"), (side,), (), parameters, (), Design(points=points, refine=True), Stopping(), (Outcome("started"),))  # fmt: skip


def grown(points: int) -> np.ndarray:
    """All points of a study whose difference is zero where the first parameter is .3, and steep across the second."""
    asked, cube = plain(points), np.empty((0, 2))
    while len(cube) < points:
        means = np.column_stack([cube[:, 0] - 0.3 + 0.0 * cube[:, 1]])
        cube = np.concatenate([cube, next_round(asked, cube, means)])
    return cube


def test_chosen_points_lie_where_the_sign_turns_and_the_others_go_on_with_the_sequence() -> None:
    cube = grown(64)
    chosen = is_refined(np.arange(64))
    assert chosen.sum() == 24
    assert np.abs(cube[chosen, 0] - 0.3).max() < 0.2  # a quarter of the candidates: .125 to either side
    assert np.ptp(cube[chosen, 1]) > 0.8
    np.testing.assert_array_equal(cube[~chosen], shares(Design(points=40), 2))
    assert len(np.unique(cube, axis=0)) == 64


def test_more_points_begin_with_those_of_fewer() -> None:
    np.testing.assert_array_equal(grown(21), grown(50)[:21])


def test_points_at_which_nothing_is_known_choose_none_in_particular() -> None:
    first = next_round(plain(40), np.empty((0, 2)), np.empty((0, 1)))
    assert len(first) == POINTS_A_ROUND
    assert len(next_round(plain(40), first, np.full((16, 1), np.nan))) == POINTS_A_ROUND


def test_a_refined_study_is_extended_resumed_and_read(tmp_path: Path) -> None:
    asked = study(tmp_path)
    fewer = study(tmp_path, FILE.replace("points = 40", "points = 20"))
    for each, name in ((fewer, "grown"), (asked, "grown"), (asked, "whole")):
        result = StudyResult(sample(each, tmp_path / name))
        write_result(result, tmp_path / name)
    for name in ("points.parquet", "design.parquet", "answers.txt", "indices.csv"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert np.flatnonzero(result.points["chosen"]).tolist() == list(range(24, 32))
    assert len(result.panels[0].mean) == 32
    assert len(result.panels_of_all[0].mean) == 40
    assert f"of {len(result.panels[0].mean)} points are clear" in result.answers[0]
    assert read_result(tmp_path / "whole").answers == result.answers
    with pytest.raises(InputError, match="run in one piece"):
        sample_slice(asked, tmp_path / "sliced", Slice(1, 2))
    with pytest.raises(RunFolderError, match="differs in design"):
        sample(study(tmp_path, FILE.replace('refine = "sign"\n', "")), tmp_path / "whole")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("points = 40", 'kind = "latin"', r"line 13: a design of kind latin cannot be refined; sobol and random can"),
        ('base = "meta_raid"\n', "", r"line 12: design.refine needs \[compare\] base and \[parameters\]"),
        ('"sign"', '"mean"', r'line 13: design.refine is "mean", but must be "sign"'),
        ("least = 8", "budget = 4", r"line 15: replicates.budget is 4, but must be a whole number from 8"),
        ("least = 8", "most = 16\nbudget = 4000", r"line 15: replicates.most follows from replicates.budget"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        study(tmp_path, FILE.replace(old, new))


def test_a_budget_buys_whole_rounds_of_every_point_on_both_sides(tmp_path: Path) -> None:
    asked = study(tmp_path, FILE.replace("least = 8", "budget = 2000"))
    bought = within_budget(asked).stopping
    assert (bought.least, bought.most) == (24, 24)  # 2,000 / (40 x 2) = 25
    assert size_of(asked).most_replicates == 24 * 80
    aimed = within_budget(study(tmp_path, FILE.replace("least = 8", 'until = "sign"\nbudget = 2000'))).stopping
    assert (aimed.least, aimed.most, aimed.looks) == (8, 24, 3)
    with pytest.raises(
        ScenarioError, match=r"line 15: replicates.budget is 600, but 40 points on 2 sides need 640 for 8"
    ):
        within_budget(study(tmp_path, FILE.replace("least = 8", "budget = 600")))
