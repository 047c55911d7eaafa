import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fake_market import build_scenario, failing, lively

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder import provenance
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run_to_folder

SCENARIO = build_scenario()  # 40 replicates, 16 to a part


class Counting:
    """The lively market, that notes which replicates were asked for."""

    def __init__(self, market=lively):
        self.market = market
        self.asked = []

    def __call__(self, scenario, replicate):
        self.asked.append(replicate)
        return self.market(scenario, replicate)


def contents(folder):
    """Bytes of every file but the manifest, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def uninterrupted(tmp_path, scenario=SCENARIO, **options):
    run_to_folder(scenario, Place("whole", tmp_path), Options(simulate=lively, **options))
    return contents(tmp_path / "whole")


def interrupt_at(replicate):
    def interrupt(done, count):
        if done == replicate:
            raise KeyboardInterrupt

    return interrupt


def interrupted(tmp_path, at, scenario=SCENARIO, **options):
    chosen = Options(progress=interrupt_at(at), simulate=lively, workers=1, **options)
    with pytest.raises(KeyboardInterrupt):
        run_to_folder(scenario, Place("run", tmp_path), chosen)


@pytest.mark.parametrize(("at", "kept"), [(5, 0), (16, 0), (17, 16), (33, 32), (39, 32)])
def test_an_interrupted_run_goes_on_with_what_is_missing_and_ends_with_the_same_bytes(tmp_path, at, kept):
    interrupted(tmp_path, at)
    market, said = Counting(), []
    options = Options(workers=2, simulate=market, notice=said.append)
    run_to_folder(SCENARIO, Place("run", tmp_path), options)
    assert sorted(market.asked) == list(range(kept, 40))
    assert said == ([f"{kept} of 40 replicates are there already."] if kept else [])
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run", "whole"]


def test_a_run_may_be_interrupted_again_and_again(tmp_path):
    interrupted(tmp_path, 17)
    interrupted(tmp_path, 34)
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert sorted(market.asked) == list(range(32, 40))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_a_damaged_part_of_an_interrupted_run_counts_as_missing(tmp_path):
    interrupted(tmp_path, 33)
    (tmp_path / ".run.new" / "tables" / "moves" / "part-00000.parquet").write_bytes(b"PAR1 torn")
    (tmp_path / ".run.new" / "tables" / "months" / ".part-00002.parquet.5d.part").write_bytes(b"half")
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert sorted(market.asked) == [*range(16), *range(32, 40)]
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_resuming_a_finished_run_runs_only_what_failed(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=failing))
    market = Counting()
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert sorted(market.asked) == [number for number in range(40) if number % 3 == 1]
    assert runs.failures == ()
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_resuming_nothing_is_a_run(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_more_replicates_add_the_missing_ones(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=lively))
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=40, simulate=market))
    assert sorted(market.asked) == list(range(20, 40))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_a_resumed_run_keeps_the_number_that_it_was_to_have(tmp_path):
    interrupted(tmp_path, 17, replicates=25)
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    assert runs.manifest.replicates == 25


def test_the_same_number_again_runs_nothing_and_leaves_every_file_as_it_is(tmp_path):
    folder = tmp_path / "run"
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    (folder / "report.html").write_text("on this run")
    before = (folder / "manifest.json").read_bytes(), contents(folder)
    market, notices = Counting(), []
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market, notice=notices.append))
    assert market.asked == []
    assert notices == ["40 of 40 replicates are there already."]
    assert ((folder / "manifest.json").read_bytes(), contents(folder)) == before


def test_pictures_that_were_not_drawn_are_drawn_by_the_next_run(tmp_path):
    def plots(runs, folder):
        (folder / "funnel.svg").write_text(runs.manifest.title)

    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    market = Counting()
    runs = run_to_folder(SCENARIO, Place("run", tmp_path, plots), Options(simulate=market))
    assert market.asked == []
    assert [entry.path for entry in runs.manifest.entries("plots")] == ["plots/funnel.svg"]


def test_a_damaged_part_of_a_finished_run_is_run_again(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    place = tmp_path / "run" / "tables" / "moves" / "part-00001.parquet"
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert sorted(market.asked) == list(range(16, 32))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_fewer_replicates_than_there_are_take_none_away(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    notices = []
    runs = run_to_folder(
        SCENARIO, Place("run", tmp_path), Options(replicates=5, simulate=lively, notice=notices.append)
    )
    assert runs.manifest.replicates == 40
    assert notices == ["40 replicates are there, more than 5: all are kept."]


def test_fewer_replicates_than_an_interrupted_run_was_to_have_keep_those_that_are_finished(tmp_path):
    interrupted(tmp_path, 33)
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=5, simulate=lively))
    assert runs.manifest.replicates == 32


def changed():
    return SCENARIO.model_copy(update={"choice": SCENARIO.choice.model_copy(update={"noise": 0.25})})


def test_another_scenario_behind_a_folder_is_refused_with_what_has_changed(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    before = contents(tmp_path / "run")
    with pytest.raises(RunFolderError) as refusal:
        run_to_folder(changed(), Place("run", tmp_path), Options(replicates=2, simulate=lively))
    assert str(refusal.value).splitlines()[1:] == [
        "  choice.noise: 1.0 -> 0.25",
        "Choose another name for the run folder, or --replace what is there.",
    ]
    assert contents(tmp_path / "run") == before
    run_to_folder(changed(), Place("other", tmp_path), Options(replicates=2, simulate=lively))
    run_to_folder(changed(), Place("run", tmp_path), Options(replicates=2, replace=True, simulate=lively))
    assert contents(tmp_path / "run") == contents(tmp_path / "other")


def test_an_interrupted_run_of_another_scenario_is_given_up_only_with_replace(tmp_path):
    interrupted(tmp_path, 33)
    with pytest.raises(RunFolderError, match=r"\.run\.new: holds a run of another scenario(.|\n)*or --replace what"):
        run_to_folder(changed(), Place("run", tmp_path), Options(simulate=lively))
    assert (tmp_path / ".run.new" / "tables").is_dir()
    market = Counting()
    run_to_folder(changed(), Place("run", tmp_path), Options(simulate=market, replace=True))
    assert len(market.asked) == 40
    assert contents(tmp_path / "run") == uninterrupted(tmp_path, changed())


@pytest.mark.parametrize("again", [False, True])
def test_an_interrupted_replacement_is_gone_on_with(tmp_path, again):
    run_to_folder(changed(), Place("run", tmp_path), Options(replicates=2, simulate=lively))
    interrupted(tmp_path, 17, replace=True)
    interrupted(tmp_path, 33, replace=again)
    assert read(tmp_path / "run").manifest.replicates == 2
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market, replace=again))
    assert sorted(market.asked) == list(range(32, 40))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_replacing_an_interrupted_run_starts_anew(tmp_path):
    interrupted(tmp_path, 33)
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market, replace=True))
    assert len(market.asked) == 40


@pytest.mark.parametrize("at", [0, 33])
def test_another_engine_is_refused_in_words_and_replaced_if_asked(tmp_path, monkeypatch, at):
    if at:
        interrupted(tmp_path, at)
    else:
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=lively))
    now = provenance.versions()
    monkeypatch.setattr(provenance, "versions", lambda: {**now, "numpy": "99.0"})
    with pytest.raises(RunFolderError, match=r"another engine made what is there: numpy \S+ -> 99\.0; choose"):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    market = Counting()
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market, replace=True))
    assert runs.manifest.versions["numpy"] == "99.0"
    assert len(market.asked) == 40


def test_another_version_of_what_does_not_compute_is_gone_on_with(tmp_path, monkeypatch):
    interrupted(tmp_path, 33)
    now = provenance.versions()
    monkeypatch.setattr(provenance, "versions", lambda: {**now, "pyarrow": "99.0", "mesa": ""})
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert sorted(market.asked) == list(range(32, 40))


SLOWLY = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from fake_market import build_scenario, lively
from talentmarket.runs import replicates
from talentmarket.runs.running import Options, Place, run_to_folder
replicates.LARGEST_BATCH = 16
def slow(scenario, replicate):
    time.sleep(0.01)
    return lively(scenario, replicate)
def progress(done, count):
    print(done, flush=True)
options = Options(workers=2, simulate=slow, progress=progress)
run_to_folder(build_scenario(), Place("run", Path(sys.argv[1])), options)
"""


@pytest.mark.parametrize("deaths", [(1, 20, 35), (17, 18, 39), (16, 33, 40)])
def test_a_process_that_is_killed_again_and_again_loses_one_finished_batch_at_most(tmp_path, deaths):
    for death in deaths:
        command = [sys.executable, "-c", SLOWLY, str(tmp_path), str(Path(__file__).parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                if int(line) >= death:
                    process.send_signal(signal.SIGKILL)
        assert process.returncode in (-signal.SIGKILL, 0)  # at the last replicate it may be done first
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert len(market.asked) <= 40 - 16 * ((deaths[-1] - 1) // 16 - 1)  # one may be about to be written
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replicates"] == 40


def test_a_folder_of_an_invalid_scenario_can_only_be_replaced(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    (tmp_path / "run" / "scenario.toml").write_bytes(b"title = \xff")
    with pytest.raises(RunFolderError, match=r"cannot be gone on with: .*scenario\.toml"):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    chosen = replace(Options(replicates=2, simulate=lively), replace=True)
    assert run_to_folder(SCENARIO, Place("run", tmp_path), chosen).manifest.replicates == 2
