"""`python -m benchmarks.scale`: talentmarket alone, over the population, over how much happens, and over threads.

A quiet market is poach-bench with a tenth of the calls. The threads run replicates, whose bits do not depend on them.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.console import Console

import talentmarket as tm
from benchmarks.poaching import scenario_of
from benchmarks.report import machine, machine_line
from benchmarks.timing import Times, times
from talentmarket.market.simulate import Replicate

MILLION = 1e6
QUIET = 0.1


def quieter(scenario: tm.Scenario, factor: float) -> tm.Scenario:
    """The same market with so many times the calls."""
    labs = [lab.model_copy(update={"contact": lab.contact * factor}) for lab in scenario.labs]
    return scenario.model_copy(update={"labs": tuple(labs)})


def resident() -> float:
    """Most memory that this process has held, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def rate(scenario: tm.Scenario, replicate: int = 0) -> float:
    """Researcher-months a second of one replicate, without its set-up."""
    market = Replicate(scenario, replicate)
    began = time.process_time()
    market.advance(scenario.run.months)
    return scenario.researchers * scenario.run.months / (time.process_time() - began)


def size_of(people: int, rounds: int) -> dict[str, Any]:
    """Rate and set-up at one size, and bytes a researcher once the memory of earlier sizes is exceeded."""
    scenario = scenario_of(people, 12 if people > MILLION else 48)
    before = resident()
    began = time.process_time()
    market = Replicate(scenario, 0)
    setup = time.process_time() - began
    held = (resident() - before) / people
    del market
    rates = times([rate(scenario, number) for number in range(rounds)])
    return {"rate": rates._asdict(), "setup_seconds_per_1000": 1000.0 * setup / people, "bytes_a_researcher": held}


def quiet_against_busy(people: int, rounds: int) -> Times:
    """How many times faster a market with a tenth of the calls is, round by round."""
    busy = scenario_of(people)
    quiet = quieter(busy, QUIET)
    rate(busy), rate(quiet)
    return times([rate(quiet, number) / rate(busy, number) for number in range(rounds)])


def two_threads(people: int, rounds: int) -> Times:
    """How many times faster four replicates are on two threads than on one, round by round."""
    scenario = scenario_of(people)

    def seconds(threads: int) -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda number: tm.simulate(scenario, number), range(4)))
        return time.perf_counter() - began

    seconds(2)
    return times([seconds(1) / seconds(2) for _ in range(rounds)])


def all_mechanisms(rounds: int) -> Times:
    """Cost of a researcher-month of meta_raid in those of poach-bench of the same size, round by round."""
    raid = tm.load("meta_raid")
    bench = scenario_of(raid.researchers)
    rate(raid), rate(bench)
    return times([rate(bench, number) / rate(raid, number) for number in range(rounds)])


def main() -> None:
    """Measure and print; write `scale.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("outputs/benchmarks"))
    chosen = parser.parse_args()
    console = Console()
    rate(scenario_of(1000))
    console.print(machine_line(), highlight=False)
    found: dict[str, Any] = {"machine": machine(), "sizes": {}}
    for people in chosen.people:
        row = found["sizes"][str(people)] = size_of(
            people, min(chosen.rounds, 3) if people > MILLION else chosen.rounds
        )
        shown = ", ".join(f"{name} {value / MILLION:.1f}" for name, value in row["rate"].items())
        console.print(f"{people:>10,} researchers: {shown} M a second; set-up {row['setup_seconds_per_1000']:.2g} s a")
        console.print(f"{'':>12}thousand; {row['bytes_a_researcher']:.0f} bytes a researcher")
    found["quiet_is_faster_by"] = quiet_against_busy(100_000, chosen.rounds)._asdict()
    found["two_threads_are_faster_by"] = two_threads(100_000, chosen.rounds)._asdict()
    found["meta_raid_costs"] = all_mechanisms(chosen.rounds)._asdict()
    for name in ("quiet_is_faster_by", "two_threads_are_faster_by", "meta_raid_costs"):
        console.print(name.replace("_", " "), {key: round(value, 2) for key, value in found[name].items()})
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "scale.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
