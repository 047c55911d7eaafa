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

from rich.console import Console

from benchmarks.contenders import contenders
from benchmarks.poaching import FILE
from benchmarks.timing import MONTHS, lap

# Prints the processor's seconds of a run and the most memory it held, in megabytes.
CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def command(replicates: int, people: int, folder: str, workers: int) -> tuple[float, float]:
    """Processor seconds and megabytes of `talentmarket run`, from its start to the finished run folder."""
    program = [sys.executable, "-m", "talentmarket", "run", str(FILE)]
    options = ["--set", f"population.scale={people / 1000}", "--replicates", str(replicates), "--workers", str(workers)]
    place = ["--out", folder, "--name", f"of_{replicates}", "--no-plots", "--quiet", "--replace"]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *program, *options, *place], check=True, capture_output=True, text=True
    )
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def mesa_seconds(people: int) -> float:
    """Processor seconds of one replicate with Mesa's objects, set-up included; nan without it."""
    for each in contenders()[0]:
        if each.name == "Mesa objects":
            began = time.process_time()
            months = lap(each, people, seed=1).record.flows.shape[0]
            return (time.process_time() - began) * MONTHS / months
    return float("nan")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ensemble", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        command(2, chosen.people, folder, chosen.workers)
        first, _ = command(1, chosen.people, folder, chosen.workers)
        seconds, megabytes = command(chosen.replicates, chosen.people, folder, chosen.workers)
        size = sum(path.stat().st_size for path in Path(folder).glob(f"of_{chosen.replicates}/**/*") if path.is_file())
    theirs = mesa_seconds(chosen.people)
    each = seconds / chosen.replicates
    console.print(f"{chosen.replicates:,} replicates of {chosen.people:,} researchers on {chosen.workers} workers")
    console.print(f"start, compiled code and one replicate: {first / seconds:.0%} of the whole")
    console.print(f"a replicate of Mesa's objects costs as much as {theirs / each:.0f} of ours")
    console.print(f"most memory held: {megabytes:.0f} MB; run folder: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
