"""The commands run and compare: where their folders go, and what is refused before the first month runs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import talentmarket as tm
from talentmarket.cli import app
from talentmarket.errors import InputError, RunFolderError

SMALL = ("--set", "population.scale=0.02", "--set", "run.months=2", "--replicates", "2", "--workers", "1", "--no-plots")


def call(*words):
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def write(path, noise):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'extends = "baseline"\n[choice]\nnoise = {noise}\n', encoding="utf-8")
    return path


@pytest.fixture
def never_runs(monkeypatch):
    def run(*_):
        raise AssertionError("it ran")

    monkeypatch.setattr("talentmarket.runs.running.run_to_folder", run)


def test_two_scenarios_whose_names_differ_by_a_sign_have_two_folders_and_json_says_which(tmp_path):
    files = [
        write(tmp_path / f"{name}.toml", noise) for name, noise in (("x+y", 0.5), ("x&y", 0.6), ("meta_raid (1)", 1))
    ]
    runs = json.loads(call("run", *files, *SMALL, "--json", "--out", tmp_path / "out").stdout)["results"]
    assert [Path(run["folder"]) for run in runs] == [tmp_path / "out" / file.stem for file in files]
    assert [tm.read(run["folder"]).scenario.choice.noise for run in runs] == [0.5, 0.6, 1.0]


def test_a_name_that_no_folder_can_have_is_said_before_it_runs(tmp_path):
    file = write(tmp_path / ("n" * 120 + ".toml"), 0.5)
    result = call("run", file, *SMALL, "--out", tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    assert len(folder.name) == 100
    assert result.stderr.splitlines()[0].endswith(f"goes to {folder}.")
    assert result.stdout.rstrip().endswith(str(folder))


def test_two_files_of_one_name_are_compared_the_first_time(tmp_path):
    files = [write(tmp_path / place / "raid.toml", noise) for place, noise in (("a", 0.5), ("b", 0.6))]
    found = [json.loads(call("compare", *files, *SMALL, "--json", "--out", tmp_path / "out").stdout) for _ in range(2)]
    assert found[0]["results"][0]["effects"] == found[1]["results"][0]["effects"]
    folders = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(folders) == 3
    assert {"raid", "raid-vs-raid"} < {*folders}


def test_run_refuses_two_files_of_one_name(tmp_path, never_runs):
    files = [write(tmp_path / place / "raid.toml", noise) for place, noise in (("a", 0.5), ("b", 0.6))]
    with pytest.raises(
        InputError, match="would both go to the run folder raid; run them one by one, each with a --name"
    ):
        call("run", *files, *SMALL, "--out", tmp_path / "out")


def test_two_long_comparisons_have_two_folders(tmp_path):
    names = [f"a_scenario_with_a_name_{number}" for number in range(6)]
    for number, name in enumerate(names):
        write(tmp_path / f"{name}.toml", 0.5 + number / 100)
    for last in names[-2:]:
        sources = [tmp_path / f"{name}.toml" for name in (*names[:4], last)]
        call("compare", *sources, *SMALL, "--quiet", "--out", tmp_path / "out")
    assert len([path for path in (tmp_path / "out").iterdir() if "-vs-" in path.name]) == 2


def test_what_cannot_be_compared_is_refused_before_it_runs(tmp_path, never_runs):
    short = write(tmp_path / "short.toml", 0.5)
    short.write_text(short.read_text() + "[run]\nmonths = 24\n", encoding="utf-8")
    seeded = write(tmp_path / "seeded.toml", 0.5)
    seeded.write_text(seeded.read_text() + "[run]\nseed = 7\n", encoding="utf-8")
    out = ("--out", tmp_path / "out", "--no-plots")
    with pytest.raises(InputError, match=r"their months differ \(48 and 24\)"):
        call("compare", "baseline", short, *out)
    with pytest.raises(InputError, match=r"their seeds differ"):
        call("compare", "baseline", seeded, *out)
    with pytest.raises(InputError, match="needs at least 2 replicates of each run, found 1"):
        call("compare", "baseline", "meta_raid", "--replicates", "1", *out)
    (tmp_path / "out" / "thesis").mkdir(parents=True)
    (tmp_path / "out" / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(RunFolderError, match="this is no comparison that talentmarket wrote and is left alone"):
        call("compare", "baseline", "meta_raid", "--name", "thesis", *out)


def test_the_owners_files_survive_another_comparison_and_another_run(tmp_path):
    files = [write(tmp_path / f"{name}.toml", noise) for name, noise in (("a", 0.5), ("b", 0.6))]
    words = (*files, *SMALL, "--quiet", "--out", tmp_path / "out")
    call("compare", *words)
    mine = [tmp_path / "out" / place / "notes.txt" for place in ("a-vs-b", "a", "a/tables/moves")]
    mine = [*mine, tmp_path / "out" / "a-vs-b" / "plots" / "notes.txt"]
    for place in mine:
        place.parent.mkdir(exist_ok=True)
        place.write_text("mine")
    call("compare", *words, "--set", "contacts.referral=0.1", "--name", "a-vs-b")
    call("run", files[0], *SMALL, "--replace", "--quiet", "--out", tmp_path / "out")
    assert [place.read_text() for place in mine] == ["mine"] * 4


def test_a_run_goes_on_by_itself_and_resume_changes_nothing(tmp_path):
    words = ("run", "baseline", *SMALL, "--out", tmp_path, "--quiet")
    call(*words)
    before = (tmp_path / "baseline" / "manifest.json").read_bytes()
    for option in ((), ("--resume",)):
        assert "2 of 2 replicates are there already" in call(*words[:-1], *option).stderr
        assert (tmp_path / "baseline" / "manifest.json").read_bytes() == before
    call(*words, "--replicates", "3", "--resume")
    assert tm.read(tmp_path / "baseline").manifest.replicates == 3
