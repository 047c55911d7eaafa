import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.draft import folder_name, manifest, new_run_folder, part
from talentmarket.runs.folder.manifest import Manifest, read_manifest


def a_manifest(title="First"):
    return Manifest(
        title=title,
        scenario_sha256="",
        seed=1,
        replicates=1,
        months=1,
        versions={},
        git={},
        started="",
        finished="",
        command=(),
        overrides=(),
        failures=(),
        plots_error="",
        files=(),
    )


def write_run(target, title="First"):
    with new_run_folder(target) as draft:
        draft.write("summary.csv", title.encode())
        draft.write_manifest(a_manifest(title))


def write_half_a_run(target):
    with new_run_folder(target) as draft:
        draft.write("summary.csv", b"half")
        raise KeyboardInterrupt


def everything_in(folder):
    return sorted(path.name for path in folder.iterdir())


def in_a_process(script, *arguments):
    code = f"import os, signal, sys, time\nfrom pathlib import Path\n{script}"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("meta_raid", "meta_raid"),
        ("Meta raids OpenAI", "Meta raids OpenAI"),
        ("../../etc/passwd", "etc-passwd"),
        ("/root", "root"),
        ("..\\up", "up"),
        (".hidden", "hidden"),
        ("Überfall: 300 M$?", "Überfall- 300 M"),
        ("a" * 300, "a" * 100),
    ],
)
def test_a_name_leads_nowhere_else(name, folder):
    assert folder_name(name) == folder


@pytest.mark.parametrize("name", ["", "..", "///", " . "])
def test_a_name_of_nothing_is_refused(name):
    with pytest.raises(InputError, match="no name for a run folder"):
        folder_name(name)


def test_parts_are_numbered():
    assert part("moves", 12) == "tables/moves/part-00012.parquet"


def test_a_second_run_takes_the_place_of_the_first(tmp_path):
    target = tmp_path / "deep" / "run"
    write_run(target, "First")
    (target / "summary.csv").with_name("plots").mkdir()
    write_run(target, "Second")
    assert read_manifest(target).title == "Second"
    assert everything_in(target) == ["manifest.json", "summary.csv"]
    assert everything_in(target.parent) == ["run"]


def test_the_owners_own_files_move_on_to_the_new_run(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    (target / "notes.txt").write_text("mine")
    write_run(target, "Second")
    assert (target / "notes.txt").read_text() == "mine"
    assert read_manifest(target).title == "Second"


def test_a_run_that_fails_changes_nothing(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    with pytest.raises(KeyboardInterrupt):
        write_half_a_run(target)
    assert (target / "summary.csv").read_bytes() == b"First"
    assert everything_in(tmp_path) == ["run"]


def test_nothing_is_left_under_the_name_when_the_first_run_fails(tmp_path):
    with pytest.raises(RuntimeError), new_run_folder(tmp_path / "run"):
        raise RuntimeError
    assert everything_in(tmp_path) == []


def test_a_swap_that_fails_puts_the_earlier_run_back(tmp_path, monkeypatch):
    target = tmp_path / "run"
    write_run(target)
    rename = Path.rename

    def stubborn(path, place):
        if path.suffix == ".new":
            raise OSError(errno.EIO, "the disk is dying")
        return rename(path, place)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(InputError, match="the disk is dying"):
        write_run(target, "Second")
    assert read_manifest(target).title == "First"
    assert everything_in(tmp_path) == ["run"]


def test_a_folder_that_another_process_is_writing_is_refused(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    script = """
from talentmarket.runs.folder.draft import new_run_folder
with new_run_folder(Path(sys.argv[1])) as draft:
    draft.write("summary.csv", b"half")
    print("writing", flush=True)
    time.sleep(60)
"""
    with in_a_process(script, target) as process:
        assert process.stdout.readline() == "writing\n"
        with pytest.raises(RunFolderError, match=f"run: process {process.pid} on .* is writing this run folder; wait"):
            write_run(target, "Second")
        write_run(tmp_path / "other")
        process.send_signal(signal.SIGKILL)
    assert (target / "summary.csv").read_bytes() == b"First"
    write_run(target, "Third")
    assert (target / "summary.csv").read_bytes() == b"Third"
    assert everything_in(tmp_path) == ["other", "run"]


def test_a_process_killed_within_the_swap_loses_nothing(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    script = """
from talentmarket.runs.folder import draft as folder
rename = Path.rename
def deadly(path, place):
    if path.suffix == ".new":
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, place)
Path.rename = deadly
with folder.new_run_folder(Path(sys.argv[1])) as draft:
    pass
"""
    with in_a_process(script, target) as process:
        assert process.wait(30) == -signal.SIGKILL
    assert not target.exists()
    with pytest.raises(ZeroDivisionError), new_run_folder(target):
        raise ZeroDivisionError
    assert read_manifest(target).title == "First"
    assert everything_in(tmp_path) == ["run"]


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path):
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("mine")
    with pytest.raises(RunFolderError, match="not written by talentmarket"):
        write_run(target)
    (target / "manifest.json").write_text('{"format": "web app"}')
    with pytest.raises(RunFolderError, match="not written by talentmarket"):
        write_run(target)
    assert everything_in(target) == ["chapter.txt", "manifest.json"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run")
    assert read_manifest(tmp_path / "run").title == "First"


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(InputError, match="run: cannot write a run folder there, it is a file"):
        write_run(tmp_path / "run")
    with pytest.raises(InputError, match="cannot be written"):
        write_run(tmp_path / "run" / "below")


def test_a_link_to_a_folder_is_followed(tmp_path):
    (tmp_path / "far").mkdir()
    write_run(tmp_path / "far" / "run")
    (tmp_path / "near").symlink_to(tmp_path / "far" / "run")
    write_run(tmp_path / "near", "Second")
    assert read_manifest(tmp_path / "far" / "run").title == "Second"
    assert (tmp_path / "near").is_symlink()


def test_a_full_disk_is_said_and_costs_nothing(tmp_path, monkeypatch):
    target = tmp_path / "run"
    write_run(target)

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write_run(target, "Second")
    assert read_manifest(target).title == "First"
    assert everything_in(tmp_path) == ["run"]


def test_the_manifest_comes_back_as_it_was():
    content = a_manifest("Überfall")
    assert manifest.loads(manifest.dumps(content)) == content
