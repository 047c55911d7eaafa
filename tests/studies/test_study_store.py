"""What a study keeps: the same bytes on any number of threads and after a kill, extended, and never given up unasked."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from talentmarket.errors import RunFolderError
from talentmarket.market.simulate import simulate
from talentmarket.plots.studies.gallery import save_study_plots
from talentmarket.runs.workers import Threads
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.folder import write_result
from talentmarket.studies.reading.study import Study
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling import sizing
from talentmarket.studies.sampling.design import design_of
from talentmarket.studies.sampling.evaluating import Evaluated
from talentmarket.studies.sampling.running import Sampled, sample

TINY = ("population.scale=0.02", "run.months=6")


def study(points: int = 6, kind: str = "sobol", base: str = "meta_raid") -> Study:
    words = Words(
        vary=("choice.noise=0.5..2", "population.loyalty_mean=0.3..0.8"),
        outcomes=("departures of OpenAI:lower",),
        fixed=TINY,
        base=base,
        kind=kind,
        points=points,
    )
    return study_of("fair_response", words)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizing, "MOST_POINTS_A_PART", 2)


def files(folder: Path) -> dict[str, bytes]:
    """Everything a study left but for the manifest's versions and its pictures."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def run(asked: Study, folder: Path, workers: int = 1, simulated: Any = simulate) -> StudyResult:
    result = StudyResult(sample(asked, folder, Threads(workers), simulate=simulated))
    write_result(result, folder)
    return result


def test_the_same_bytes_on_threads_after_a_kill_and_extended(tmp_path: Path) -> None:
    whole = run(study(), tmp_path / "one")
    assert len(list((tmp_path / "one" / "parts").iterdir())) == 3
    run(study(), tmp_path / "two", workers=2)
    assert files(tmp_path / "two") == files(tmp_path / "one")

    calls = 0

    def killed(scenario: Scenario, replicate: int) -> Mapping[str, Mapping[str, Any]]:
        nonlocal calls
        calls += 1
        if calls > 40:
            raise KeyboardInterrupt
        return simulate(scenario, replicate)

    with pytest.raises(KeyboardInterrupt):
        run(study(), tmp_path / "killed", simulated=killed)
    kept = {name for name in files(tmp_path / "killed") if name.startswith("parts/")}
    assert kept == {"parts/part-000000-000001.parquet"}

    again = 0

    def counted(scenario: Scenario, replicate: int) -> Mapping[str, Mapping[str, Any]]:
        nonlocal again
        again += 1
        return simulate(scenario, replicate)

    run(study(), tmp_path / "killed", simulated=counted)
    assert again == 4 * 2 * 8
    assert files(tmp_path / "killed") == files(tmp_path / "one")

    run(study(points=4), tmp_path / "more")
    run(study(), tmp_path / "more")
    for name in ("points.parquet", "indices.csv", "design.parquet"):
        assert (tmp_path / "more" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    points = pd.read_parquet(tmp_path / "one" / "points.parquet")
    assert points["departures of OpenAI"].tolist() == whole.effects["mean"].tolist()


class Elsewhere:
    """A crew that runs at once what it is sent, as copies that have travelled."""

    width = 3

    def submit(self, function: Any, *arguments: object) -> Future[Any]:
        future: Future[Any] = Future()
        sent = pickle.loads(pickle.dumps((function, arguments)))
        future.set_result(pickle.loads(pickle.dumps(sent[0](*sent[1]))))
        return future

    def close(self) -> None:
        """Nothing runs on."""


def test_another_crew_leaves_the_same_bytes(tmp_path: Path) -> None:
    run(study(), tmp_path / "threads")
    result = StudyResult(sample(study(), tmp_path / "elsewhere", Elsewhere()))
    write_result(result, tmp_path / "elsewhere")
    assert files(tmp_path / "elsewhere") == files(tmp_path / "threads")


def test_points_are_the_paired_differences_of_plain_runs(tmp_path: Path) -> None:
    """A slow recount of one point: both sides loaded and measured by themselves."""
    import talentmarket as tm
    from talentmarket.runs.running import Options
    from talentmarket.runs.running import run as run_in_memory

    result = run(study(), tmp_path / "s")
    row = result.points.iloc[3]
    varied = [f"{path}={float(row[path])!r}" for path in ("choice.noise", "population.loyalty_mean")]
    values = []
    for name in ("meta_raid", "fair_response"):
        measures = run_in_memory(tm.load(name, [*TINY, *varied]), Options(replicates=8, workers=1)).measures
        chosen = (measures["measure"] == "departures") & (measures["lab"] == "OpenAI")
        values.append(measures.loc[chosen, "value"].to_numpy())
    assert row["departures of OpenAI"] == pytest.approx(float((values[1] - values[0]).mean()), abs=1e-12)


def test_what_cannot_be_gone_on_with_is_refused(tmp_path: Path) -> None:
    run(study(), tmp_path / "s")
    with pytest.raises(RunFolderError, match="holds 6 points already"):
        run(study(points=4), tmp_path / "s")
    with pytest.raises(RunFolderError, match=r"another study, which differs in base, scenarios"):
        run(study(base="targeted_response"), tmp_path / "s")
    run(study(kind="latin"), tmp_path / "latin")
    with pytest.raises(RunFolderError, match="of kind latin cannot be extended from 6 to 8"):
        run(study(points=8, kind="latin"), tmp_path / "latin")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(RunFolderError, match="no study that talentmarket wrote"):
        run(study(), tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_point_that_fails_is_a_row_with_its_error(tmp_path: Path) -> None:
    asked = study()
    noise = design_of(asked)["choice.noise"].tolist()[2]

    def failing(scenario: Scenario, replicate: int) -> Mapping[str, Mapping[str, Any]]:
        if scenario.choice.noise == noise:
            raise ValueError("no market")
        return simulate(scenario, replicate)

    result = run(asked, tmp_path / "s", simulated=failing)
    assert result.failures.to_dict("records") == [{"point": 2, "error": "ValueError: no market"}]
    assert np.isnan(result.points["departures of OpenAI"].iloc[2])
    assert any("1 point failed" in answer for answer in result.answers)
    manifest = json.loads((tmp_path / "s" / "manifest.json").read_text(encoding="utf-8"))
    assert {file["path"] for file in manifest["files"]} == set(files(tmp_path / "s"))


@pytest.mark.parametrize("good", [0, 1])
def test_a_study_with_hardly_a_good_point_says_so(tmp_path: Path, good: int) -> None:
    asked = study_of("meta_raid", Words(("choice.noise=1,2", "choice.envy=0,1"), ("departures of OpenAI",)))
    values = [np.full((8, 1, 1), 5.0)] * good + [np.empty((0, 1, 1))] * (4 - good)
    points = tuple(Evaluated(number, each, "" if len(each) else "no market") for number, each in enumerate(values))
    result = StudyResult(Sampled(asked, design_of(asked), points))
    (tmp_path / "s").mkdir()
    write_result(result, tmp_path / "s", save_study_plots)
    assert result.answers[-1].startswith(f"{4 - good} points failed; point {good}: no market")
    undefined = "Departures of OpenAI in meta_raid is undefined at every point."
    assert (undefined in result.answers) == (not good)
    assert (tmp_path / "s" / "points.csv").read_text(encoding="utf-8").count("no market") == 4 - good


def test_a_damaged_part_is_run_again(tmp_path: Path) -> None:
    run(study(), tmp_path / "s")
    before = files(tmp_path / "s")
    (tmp_path / "s" / "parts" / "part-000002-000003.parquet").write_bytes(b"half of it")
    run(study(), tmp_path / "s")
    assert files(tmp_path / "s") == before


@pytest.mark.parametrize("kind", ["sobol", "random"])
def test_more_points_begin_with_those_of_fewer(kind: str) -> None:
    fewer, more = design_of(study(points=6, kind=kind)), design_of(study(points=50, kind=kind))
    pd.testing.assert_frame_equal(fewer, more.head(6))
