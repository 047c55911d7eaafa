"""Runs the command line as a process of its own, and tells what it left in a folder."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

LONG = bool(os.environ.get("TALENTMARKET_LONG_FAULTS"))
COMMAND = (sys.executable, "-m", "talentmarket")
PATIENCE = 900.0  # seconds; the engine compiles in a fifth of it on an idle machine, all else takes a tenth of that


def start(*words: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; a process that never ends is killed."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return process.returncode, out, err


def call(*words: str, **environment: str) -> tuple[int, str, str]:
    """Run a command to its end."""
    return finish(start(*words, **environment))


def killed(rng: random.Random, seconds: float, *words: str) -> bool:
    """Start a command and kill it and all that it started at a random moment; False if it was done before."""
    process = start(*words)
    time.sleep(rng.uniform(0.0, seconds))
    done = process.poll() is not None
    if not done:
        os.killpg(process.pid, signal.SIGKILL)
    _, _, err = finish(process)
    assert "Traceback" not in err, err
    return not done


def digests(folder: Path) -> dict[str, str]:
    """The files of a run folder that hold results, each with its digest; times stand in the manifest alone."""
    files = [
        folder / "scenario.toml",
        folder / "measures.parquet",
        folder / "summary.csv",
        *folder.glob("tables/**/*.parquet"),
    ]
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def hidden(folder: Path) -> list[str]:
    """What killed commands have left lying about in a folder of run folders."""
    return sorted(path.name for path in folder.rglob(".*"))
