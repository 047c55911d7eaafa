"""Studies on a cluster whose workers, or whose client, are killed: the bytes of threads, and no process left.

A few kills by default; twenty with TALENTMARKET_LONG_FAULTS=1.
"""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import psutil
import pytest
from processes import LONG, finish, start
from spawned import workers

from talentmarket.runs.cluster import cluster
from talentmarket.studies.folder import write_result
from talentmarket.studies.reading.study import Study
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling import sizing
from talentmarket.studies.sampling.running import sample

pytest.importorskip("distributed")

KILLS = 20 if LONG else 3
MANY = 48  # points that take a cluster some seconds, so that it is killed among them
SEED = 20251129
VARY = ("choice.noise=0.5..2", "population.loyalty_mean=0.3..0.8")
TINY = ("population.scale=0.02", "run.months=6")


def study(points: int) -> Study:
    return study_of("fair_response", Words(VARY, ("departures of OpenAI:lower",), TINY, "meta_raid", points=points))


def files(folder: Path) -> dict[str, bytes]:
    """Everything a study left but for the versions and times of its manifest."""
    kept = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def test_a_study_whose_workers_are_killed_leaves_the_bytes_of_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizing, "MOST_POINTS_A_PART", 5)
    write_result(StudyResult(sample(study(4 * KILLS), tmp_path / "threads")), tmp_path / "threads")
    before, rng, killed = workers(), random.Random(SEED), []

    def kill_one(done: int, total: int) -> None:
        """After every third point one of the workers that are there, or that take the place of the killed, is killed."""
        if done % 3 == 0 and len(killed) < KILLS:
            end = time.monotonic() + 20.0
            while not (there := sorted(set(workers()) - set(before) - set(killed))) and time.monotonic() < end:
                time.sleep(0.05)
            killed.append(rng.choice(there))
            os.kill(killed[-1], signal.SIGKILL)

    with cluster("local:2") as crew:
        result = StudyResult(sample(study(4 * KILLS), tmp_path / "cluster", crew, progress=kill_one))
    write_result(result, tmp_path / "cluster")
    assert len(killed) == len(set(killed)) == KILLS
    assert files(tmp_path / "cluster") == files(tmp_path / "threads")
    left = [each for pid, each in workers().items() if pid not in before]
    assert psutil.wait_procs(left, timeout=120)[1] == []


def test_a_client_that_is_killed_leaves_no_process_and_nothing_in_the_way(tmp_path: Path) -> None:
    words = ["study", "fair_response", "--base", "meta_raid", "--points", str(MANY), "--no-plots", "--quiet"]
    words += ["--outcome", "departures of OpenAI:lower", *(f"--set={each}" for each in TINY)]
    words += [f"--vary={each}" for each in VARY]
    process = start(*words, "--out", str(tmp_path), "--cluster", "local:2")
    while process.poll() is None and not (tmp_path / "fair_response" / "design.parquet").exists():
        time.sleep(0.05)
    below = psutil.Process(process.pid).children(recursive=True)
    assert len(workers(process.pid)) == 2
    os.kill(process.pid, signal.SIGKILL)
    finish(process)
    assert process.returncode == -signal.SIGKILL
    assert psutil.wait_procs(below, timeout=120)[1] == []
    assert not (tmp_path / "fair_response" / "points.parquet").exists()
    write_result(StudyResult(sample(study(MANY), tmp_path / "fair_response")), tmp_path / "fair_response")
    write_result(StudyResult(sample(study(MANY), tmp_path / "threads")), tmp_path / "threads")
    assert files(tmp_path / "fair_response") == files(tmp_path / "threads")
