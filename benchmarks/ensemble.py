"""`python -m benchmarks.ensemble`: many replicates of a small market, written as a run folder, against Mesa's objects.

Seconds are the processor's, of all workers together.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.console import Console

from benchmarks.contenders import Contender, contenders
from benchmarks.poaching import FILE
from benchmarks.report import machine_line
from benchmarks.timing import MONTHS, lap

# Prints the processor's seconds of a run, the seconds that passed, and the most memory it held, in megabytes.
CHILD = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
passed = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, passed, used.ru_maxrss / 1024)
"""


class Spent(NamedTuple):
    """What a run took: processor seconds, elapsed seconds, megabytes."""

    seconds: float
    passed: float
    megabytes: float


def command(replicates: int, people: int, folder: str, workers: int) -> Spent:
    """What `talentmarket run` takes, from its start to the finished run folder."""
    program = [sys.executable, "-m", "talentmarket", "run", str(FILE)]
    options = ["--set", f"population.scale={people / 1000}", "--replicates", str(replicates), "--workers", str(workers)]
    place = ["--out", folder, "--name", f"of_{replicates}", "--no-plots", "--quiet", "--replace"]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *program, *options, *place], check=True, capture_output=True, text=True
    )
    return Spent(*map(float, done.stdout.split()))


def mesa_seconds(people: int, rounds: int) -> float:
    """Processor seconds of one replicate with Mesa's objects, set-up included: the median; nan without Mesa."""
    for each in contenders()[0]:
        if each.name == "Mesa objects":
            lap(each, min(people, 1000), seed=0)  # what is slow but once does not count
            return float(np.median([_mesa_once(each, people, seed) for seed in range(1, rounds + 1)]))
    return float("nan")


def _mesa_once(mesa: Contender, people: int, seed: int) -> float:
    began = time.process_time()
    months = lap(mesa, people, seed).record.flows.shape[0]
    return (time.process_time() - began) * MONTHS / months


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ensemble", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--rounds", type=int, default=5, help="replicates of Mesa's objects, of which the median counts"
    )
    chosen = parser.parse_args()
    console = Console()
    console.print(machine_line(), highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        command(2, chosen.people, folder, chosen.workers)
        first = command(1, chosen.people, folder, chosen.workers).seconds
        seconds, passed, megabytes = command(chosen.replicates, chosen.people, folder, chosen.workers)
        size = sum(path.stat().st_size for path in Path(folder).glob(f"of_{chosen.replicates}/**/*") if path.is_file())
    theirs = mesa_seconds(chosen.people, chosen.rounds)
    each = seconds / chosen.replicates
    console.print(f"{chosen.replicates:,} replicates of {chosen.people:,} researchers on {chosen.workers} workers")
    console.print(f"{passed:.1f} s passed, {seconds:.1f} s of the processor")
    console.print(f"start, compiled code and one replicate: {first / seconds:.0%} of the whole")
    console.print(f"a replicate of Mesa's objects costs as much as {theirs / each:.0f} of ours")
    console.print(f"most memory held: {megabytes:.0f} MB; run folder: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
