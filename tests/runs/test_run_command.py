import json
from pathlib import Path

import pandas as pd
import pytest
from fake_market import build_scenario, failing, lively, quiet, sleepy

from talentmarket.errors import InputError, ReplicateError, RunFolderError
from talentmarket.runs.folder.provenance import scenario_hash
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run, run_to_folder

SCENARIO = build_scenario()
TABLES = ("months", "flows", "offers", "moves", "replicates", "measures")


def contents(folder):
    """Bytes of every file but the manifest, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_bytes_do_not_depend_on_workers_or_on_who_finishes_first(tmp_path):
    run_to_folder(SCENARIO, Place("one", tmp_path), Options(workers=1, simulate=lively))
    run_to_folder(SCENARIO, Place("many", tmp_path), Options(workers=5, simulate=sleepy))
    one, many = contents(tmp_path / "one"), contents(tmp_path / "many")
    assert one == many
    assert len([path for path in one if path.startswith("tables/moves/part-")]) == 3
    assert {"scenario.toml", "measures.parquet", "summary.csv"} < set(one)


def test_what_is_read_back_is_what_a_run_in_memory_gives(tmp_path):
    kept = run(SCENARIO, Options(replicates=20, simulate=failing))
    written = run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=failing))
    assert written.scenario == SCENARIO
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(kept, table), getattr(written, table))
    assert kept.failures == written.failures


def test_names_are_categories_in_the_order_of_the_scenario():
    runs = run(SCENARIO, Options(replicates=2, simulate=quiet))
    assert list(runs.months["lab"].cat.categories) == ["Alpha", "Beta", "outside"]
    assert list(runs.offers["tier"].cat.categories) == ["top", "core"]
    assert "no offer" not in runs.offers["outcome"].cat.categories
    assert len(runs.offers) == 0


def test_the_manifest_says_what_was_run(tmp_path):
    options = Options(replicates=4, command=("talentmarket", "run", "x"), overrides=("run.seed=1",), simulate=failing)
    run_to_folder(SCENARIO, Place("run", tmp_path), options)
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["title"] == SCENARIO.title
    assert manifest["scenario_sha256"] == scenario_hash(SCENARIO)
    assert (manifest["seed"], manifest["replicates"], manifest["months"]) == (2025, 4, 24)
    assert manifest["command"] == ["talentmarket", "run", "x"]
    assert manifest["overrides"] == ["run.seed=1"]
    assert [failure["replicate"] for failure in manifest["failures"]] == [1]
    assert manifest["failures"][0]["error"].startswith("RuntimeError: nobody is left")
    assert manifest["started"] <= manifest["finished"]
    on_disk = {path: len(content) for path, content in contents(tmp_path / "run").items()}
    assert {entry["path"]: entry["bytes"] for entry in manifest["files"]} == on_disk


def test_the_scenario_names_the_number_of_replicates_unless_told_otherwise():
    assert len(run(build_scenario(replicates=3), Options(simulate=quiet)).replicates) == 3
    assert len(run(build_scenario(replicates=3), Options(replicates=2, simulate=quiet)).replicates) == 2


def test_the_summary_is_a_readable_file(tmp_path):
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=5, simulate=lively))
    summary = pd.read_csv(tmp_path / "run" / "summary.csv", keep_default_na=False, na_values={"mean": "", "sd": ""})
    assert list(summary.columns[:6]) == ["group", "measure", "lab", "unit", "n", "mean"]
    row = summary.set_index(["measure", "lab"]).loc[("log_odds_per_log_pay", "")]
    assert row["mean"] == 6.0
    assert len(summary) == len(runs.summary)


def test_pictures_are_drawn_from_the_finished_tables_before_the_swap(tmp_path):
    def plots(runs, folder):
        assert len(runs.months) == 4 * 25 * 3
        assert not (tmp_path / "run").exists()
        (folder / "funnel.svg").write_text(runs.manifest.title)

    runs = run_to_folder(SCENARIO, Place("run", tmp_path, plots), Options(replicates=4, simulate=lively))
    assert (tmp_path / "run" / "plots" / "funnel.svg").read_text() == SCENARIO.title
    assert runs.manifest.entry("plots/funnel.svg").bytes == len(SCENARIO.title)
    assert runs.manifest.plots_error == ""


def test_a_picture_that_cannot_be_drawn_does_not_cost_the_run(tmp_path):
    def plots(runs, folder):
        raise ZeroDivisionError("no axis")

    runs = run_to_folder(SCENARIO, Place("run", tmp_path, plots), Options(replicates=4, simulate=lively))
    assert runs.manifest.plots_error == "ZeroDivisionError: no axis"
    assert len(read(tmp_path / "run").replicates) == 4


def test_when_every_replicate_fails_the_earlier_run_stays(tmp_path):
    def broken(scenario, replicate):
        raise RuntimeError("the engine is broken")

    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    before = contents(tmp_path / "run")
    with pytest.raises(
        ReplicateError, match="all 40 replicates failed; replicate 0: RuntimeError: the engine is broken"
    ):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(replace=True, simulate=broken))
    assert contents(tmp_path / "run") == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_interrupted_run_leaves_the_earlier_one(tmp_path):
    def interrupt(done, count):
        if done == 20:
            raise KeyboardInterrupt

    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    with pytest.raises(KeyboardInterrupt):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(progress=interrupt, simulate=sleepy))
    assert read(tmp_path / "run").manifest.replicates == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".run.new", "run"]  # what is finished is kept


def test_a_place_that_cannot_be_used_is_said_before_anything_runs(tmp_path):
    def never(scenario, replicate):
        raise AssertionError("it ran")

    (tmp_path / "file").write_text("")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(InputError, match="it is a file"):
        run_to_folder(SCENARIO, Place("file", tmp_path), Options(simulate=never))
    with pytest.raises(RunFolderError, match="left alone"):
        run_to_folder(SCENARIO, Place("thesis", tmp_path), Options(simulate=never))


def test_a_name_cannot_leave_the_place():
    assert Place("../../other", Path("outputs")).folder == Path("outputs/other")
