"""The commands `compare` and `plot`: what they run, reuse, print, write and refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.comparison.comparison import COLUMNS
from talentmarket.comparison.folder import _compared_in
from talentmarket.comparison.twins import TWINS
from talentmarket.errors import InputError, RunFolderError, TalentMarketError
from talentmarket.runs import replicates
from talentmarket.runs.running import Options, Place, run_to_folder

SMALL = ("--set", "population.scale=0.03", "--set", "run.months=8", "--replicates", "4", "--workers", "1")


def call(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"}, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which baseline and meta_raid have been compared, with pictures."""
    folder = tmp_path_factory.mktemp("outputs")
    call("compare", "baseline", "meta_raid", *SMALL, "--out", str(folder), "--quiet")
    return folder


def test_a_comparison_leaves_run_folders_table_twins_and_pictures(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == {"baseline", "meta_raid", "baseline-vs-meta_raid"}
    folder = out / "baseline-vs-meta_raid"
    assert list(pd.read_csv(folder / "comparison.csv").columns) == list(COLUMNS)
    assert list(pd.read_parquet(folder / "twins.parquet").columns) == [column.name for column in TWINS]
    assert len(pd.read_csv(folder / "fates.csv")) == 1
    pictures = {path.name for path in (folder / "plots").iterdir()}
    assert pictures == {
        f"{name}.{kind}"
        for name in ("raids", "effects", "series", "difference", "flow_changes", "twins")
        for kind in ("png", "svg")
    }
    origin = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert origin["format"] == "talentmarket comparison"
    assert [run["name"] for run in origin["runs"]] == ["baseline", "meta_raid"]
    assert origin["replicates"] == [0, 1, 2, 3]


def test_pictures_and_report_stay_while_the_results_are_the_same(tmp_path: Path, out: Path) -> None:
    shutil.copytree(out, tmp_path / "copy")
    words = ("compare", "baseline", "meta_raid", "--out", str(tmp_path / "copy"), "--quiet")
    folder = tmp_path / "copy" / "baseline-vs-meta_raid"
    call(*words, *SMALL, "--report")
    kept = {path: path.read_bytes() for path in [folder / "report.html", *(folder / "plots").iterdir()]}
    call(*words, *SMALL, "--no-plots")
    assert {path: path.read_bytes() for path in kept} == kept
    noted = {entry["path"] for entry in json.loads((folder / "comparison.json").read_text(encoding="utf-8"))["files"]}
    assert {"report.html", "plots/effects.png"} <= noted
    call(*words, *SMALL, "--no-plots", "--label", "2:Raid")  # other names: what was drawn has the former ones
    assert not (folder / "plots").exists()
    call(*words, *SMALL, "--report")
    call(*words, *SMALL[:4], "--replicates", "5", "--no-plots")  # other results: what was drawn no longer holds
    assert not (folder / "report.html").exists()
    assert not (folder / "plots").exists()


def test_what_was_drawn_goes_where_the_words_of_a_scenario_change_and_apart_stays(tmp_path: Path) -> None:
    def asked(question: str, *more: str) -> Path:
        (tmp_path / "mine.toml").write_text(f'extends = "meta_raid"\ntitle = "Mine"\nquestion = "{question}"\n')
        call("compare", "baseline", str(tmp_path / "mine.toml"), *SMALL, "--out", str(tmp_path), "--quiet", *more)
        return tmp_path / "baseline-vs-mine"

    folder = asked("First?", "--report", "--apart")
    assert "First?" in (folder / "report.html").read_text(encoding="utf-8")
    apart = {path.name: path.read_bytes() for path in [folder / "apart.csv", *folder.glob("plots/apart.*")]}
    assert len(apart) == 3
    asked("First?")
    assert {path.name: path.read_bytes() for path in [folder / "apart.csv", *folder.glob("plots/apart.*")]} == apart
    asked("Second?", "--no-plots")
    assert not [path for name in ("report.html", "apart.csv", "plots") if (path := folder / name).exists()]


@pytest.mark.parametrize("record", ["", "{}", '{"runs": 3}', '{"runs": [{"title": "A"}]}', "[" * 9000])
def test_a_record_that_says_nothing_of_what_was_compared_keeps_nothing(tmp_path: Path, record: str) -> None:
    (tmp_path / "comparison.json").write_text(record, encoding="utf-8")
    assert _compared_in(tmp_path) == _compared_in(tmp_path / "nowhere") == []


def test_what_has_run_is_not_run_again(out: Path) -> None:
    before = [(out / name / "manifest.json").read_bytes() for name in ("baseline", "meta_raid")]
    shown = call("compare", "baseline", "meta_raid", *SMALL, "--out", str(out), "--no-plots", "--name", "again")
    assert [(out / name / "manifest.json").read_bytes() for name in ("baseline", "meta_raid")] == before
    assert max(map(len, shown.splitlines()[:-1])) <= 80
    for words in (
        "meta_raid against baseline",
        "lost to labs",
        "95 % interval",
        "In brackets",
        "without the same shocks",
        "The answer",
    ):
        assert words in shown
    assert shown.rstrip().endswith("again")


def test_another_variant_of_a_scenario_has_its_own_run_folder(out: Path) -> None:
    variant = [*SMALL, "--set", "choice.noise=0.5", "--out", str(out), "--no-plots", "--quiet", "--name", "variant"]
    call("compare", "baseline", "meta_raid", *variant)
    folders = sorted(path.name for path in out.iterdir() if path.name.startswith("baseline-") and "vs" not in path.name)
    assert len(folders) == 1
    assert tm.read(out / folders[0]).scenario.choice.noise == 0.5
    assert tm.read(out / "baseline").scenario.choice.noise == 1.0


def test_run_folders_are_compared_and_a_scenario_beside_one_takes_its_seed_and_replicates(
    out: Path, tmp_path: Path
) -> None:
    small = ["--set", "population.scale=0.03", "--set", "run.months=8", "--workers", "1", "--no-plots"]
    call("run", "baseline", *small, "--replicates", "3", "--seed", "77", "--out", str(tmp_path), "--quiet")
    words = ["compare", str(tmp_path / "baseline"), "meta_raid", *small, "--out", str(tmp_path), "--json"]
    found = json.loads(call(*words))["results"][0]
    assert (found["seed"], found["replicates"], found["base"], found["runs"]) == (77, 3, "baseline", ["meta_raid"])
    assert tm.read(tmp_path / "meta_raid").manifest.seed == 77
    rows = {(row["measure"], row["lab"]): row for row in found["effects"]}
    assert rows[("started", "")]["difference"] is None
    assert rows[("lost_to_labs", "OpenAI")]["n"] == 3
    assert found["fates"][0]["replicates"] == 3
    assert Path(found["folder"]) == tmp_path / "baseline-vs-meta_raid"


def test_an_interrupted_run_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicates, "LARGEST_BATCH", 16)

    def interrupt(done: int, count: int) -> None:
        if done == 18:
            raise KeyboardInterrupt

    scenario = tm.load("baseline", ["population.scale=0.03", "run.months=8", "run.replicates=20"])
    with pytest.raises(KeyboardInterrupt):
        run_to_folder(
            scenario, Place("baseline", tmp_path), Options(workers=1, progress=interrupt, simulate=tm.simulate)
        )
    words = ["compare", "baseline", "meta_raid", *SMALL, "--replicates", "20", "--no-plots", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert "16 of 20 replicates are there already" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["baseline", "baseline-vs-meta_raid", "meta_raid"]


def test_a_replicate_that_failed_is_left_out_and_told_by_the_exit_code(tmp_path: Path) -> None:
    def failing(scenario: tm.Scenario, replicate: int) -> dict[str, object]:
        if replicate == 1:
            raise RuntimeError("nobody is left")
        return tm.simulate(scenario, replicate)

    scenario = tm.load("meta_raid", ["population.scale=0.03", "run.months=8", "run.replicates=4"])
    run_to_folder(scenario, Place("meta_raid", tmp_path), Options(workers=1, simulate=failing))
    words = ("compare", "baseline", str(tmp_path / "meta_raid"), *SMALL, "--no-plots", "--out", str(tmp_path))
    shown = call(*words, code=1)
    assert "1 of meta_raid's 4 replicates are left out" in shown


def refused(error: type[TalentMarketError], message: str, *words: str) -> None:
    with pytest.raises(error, match=message):
        CliRunner().invoke(app, ["compare", *words], catch_exceptions=False)


def test_what_cannot_be_compared_is_refused_with_the_reason(out: Path, tmp_path: Path) -> None:
    base = str(out / "baseline")
    small = ["--set", "population.scale=0.03", "--workers", "1", "--no-plots", "--out", str(tmp_path), "--quiet"]
    refused(InputError, "at least two scenarios or run folders, found 1", base)
    (tmp_path / "thesis").mkdir()
    refused(RunFolderError, "not a run folder", base, str(tmp_path / "thesis"))
    refused(InputError, "nothing", base, "nothing", "--out", str(tmp_path))
    other = ["--set", "run.months=8", "--replicates", "2"]
    refused(InputError, "seeds differ", base, "meta_raid", *small, *other, "--seed", "5")
    refused(InputError, "months differ", base, "meta_raid", *small, "--replicates", "2", "--set", "run.months=5")
    refused(InputError, "precision must be above 0", base, base, *small, "--precision", "0")


def test_a_folder_that_is_no_comparison_is_left_alone(out: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "chapter.txt").write_text("mine")
    base = str(out / "baseline")
    refused(RunFolderError, "left alone", base, base, "--out", str(tmp_path), "--name", "mine", "--no-plots")
    refused(RunFolderError, "left alone", base, base, "--out", str(out), "--name", "meta_raid", "--no-plots")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_earlier_comparison_stays_if_the_new_one_cannot_be_made(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["compare", str(out / "baseline"), str(out / "meta_raid"), "--out", str(tmp_path), "--name", "x", "--quiet"]
    call(*words, "--no-plots")
    before = (tmp_path / "x" / "comparison.json").read_bytes()

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("talentmarket.plots.save_comparison_plots", broken)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert (tmp_path / "x" / "comparison.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("precision", ["0", "-1", "nan", "inf"])
def test_a_precision_that_cannot_be_had_is_refused_before_anything_runs(tmp_path: Path, precision: str) -> None:
    words = ["compare", "baseline", "meta_raid", *SMALL, "--out", str(tmp_path), "--precision", precision]
    with pytest.raises(InputError, match="must be above 0"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert not list(tmp_path.iterdir())


def test_plot_draws_a_run_folder_again_to_the_same_bytes(out: Path) -> None:
    folder = out / "meta_raid"
    before = {path.name: path.read_bytes() for path in (folder / "plots").iterdir()}
    (folder / "plots" / "flows.png").unlink()
    with pytest.raises(RunFolderError, match=r"flows\.png is missing"):
        CliRunner().invoke(app, ["plot", str(folder)], catch_exceptions=False)
    (folder / "plots" / "flows.png").write_bytes(before["flows.png"])
    assert f"{len(before)} pictures in" in call("plot", str(folder))
    assert {path.name: path.read_bytes() for path in (folder / "plots").iterdir()} == before
    assert len(tm.read(folder).manifest.entries("plots")) == len(before)
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_plot_refuses_what_is_no_run_folder(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="not a run folder"):
        CliRunner().invoke(app, ["plot", str(tmp_path)], catch_exceptions=False)
