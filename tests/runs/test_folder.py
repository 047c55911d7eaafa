import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder import draft as drafts
from talentmarket.runs.folder import manifest
from talentmarket.runs.folder.draft import RUN, part
from talentmarket.runs.folder.lock import lock_file
from talentmarket.runs.folder.manifest import Manifest, read_manifest
from talentmarket.runs.folder.naming import folder_name
from talentmarket.runs.folder.reading import read
from talentmarket.runs.folder.swap import MARK, sibling, why, writing


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


@contextmanager
def new_run_folder(target):
    with writing(target, RUN) as place, drafts.new_run_folder(place) as draft:
        yield draft


def write_run(target, title="First"):
    with new_run_folder(target) as draft:
        draft.write("summary.csv", title.encode())
        draft.write_manifest(replace(a_manifest(title), files=tuple(draft.files)))


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
        ("Überfall: 300 M$?", "Überfall- 300 M$"),
        ("meta_raid (1)", "meta_raid (1)"),
        ("x+y", "x+y"),
        ("x&y", "x&y"),
        ("U\u0308ber", "Über"),
        ("a\x1b[31m\u009b\u202eb", "a-[31m-b"),
        ("CON", "CON_"),
        ("aux.txt", "aux_.txt"),
        ("Nul .tar.gz", "Nul_ .tar.gz"),
        ("com1", "com1_"),
        ("console", "console"),
        ("trailing. .", "trailing"),
    ],
)
def test_a_name_leads_nowhere_else_and_is_one_on_every_system(name, folder):
    assert folder_name(name) == folder


@pytest.mark.parametrize("letter", ["a", "研"])
def test_long_names_are_cut_and_stay_apart(letter):
    one, other = folder_name(letter * 300), folder_name(letter * 299)
    assert one != other
    for name in (one, other):
        assert re.fullmatch(rf"{letter}+-[0-9a-f]{{8}}", name)
        assert len(name) <= 100
        assert len(f".{name}.lock".encode()) <= 255


@pytest.mark.parametrize("name", ["", "..", "///", " . "])
def test_a_name_of_nothing_is_refused(name):
    with pytest.raises(InputError, match="no name for a folder"):
        folder_name(name)


def test_parts_are_numbered():
    assert part("moves", 12) == "tables/moves/part-00012.parquet"


def test_a_second_run_takes_the_place_of_the_first(tmp_path):
    target = tmp_path / "deep" / "run"
    write_run(target, "First")
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
from talentmarket.runs.folder.draft import RUN, new_run_folder
from talentmarket.runs.folder.swap import writing
with writing(Path(sys.argv[1]), RUN) as place, new_run_folder(place) as draft:
    draft.write("summary.csv", b"half")
    print("writing", flush=True)
    time.sleep(60)
"""
    with in_a_process(script, target) as process:
        assert process.stdout.readline() == "writing\n"
        with pytest.raises(RunFolderError, match=f"run: process {process.pid} on .* is writing this folder; wait"):
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
from talentmarket.runs.folder.draft import RUN, new_run_folder
from talentmarket.runs.folder.swap import writing
rename = Path.rename
def deadly(path, place):
    if path.suffix == ".new":
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, place)
Path.rename = deadly
with writing(Path(sys.argv[1]), RUN) as place, new_run_folder(place) as draft:
    pass
"""
    with in_a_process(script, target) as process:
        assert process.wait(120) == -signal.SIGKILL
    assert not target.exists()
    with pytest.raises(ZeroDivisionError), new_run_folder(target):
        raise ZeroDivisionError
    assert read_manifest(target).title == "First"
    assert everything_in(tmp_path) == ["run"]


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path):
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("mine")
    with pytest.raises(RunFolderError, match="no run folder that talentmarket wrote and is left alone"):
        write_run(target)
    (target / "manifest.json").write_text('{"format": "web app"}')
    with pytest.raises(RunFolderError, match="no run folder that talentmarket wrote and is left alone"):
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
    assert manifest.of_json(json.loads(manifest.dumps(content))) == content


def test_files_of_the_owner_among_ours_move_on_too_and_none_takes_the_place_of_another(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    (target / "plots").mkdir()
    (target / "plots" / "mine.png").write_text("mine")
    (target / "tables" / "deep").mkdir(parents=True)
    (target / "tables" / "deep" / "notes.txt").write_text("mine too")
    (target / "report.html").write_text("ours")
    (target / f".manifest.json.{'0' * 32}.part").write_text("half")
    with new_run_folder(target) as draft:
        draft.write("plots/mine.png", b"ours")
        draft.write_manifest(replace(a_manifest("Second"), files=tuple(draft.files)))
    assert (target / "plots" / "mine.png").read_text() == "ours"
    assert (target / "plots" / "mine (2).png").read_text() == "mine"
    assert (target / "tables" / "deep" / "notes.txt").read_text() == "mine too"
    assert everything_in(target) == ["manifest.json", "plots", "tables"]


def test_a_draft_is_marked_as_ours_and_the_folder_is_not(tmp_path):
    with new_run_folder(tmp_path / "run") as draft:
        assert everything_in(draft.folder) == [MARK]
        draft.write_manifest(a_manifest())
    assert everything_in(tmp_path / "run") == ["manifest.json"]


@pytest.mark.parametrize("role", ["new", "old"])
def test_a_hidden_folder_that_is_not_ours_is_left_alone(tmp_path, role):
    theirs = sibling(tmp_path / "run", role)
    theirs.mkdir()
    (theirs / "chapter.txt").write_text("mine")
    with pytest.raises(RunFolderError, match=rf"\.run\.{role}: was not left by talentmarket and is left alone"):
        write_run(tmp_path / "run")
    assert (theirs / "chapter.txt").read_text() == "mine"


@pytest.mark.parametrize("role", ["new", "old"])
def test_a_link_in_the_place_of_a_hidden_folder_is_refused(tmp_path, role):
    precious = tmp_path / "precious"
    write_run(precious)
    sibling(tmp_path / "run", role).symlink_to(precious)
    with pytest.raises(RunFolderError, match="is no folder that talentmarket left; take it away"):
        write_run(tmp_path / "run")
    assert everything_in(precious) == ["manifest.json", "summary.csv"]


def test_a_link_within_a_draft_is_refused(tmp_path):
    draft = sibling(tmp_path / "run", "new")
    (tmp_path / "precious").mkdir()
    draft.mkdir()
    (draft / MARK).touch()
    (draft / "tables").symlink_to(tmp_path / "precious")
    with pytest.raises(RunFolderError, match="holds links"):
        write_run(tmp_path / "run")


def test_a_link_in_the_place_of_the_lock_is_refused(tmp_path):
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    lock_file(tmp_path / "run").symlink_to(precious)
    with pytest.raises(RunFolderError, match=r"\.run\.lock: is no ordinary file"):
        write_run(tmp_path / "run")
    assert precious.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_the_lock_is_refused(tmp_path):
    os.mkfifo(lock_file(tmp_path / "run"))
    with pytest.raises(RunFolderError, match=r"\.run\.lock: is no ordinary file"):
        write_run(tmp_path / "run")


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path):
    (tmp_path / "run").symlink_to(tmp_path / "run")
    with pytest.raises(InputError, match="run: is a link that leads back to itself"):
        write_run(tmp_path / "run")
    with pytest.raises(InputError, match="run: is a link that leads back to itself"):
        read(tmp_path / "run")


def test_a_lock_that_a_dead_process_left_holds_nobody_up(tmp_path):
    lock_file(tmp_path / "run").write_text("process 1 on elsewhere")
    write_run(tmp_path / "run")
    assert everything_in(tmp_path) == ["run"]


def lose_the_draft(target):
    with new_run_folder(target) as draft:
        shutil.rmtree(draft.folder)
        draft.write("summary.csv", b"late")


def test_a_folder_that_vanishes_while_it_is_built_is_said(tmp_path):
    with pytest.raises(InputError, match=r"taken away meanwhile \(.*\.run\.new\)"):
        lose_the_draft(tmp_path / "run")
    assert everything_in(tmp_path) == []


def test_a_killed_deletion_is_finished_by_the_next_run(tmp_path):
    target = tmp_path / "run"
    write_run(target)
    old = sibling(target, "old")
    (old / "tables").mkdir(parents=True)
    (old / MARK).touch()
    write_run(target, "Second")
    assert everything_in(tmp_path) == ["run"]
    assert everything_in(target) == ["manifest.json", "summary.csv"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)])
def test_a_full_disk_a_full_quota_and_a_limit_of_sizes_say_what_to_do(number):
    assert "make room and give the same command again" in why(OSError(number, os.strerror(number)), Path("run"))
