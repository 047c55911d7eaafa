"""What a user meets in Python: run, read, compare, and what a notebook shows."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import talentmarket as tm

SMALL = ("population.scale=0.03", "run.months=8", "run.replicates=4")


@pytest.fixture(scope="module")
def runs() -> tuple[tm.Runs, tm.Runs]:
    base, raid = (tm.run(tm.load(name, SMALL), workers=1) for name in ("baseline", "meta_raid"))
    return base, raid


def test_runs_are_compared_and_drawn(runs: tuple[tm.Runs, tm.Runs]) -> None:
    comparison = tm.compare(*runs)
    assert [name.partition(", with ")[0] for name in comparison.names] == ["Baseline: no raid", "Meta raids OpenAI"]
    assert comparison.replicates == 4
    assert "What does it change?" in [text.get_text() for text in comparison.plot().texts]
    assert len(comparison.twins)


def test_a_run_folder_and_its_path_do_as_well(runs: tuple[tm.Runs, tm.Runs], tmp_path: Path) -> None:
    scenario = tm.load("meta_raid", SMALL)
    written = tm.run(scenario, replicates=4, workers=1, folder=tmp_path / "raid")
    by_path = tm.compare(runs[0], str(tmp_path / "raid"), names=["base", "raid"])
    by_runs = tm.compare(runs[0], written, names=["base", "raid"])
    assert by_path.table.equals(by_runs.table)
    assert by_path.twins.equals(tm.compare(*runs, names=["base", "raid"]).twins)


def test_a_name_of_a_shipped_scenario_is_enough() -> None:
    with pytest.raises(tm.ScenarioError, match="basline"):
        tm.run("basline")


@pytest.mark.parametrize("replicate", [-1, 2**32, 1.0, "1", True, None, float("nan")])
def test_a_replicate_that_is_none_is_refused(replicate: Any) -> None:
    scenario = tm.load("meta_raid", SMALL)
    starts = [tm.simulate, lambda scenario, number: tm.TalentMarket(scenario, replicate=number)]
    for start in starts[: 1 if replicate is None else 2]:  # without a number the market is the first one
        with pytest.raises(tm.InputError, match="replicate must be a whole number from 0 to 4,294,967,295, found"):
            start(scenario, replicate)


@pytest.mark.parametrize("seed", [-1, 1.0, "1", True, float("nan")])
def test_a_seed_that_is_none_is_refused(seed: Any) -> None:
    with pytest.raises(tm.InputError, match="seed must be a whole number from 0, found"):
        tm.TalentMarket(tm.load("meta_raid", SMALL), seed=seed)


def test_what_is_no_scenario_is_refused() -> None:
    for start in (lambda wrong: tm.simulate(wrong, 0), tm.TalentMarket):
        for wrong in (5, None, {"title": "A raid"}):
            with pytest.raises(tm.InputError, match="expected a Scenario, as `load` gives one, found"):
                start(wrong)  # type: ignore[arg-type]
    for wrong in (None, 5, b"meta_raid", ["meta_raid"]):
        with pytest.raises(tm.InputError, match="expected the name or the path of a scenario, found"):
            tm.load(wrong)  # type: ignore[arg-type]
    with pytest.raises(tm.InputError, match="overrides are texts"):
        tm.load("meta_raid", [5])  # type: ignore[list-item]


def test_whole_numbers_of_numpy_do_as_well(tmp_path: Path) -> None:
    scenario = tm.load("meta_raid", SMALL)
    runs = tm.run(scenario, replicates=np.int64(2), workers=np.int32(1), folder=tmp_path / "raid")  # type: ignore[arg-type]
    assert len(runs.replicates) == len(tm.read(tmp_path / "raid").replicates) == 2
    market = tm.TalentMarket(scenario, seed=np.uint32(7), replicate=np.int64(1))  # type: ignore[arg-type]
    assert (market.spec.run.seed, market.replicate.replicate) == (7, 1)
    assert type(market.spec.run.seed) is int


def test_a_notebook_shows_a_run_as_text_and_never_as_markup(runs: tuple[tm.Runs, tm.Runs]) -> None:
    scenario = runs[1].scenario.model_copy(update={"title": "<b>x</b>"})
    shown = tm.Runs(scenario, runs[1].manifest, runs[1].load)._repr_html_()
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert "4 replicates of 8 months" in shown
    assert "acceptance_rate" in shown


def test_xarray_holds_the_months_with_their_units(runs: tuple[tm.Runs, tm.Runs]) -> None:
    pytest.importorskip("xarray")
    data = runs[1].xarray
    assert dict(data.sizes) == {"replicate": 4, "month": 9, "lab": 6}
    assert data["headcount"].attrs["units"] == "researchers"
    row = runs[1].months.query("replicate == 2 and month == 5 and lab == 'xAI'").iloc[0]
    assert data["talent"].sel(replicate=2, month=5, lab="xAI") == row["talent"]
    assert np.isfinite(data["headcount"]).all()


def test_without_xarray_the_extra_is_named(runs: tuple[tm.Runs, tm.Runs], monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "xarray":
            raise ImportError(name)
        return ordinary(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(tm.InputError, match=r"pip install 'talentmarket\[arrays\]'"):
        _ = runs[0].xarray


def test_a_lab_that_everybody_has_left_has_no_talent(tmp_path) -> None:
    file = tmp_path / "closes.toml"
    file.write_text(
        'extends = "classroom"\n[[events]]\nname = "Meta closes"\nmonth = 3\n'
        'set = { "labs.Meta.separation" = 12.0, "labs.Meta.contact" = 0.0, "labs.Meta.refill" = false }\n',
        encoding="utf-8",
    )
    months = tm.run(tm.load(file), replicates=4).months
    empty = months["headcount"] == 0
    assert empty.sum() > 4
    assert (months.loc[empty, "talent"] == 0.0).all()
    assert (months.loc[~empty, "talent"] > 0.0).all()
