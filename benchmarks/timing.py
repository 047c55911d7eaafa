"""Rates of the contenders, measured in turn, so that a slow minute of the machine hits all of them.

Seconds are the processor's: on a shared machine whoever needs long would otherwise pay for what others run meanwhile.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.contenders import Contender
from benchmarks.poaching import Record, poaching_of, scenario_of

MONTHS = 48


class Lap(NamedTuple):
    """One run: researcher-months a second without the set-up, and seconds of the set-up for a thousand people."""

    rate: float
    setup: float
    record: Record


class Times(NamedTuple):
    """Min, median and max of some laps' figure."""

    low: float
    median: float
    high: float


def months_of(contender: Contender, people: int) -> int:
    """Months that a contender runs: all of them, or as many as its round may hold."""
    return int(min(MONTHS, max(2, contender.researcher_months // people)))


def lap(contender: Contender, people: int, seed: int) -> Lap:
    """Set up a market and run it once."""
    market = poaching_of(scenario_of(people, months_of(contender, people), seed))
    gc.collect()
    began = time.process_time()
    run = contender.prepare(market)
    ready = time.process_time()
    record = run()
    ended = time.process_time()
    return Lap(market.people * market.months / (ended - ready), 1000.0 * (ready - began) / market.people, record)


def laps(contenders: Sequence[Contender], people: int, rounds: int) -> dict[str, list[Lap]]:
    """So many rounds in which each contender runs once, after one that is not counted."""
    found: dict[str, list[Lap]] = {contender.name: [] for contender in contenders}
    for contender in contenders:
        lap(contender, min(people, 1000), seed=0)
    for number in range(rounds):
        for contender in contenders:
            found[contender.name].append(lap(contender, people, seed=number + 1))
    return found


def times(values: Sequence[float]) -> Times:
    """Min, median and max."""
    return Times(float(min(values)), float(np.median(values)), float(max(values)))


def ratios(ours: Sequence[Lap], theirs: Sequence[Lap]) -> Times:
    """How many times faster we are, round by round."""
    return times([one.rate / other.rate for one, other in zip(ours, theirs, strict=True)])
