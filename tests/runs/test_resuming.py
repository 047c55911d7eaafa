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
    options = Options(resume=True, workers=2, simulate=market, notice=said.append)
    run_to_folder(SCENARIO, Place("run", tmp_path), options)
    assert sorted(market.asked) == list(range(kept, 40))
    assert said == ([f"{kept} of 40 replicates are there already."] if kept else [])
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run", "whole"]


def test_a_run_may_be_interrupted_again_and_again(tmp_path):
    interrupted(tmp_path, 17)
    interrupted(tmp_path, 34, resume=True)
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=market))
    assert sorted(market.asked) == list(range(32, 40))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_without_resume_it_is_said_what_is_there_and_everything_runs_anew(tmp_path):
    interrupted(tmp_path, 33)
    market, said = Counting(), []
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market, notice=said.append))
    assert said == [
        "An interrupted run of 40 replicates is there, 32 of them finished: --resume goes on with it; without, it is "
        "started anew."
    ]
    assert sorted(market.asked) == list(range(40))


def test_a_damaged_part_of_an_interrupted_run_counts_as_missing(tmp_path):
    interrupted(tmp_path, 33)
    (tmp_path / ".run.new" / "tables" / "moves" / "part-00000.parquet").write_bytes(b"PAR1 torn")
    (tmp_path / ".run.new" / "tables" / "months" / ".part-00002.parquet.5d.part").write_bytes(b"half")
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=market))
    assert sorted(market.asked) == [*range(16), *range(32, 40)]
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_resuming_a_finished_run_runs_only_what_failed(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=failing))
    market = Counting()
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=market))
    assert sorted(market.asked) == [number for number in range(40) if number % 3 == 1]
    assert runs.failures == ()
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_resuming_nothing_is_a_run(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=lively))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


@pytest.mark.parametrize("resume", [False, True])
def test_more_replicates_add_the_missing_ones(tmp_path, resume):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=lively))
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=40, resume=resume, simulate=market))
    assert sorted(market.asked) == list(range(20, 40))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)


def test_a_resumed_run_keeps_the_number_that_it_was_to_have(tmp_path):
    interrupted(tmp_path, 17, replicates=25)
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=lively))
    assert runs.manifest.replicates == 25


def test_the_same_number_again_runs_everything_again(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=market))
    assert len(market.asked) == 40


def test_resuming_takes_no_replicates_away(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    with pytest.raises(RunFolderError, match=r"run: holds 40 replicates, more than 20, and --resume takes none away"):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, resume=True, simulate=lively))
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=lively))
    assert runs.manifest.replicates == 20


def changed():
    return SCENARIO.model_copy(update={"choice": SCENARIO.choice.model_copy(update={"noise": 0.25})})


def test_another_scenario_behind_a_folder_is_refused_with_what_has_changed(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    before = contents(tmp_path / "run")
    with pytest.raises(RunFolderError) as refusal:
        run_to_folder(changed(), Place("run", tmp_path), Options(replicates=2, simulate=lively))
    assert str(refusal.value).splitlines()[1:] == [
        "  choice.noise: 1.0 -> 0.25",
        "Choose another --name, or --replace it.",
    ]
    assert contents(tmp_path / "run") == before
    run_to_folder(changed(), Place("other", tmp_path), Options(replicates=2, simulate=lively))
    run_to_folder(changed(), Place("run", tmp_path), Options(replicates=2, replace=True, simulate=lively))
    assert contents(tmp_path / "run") == contents(tmp_path / "other")


def test_an_interrupted_run_of_another_scenario_is_not_gone_on_with(tmp_path):
    interrupted(tmp_path, 33)
    with pytest.raises(RunFolderError, match="Leave out --resume to start anew"):
        run_to_folder(changed(), Place("run", tmp_path), Options(resume=True, simulate=lively))
    assert (tmp_path / ".run.new" / "tables").is_dir()
    run_to_folder(changed(), Place("run", tmp_path), Options(simulate=lively))
    assert contents(tmp_path / "run") == uninterrupted(tmp_path, changed())


def test_another_version_is_not_gone_on_with(tmp_path, monkeypatch):
    interrupted(tmp_path, 33)
    monkeypatch.setattr(provenance, "versions", lambda: {"numpy": "99.0"})
    with pytest.raises(RunFolderError, match=r"cannot go on, other versions made what is there: .*numpy \S+ -> 99\.0"):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=lively))
    runs = run_to_folder(SCENARIO, Place("run", tmp_path), Options(simulate=lively))
    assert runs.manifest.versions["numpy"] == "99.0"


def test_another_version_adds_to_no_folder_but_runs_it_anew(tmp_path, monkeypatch):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=20, simulate=lively))
    monkeypatch.setattr(provenance, "versions", lambda: {"numpy": "99.0"})
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=40, simulate=market))
    assert sorted(market.asked) == list(range(40))


SLOWLY = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from fake_market import build_scenario, lively
from talentmarket.runs.running import Options, Place, run_to_folder
def slow(scenario, replicate):
    time.sleep(0.01)
    return lively(scenario, replicate)
def progress(done, count):
    print(done, flush=True)
options = Options(resume=True, workers=2, simulate=slow, progress=progress)
run_to_folder(build_scenario(), Place("run", Path(sys.argv[1])), options)
"""


@pytest.mark.parametrize("deaths", [(1, 20, 35), (17, 18, 39), (16, 33, 40)])
def test_a_process_that_is_killed_again_and_again_loses_no_finished_batch(tmp_path, deaths):
    for death in deaths:
        command = [sys.executable, "-c", SLOWLY, str(tmp_path), str(Path(__file__).parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                if int(line) >= death:
                    process.send_signal(signal.SIGKILL)
        assert process.returncode in (-signal.SIGKILL, 0)  # at the last replicate it may be done first
    market = Counting()
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(resume=True, simulate=market))
    assert len(market.asked) <= 40 - 16 * ((deaths[-1] - 1) // 16)
    assert contents(tmp_path / "run") == uninterrupted(tmp_path)
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replicates"] == 40


def test_a_folder_of_an_invalid_scenario_can_only_be_replaced(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    (tmp_path / "run" / "scenario.toml").write_bytes(b"title = \xff")
    with pytest.raises(RunFolderError, match="cannot be compared with the scenario to run"):
        run_to_folder(SCENARIO, Place("run", tmp_path), Options(replicates=2, simulate=lively))
    chosen = replace(Options(replicates=2, simulate=lively), replace=True)
    assert run_to_folder(SCENARIO, Place("run", tmp_path), chosen).manifest.replicates == 2
