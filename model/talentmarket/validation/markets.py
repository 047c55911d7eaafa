"""Runs the shipped scenarios that closed forms are checked with."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from talentmarket.market.simulate import Replicate
from talentmarket.runs.workers import available_workers
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario


def theory(name: str, overrides: Sequence[str] = ()) -> Scenario:
    """A scenario of `scenarios/theory`."""
    return load(f"theory/{name}", overrides)


def finished(scenario: Scenario, replicates: int, workers: int) -> list[Replicate]:
    """The replicates of a scenario after their last month."""

    def to_the_end(number: int) -> Replicate:
        replicate = Replicate(scenario, number)
        replicate.advance(scenario.run.months)
        return replicate

    with ThreadPoolExecutor(workers or available_workers()) as pool:
        return list(pool.map(to_the_end, range(replicates)))
