"""`python -m benchmarks.parts`: where the time of poach-bench goes, against the draws and the memory traffic alone.

Nanoseconds of the processor per offer, the best of some runs. The floor does what no way of writing the same rules can
leave out: the same draws, the same logarithms and exponentials, and as many researchers fetched and offers written.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.poaching import scenario_of
from benchmarks.report import machine_line
from talentmarket.market.mechanisms.choice import choose
from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.mechanisms.moves import carry_out_moves
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.numeric.elementary import exp, ln
from talentmarket.market.records import Offer, records
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.market.simulate import Replicate

MONTHS = 48
EVENTS_PER_OFFER = 2.1  # draws that end a block, fall on a lab's own people or are thinned away are draws too


@compiled
def fetch(researchers, people):
    """Look at people in order, as calls and choices do."""
    total = 0
    for researcher in people:
        total += researchers[researcher].lab
    return total


@compiled
def write(offers, people):
    """Write offers one after the other."""
    for row in range(people.size):
        offer = offers[row]
        offer.pay, offer.bonus, offer.stock, offer.counter, offer.title = 1.0, 0.0, 0.0, 0.0, 0.0
        offer.fee, offer.value, offer.researcher, offer.approach, offer.next_offer = 0.0, 0.0, people[row], -1, -1
        offer.lab, offer.vesting, offer.chosen = 1, 0, False


@compiled
def draw(key, words):
    """Draw four words for each place."""
    for place in range(words.shape[1]):
        words[0, place], words[1, place], words[2, place], words[3, place] = chance.words(key, 1, place, 2, 3)


@compiled
def premia(words, results):
    """A lognormal premium for each place."""
    for place in range(results.size):
        results[place] = exp(0.2 + 0.1 * chance.normal_of(words[0, place], words[1, place]))


@compiled
def logarithms(results):
    """A logarithm for each place."""
    for place in range(results.size):
        results[place] = ln(2.0 + results[place])


def seconds(work: Callable[[], Any], rounds: int = 30) -> float:
    """Processor seconds of the quickest round; the first one, which compiles, does not count."""
    work()
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def floor(people: int, offers: int) -> dict[str, float]:
    """Nanoseconds per offer of what cannot be left out, in a market of this size with so many offers a month."""
    market = Replicate(scenario_of(people), 0).world
    asked = np.sort(np.random.default_rng(1).integers(0, people, offers))
    words, results, made = np.zeros((4, 4096), dtype=np.uint64), np.zeros(4096), records(Offer, offers)
    one_draw = seconds(lambda: draw(market.key, words)) / 4096
    one_premium = seconds(lambda: premia(words, results)) / 4096
    one_logarithm = seconds(lambda: logarithms(results)) / 4096
    one_fetch = seconds(lambda: fetch(market.researchers, asked)) / offers
    one_write = seconds(lambda: write(made, asked)) / offers
    nano = {
        "contacts": EVENTS_PER_OFFER * (one_draw + one_logarithm) + one_premium + one_fetch + one_write,
        "choice": 2.0 * one_draw + 6.0 * one_logarithm + one_fetch,
        "moves": 0.1 * one_fetch,
    }
    return {name: value * 1e9 for name, value in nano.items()}


def spent(people: int, rounds: int) -> tuple[dict[str, float], int]:
    """Nanoseconds per offer of each rule, and the offers of a month."""
    best: dict[str, float] = {}
    offers = 0
    for _ in range(rounds + 1):
        world, used, offers = (
            Replicate(scenario_of(people), 0).world,
            dict.fromkeys(("contacts", "choice", "moves"), 0.0),
            0,
        )
        for month in range(1, MONTHS + 1):
            for name, rule in (("contacts", contact), ("choice", choose), ("moves", carry_out_moves)):
                began = time.process_time()
                rule(world, month)
                used[name] += time.process_time() - began
                if name == "contacts":
                    offers += int(world.counts[OFFERS_MADE])
        best = {name: min(value / offers * 1e9, best.get(name, float("inf"))) for name, value in used.items()}
    return best, offers // MONTHS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parts", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    used, offers = spent(chosen.people, chosen.rounds)
    least = floor(chosen.people, offers)
    table = Table("nanoseconds per offer", "spent", "floor")
    for name in used:
        table.add_row(name, f"{used[name]:.0f}", f"{least[name]:.0f}")
    table.add_row("together", f"{sum(used.values()):.0f}", f"{sum(least.values()):.0f}")
    console = Console()
    console.print(machine_line(), highlight=False)
    console.print(table)


if __name__ == "__main__":
    main()
