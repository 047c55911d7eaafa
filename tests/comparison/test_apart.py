"""A difference taken apart: parts add up, Shapley values are those of a known game, hybrids are scenarios."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.comparison.apart import COLUMNS, TOGETHER, hybrid, parts_of, shapley, subsets, taken_apart
from talentmarket.errors import InputError
from talentmarket.runs.running import Options
from talentmarket.runs.running import run as run_in_memory
from talentmarket.scenario.schema import Scenario

TINY = ["population.scale=0.03", "run.months=8"]


def test_shapley_values_of_the_glove_game() -> None:
    """One left and two right gloves: a pair is worth 1, and the values are 2/3, 1/6, 1/6 (Shapley 1953)."""
    worth = {each: np.array([float(0 in each and len(each) > 1)]) for each in subsets(3)}
    assert [float(shapley(player, worth, 3)[0]) for player in range(3)] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_few_parts_are_run_in_all_combinations_many_alone_and_in_turn() -> None:
    assert len(subsets(4)) == 16
    assert sorted(subsets(5), key=lambda each: (len(each), each)) == [
        (),
        (0,),
        (1,),
        (2,),
        (3,),
        (4,),
        (0, 1),
        (0, 1, 2),
        (0, 1, 2, 3),
        (0, 1, 2, 3, 4),
    ]


def test_parts_are_the_tables_of_items_and_single_keys() -> None:
    base, other = (
        tm.load("meta_raid", TINY),
        tm.load("fair_response", [*TINY, "choice.envy=0.1", "contacts.envious_search=1.0"]),
    )
    parts = parts_of(base, other)
    assert [part.name for part in parts] == ["choice.envy", "contacts.envious_search", "labs.OpenAI.response"]
    assert "labs.OpenAI.response.fair_award" in parts[2].paths
    alone = hybrid(base, other, parts[2:])
    assert alone.labs[0].response.fair_award == other.labs[0].response.fair_award
    assert alone.choice.envy == base.choice.envy


@pytest.mark.parametrize(("first", "second"), [("meta_raid", "fair_response"), ("baseline", "meta_raid")])
def test_all_parts_together_are_the_other_scenario(first: str, second: str) -> None:
    base, other = tm.load(first, TINY), tm.load(second, TINY)
    for start, end in ((base, other), (other, base)):
        made = hybrid(start, end, parts_of(start, end))
        assert made.model_dump(exclude={"title", "question", "description", "sources"}) == end.model_dump(
            exclude={"title", "question", "description", "sources"}
        )


def measured(scenario: Scenario) -> pd.DataFrame:
    return run_in_memory(scenario, Options(replicates=4, workers=1)).measures


def test_parts_in_turn_add_up_to_the_whole_difference() -> None:
    base, other = (
        run_in_memory(tm.load(name, TINY), Options(replicates=4, workers=1)) for name in ("meta_raid", "fair_response")
    )
    table = taken_apart(base, other, measured)
    assert list(table.columns) == list(COLUMNS)
    comparison = tm.compare(base, other).table.set_index(["measure", "lab"])["difference"]
    rows = table[(table["measure"] == "departures") & (table["lab"] == "OpenAI")]
    parts, whole = rows[rows["part"] != TOGETHER], rows[rows["part"] == TOGETHER].iloc[0]
    assert whole["alone"] == pytest.approx(comparison["departures", "OpenAI"], abs=1e-9)
    assert parts["in_turn"].sum() == pytest.approx(whole["in_turn"], abs=1e-9)
    assert parts["shapley"].sum() == pytest.approx(whole["shapley"], abs=1e-9)


def test_what_differs_in_nothing_has_no_parts() -> None:
    same = tm.load("meta_raid", TINY)
    with pytest.raises(InputError, match="differ in nothing"):
        parts_of(same, same.model_copy(update={"title": "another"}))


def test_the_command_leaves_table_and_waterfall(tmp_path: Path) -> None:
    words = [
        "compare",
        "baseline",
        "two_raiders",
        "--apart",
        "--replicates",
        "4",
        "--workers",
        "1",
        "--out",
        str(tmp_path),
    ]
    for each in TINY:
        words += ["--set", each]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "80"}, catch_exceptions=False)
    assert result.exit_code == 0
    assert "Shapley" in result.stdout
    folder = tmp_path / "baseline-vs-two_raiders"
    table = pd.read_csv(folder / "apart.csv")
    assert set(table["part"]) == {"campaigns.Meta on OpenAI", "campaigns.Google on OpenAI", TOGETHER}
    assert (folder / "plots" / "apart.png").is_file()
    with pytest.raises(InputError, match="two scenarios apart"):
        CliRunner().invoke(
            app, ["compare", "baseline", "meta_raid", "fair_response", "--apart"], catch_exceptions=False
        )
