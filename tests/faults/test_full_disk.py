"""A disk that is full: one line that says so, an exit code, and what was there before is still there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import call, digests, hidden

SMALL = ("--set", "population.scale=0.05", "--set", "run.months=24", "--quiet")


ENDS = (1, 2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if (
        os.geteuid() != 0
        or not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_run_that_does_not_fit_says_so_and_keeps_the_earlier_one(small_disk: Path) -> None:
    words = ("run", "meta_raid", *SMALL, "--out", str(small_disk))
    code, _, err = call(*words, "--replicates", "1", "--no-plots")
    assert code == 0, err
    before = digests(small_disk / "meta_raid")
    code, _, err = call(*words, "--replicates", "200", "--no-plots")
    assert code in ENDS, (code, err)
    assert "Traceback" not in err
    assert "No space left" in err or "are free" in err
    assert digests(small_disk / "meta_raid") == before


def test_a_comparison_and_pictures_that_do_not_fit_say_so(small_disk: Path) -> None:
    words = ("compare", "baseline", "meta_raid", *SMALL, "--out", str(small_disk), "--replicates", "2", "--report")
    code, _, err = call(*words)
    assert code in ENDS, (code, err)
    assert "Traceback" not in err
    assert "No space left" in err or "are free" in err
    assert not (small_disk / "baseline-vs-meta_raid").exists()
    shutil.rmtree(small_disk / "baseline", ignore_errors=True)
    assert not [name for name in hidden(small_disk) if "baseline-vs-meta_raid" in name and not name.endswith(".lock")]
