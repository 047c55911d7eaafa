"""Commands that are killed at random moments: what is finished is kept, and the same command ends as if nothing had been.

A few kills by default; fifty and more of each kind with TALENTMARKET_LONG_FAULTS=1.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from processes import LONG, call, digests, hidden, killed

SEED = 20251128
KILLS = 50 if LONG else 4
SMALL = ("--set", "population.scale=0.05", "--set", "run.months=24", "--no-plots", "--quiet")
REPLICATES = ("--replicates", "96")


def run_words(out: Path, *more: str) -> tuple[str, ...]:
    return ("run", "meta_raid", *SMALL, *REPLICATES, "--out", str(out), *more)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A run folder that was written without any interruption, and how many seconds that took."""
    out = tmp_path_factory.mktemp("uninterrupted")
    call(*run_words(out))  # compiles
    began = time.monotonic()
    code, _, err = call(*run_words(out, "--replace"))
    assert code == 0, err
    return out / "meta_raid", time.monotonic() - began


def test_a_run_that_is_killed_again_and_again_ends_as_if_it_never_was(
    tmp_path: Path, uninterrupted: tuple[Path, float]
) -> None:
    folder, seconds = uninterrupted
    rng = random.Random(SEED)
    for _ in range(KILLS):
        killed(rng, 1.1 * seconds, *run_words(tmp_path))
    code, _, err = call(*run_words(tmp_path))
    assert code == 0, err
    assert digests(tmp_path / "meta_raid") == digests(folder)
    assert hidden(tmp_path) == []


def test_a_replacement_that_is_killed_goes_on_and_leaves_the_earlier_run_alone_until_then(
    tmp_path: Path, uninterrupted: tuple[Path, float]
) -> None:
    folder, seconds = uninterrupted
    earlier = ("run", "meta_raid", *SMALL, "--replicates", "2", "--set", "choice.noise=0.5", "--out", str(tmp_path))
    assert call(*earlier)[0] == 0
    before = digests(tmp_path / "meta_raid")
    (tmp_path / "meta_raid" / "my notes.txt").write_text("mine")
    rng = random.Random(SEED + 1)
    for _ in range(KILLS):
        killed(rng, 0.7 * seconds, *run_words(tmp_path, "--replace"))
        set_aside, there = tmp_path / ".meta_raid.old", tmp_path / "meta_raid"
        assert digests(there if there.exists() else set_aside) in (before, digests(folder))
    code, _, err = call(*run_words(tmp_path, "--replace"))
    assert code == 0, err
    assert digests(tmp_path / "meta_raid") == digests(folder)
    assert (tmp_path / "meta_raid" / "my notes.txt").read_text() == "mine"
    assert hidden(tmp_path) == []


def test_a_comparison_with_a_report_that_is_killed_ends_whole(tmp_path: Path) -> None:
    small = (*SMALL[:4], "--quiet", "--replicates", "4")
    words = ("compare", "baseline", "meta_raid", *small, "--report", "--out", str(tmp_path))
    rng = random.Random(SEED + 2)
    for _ in range(KILLS // 2):
        killed(rng, 20.0, *words)
    code, _, err = call(*words)
    assert code == 0, err
    folder = tmp_path / "baseline-vs-meta_raid"
    assert {"comparison.csv", "comparison.json", "fates.csv", "twins.parquet", "report.html", "plots"} <= {
        path.name for path in folder.iterdir()
    }
    assert hidden(tmp_path) == []


def test_pictures_that_are_drawn_again_and_killed_are_there_in_the_end(tmp_path: Path) -> None:
    assert call("run", "meta_raid", *SMALL, "--replicates", "2", "--out", str(tmp_path))[0] == 0
    folder = tmp_path / "meta_raid"
    before = digests(folder)
    rng = random.Random(SEED + 3)
    for _ in range(KILLS // 2):
        killed(rng, 6.0, "plot", str(folder))
    code, _, err = call("plot", str(folder))
    assert code == 0, err
    assert list((folder / "plots").glob("*.png"))
    assert digests(folder) == before
    assert hidden(tmp_path) == []
