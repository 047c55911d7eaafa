"""`python -m benchmarks`: talentmarket and its rivals on poach-bench, one thread each, in turn."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks.contenders import contenders
from benchmarks.report import agreements, machine_line, save, show, summary
from benchmarks.timing import laps

LARGEST_OF_OBJECTS = 100_000
OBJECTS = ("Mesa objects", "AgentPy")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1000, 10_000, 100_000], help="population sizes")
    parser.add_argument("--rounds", type=int, default=5, help="counted runs of each")
    parser.add_argument("--only", nargs="+", default=[], help="names of contenders besides talentmarket; none for all")
    parser.add_argument(
        "--out", type=Path, default=Path("outputs/benchmarks"), help="folder of bench.json and rates.png"
    )
    return parser.parse_args()


def main() -> None:
    """Run what is installed, print the table, write the figures."""
    chosen = arguments()
    console = Console(width=None)
    console.print(machine_line(), highlight=False)
    found, missing = contenders()
    for module, why in missing.items():
        console.print(f"skipped: {module} ({why})", highlight=False)
    if chosen.only:
        found = [each for each in found if each.name in ("talentmarket", *chosen.only)]
    figures = {}
    agreement = {}
    for people in chosen.people:
        able = [each for each in found if people <= LARGEST_OF_OBJECTS or each.name not in OBJECTS]
        measured = laps(able, people, chosen.rounds)
        figures[people], agreement[str(people)] = summary(measured), agreements(measured)
        show(people, figures[people], console)
    for name, apart in agreement[str(chosen.people[-1])].items():
        largest = max(apart.values())
        console.print(f"moves and flows of {name}: {largest:.1f} standard errors apart at most", highlight=False)
    save(figures, agreement, missing, chosen.out)
    console.print(f"written: {chosen.out}/bench.json and rates.png", highlight=False)


if __name__ == "__main__":
    main()
