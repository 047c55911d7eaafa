import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fake_market import build_scenario, lively

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.reading import read
from talentmarket.runs.folder.redrawing import redraw
from talentmarket.runs.running import Options, Place, run_to_folder

SCENARIO = build_scenario(replicates=2)


def drawing(*names):
    def plots(runs, folder):
        for name in names:
            (folder / name).write_text(runs.manifest.title)

    return plots


@pytest.fixture
def folder(tmp_path):
    run_to_folder(SCENARIO, Place("run", tmp_path, drawing("a.svg", "b.svg")), Options(simulate=lively))
    return tmp_path / "run"


def pictures(folder):
    return sorted(path.name for path in (folder / "plots").iterdir())


def test_pictures_take_the_place_of_the_old_ones_and_what_the_owner_put_there_stays(folder):
    (folder / "plots" / "mine.png").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    assert redraw(folder, drawing("b.svg", "c.svg")) == 2
    assert pictures(folder) == ["b.svg", "c.svg", "mine.png"]
    assert [entry.path for entry in read(folder).manifest.entries("plots")] == ["plots/b.svg", "plots/c.svg"]
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_drawing_that_fails_changes_nothing(folder):
    def plots(runs, place):
        (place / "a.svg").write_text("half")
        raise OSError(28, "No space left on device", str(place / "b.svg"))

    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=r"cannot be written: No space left on device \(.*b\.svg\)"):
        redraw(folder, plots)
    assert (folder / "manifest.json").read_bytes() == before
    assert pictures(folder) == ["a.svg", "b.svg"]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


KILLED = """
import os, signal, sys
from pathlib import Path
from talentmarket.runs.folder.redrawing import redraw
def plots(runs, folder):
    (folder / "a.svg").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
redraw(Path(sys.argv[1]), plots)
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("by", ["plot", "run"])
def test_drafts_of_a_killed_drawing_are_cleared_by_the_next_command(folder, by):
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], timeout=300, check=False)
    assert done.returncode == -signal.SIGKILL
    (folder / f".plots.{'0' * 32}").mkdir()
    (folder / f".manifest.json.{'0' * 32}.part").touch()
    assert (folder / ".plots.new" / "a.svg").exists()
    if by == "plot":
        redraw(folder, drawing("a.svg"))
    else:
        run_to_folder(SCENARIO, Place("run", folder.parent), Options(simulate=lively))
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    assert [path.name for path in folder.parent.iterdir()] == ["run"]
    assert len(read(folder).moves)


def test_links_are_left_alone(folder, tmp_path):
    precious = tmp_path / "precious"
    (folder / "plots").rename(precious)
    (folder / "plots").symlink_to(precious)
    with pytest.raises(RunFolderError, match="plots: is a link, and what it leads to is left alone"):
        redraw(folder, drawing("a.svg"))
    (folder / "plots").unlink()
    precious.rename(folder / "plots")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "chapter.txt").write_text("mine")
    (folder / ".plots.new").symlink_to(Path("..") / "other")
    with pytest.raises(RunFolderError, match=r"\.plots\.new: is no folder that talentmarket left"):
        redraw(folder, drawing("a.svg"))
    assert (tmp_path / "other" / "chapter.txt").read_text() == "mine"
