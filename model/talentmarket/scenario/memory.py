"""Refuses what the memory of this machine cannot hold, before it is tried."""

from __future__ import annotations

import math

from talentmarket.errors import ScenarioError
from talentmarket.scenario.schema import Scenario

# Measured: one market's columns and its share of the tables, at the peak of a run.
BYTES_PER_RESEARCHER = 400
FIXED_BYTES = 500_000_000


def check_memory(scenario: Scenario, workers: int) -> None:
    """Make sure that this many markets of a scenario fit into the free memory at the same time.

    Raises
    ------
    ScenarioError
        If they do not; the message says what is needed, what is free, and how many researchers would fit.
    """
    import psutil

    needed = scenario.researchers * BYTES_PER_RESEARCHER * workers + FIXED_BYTES
    free = psutil.virtual_memory().available
    if needed <= free:
        return
    fitting = max(0, free - FIXED_BYTES) // (BYTES_PER_RESEARCHER * workers)
    scale = _rounded_down(scenario.population.scale * fitting / scenario.researchers)
    at_once, fewer = (f", {workers} runs at once,", ", or take fewer workers") if workers > 1 else ("", "")
    raise ScenarioError(
        [
            f"{scenario.title}: {scenario.researchers:,} researchers{at_once} need about {_gigabytes(needed)} of memory,"
            f" and {_gigabytes(free)} are free; {fitting:,} researchers would fit: set population.scale to {scale}{fewer}"
        ]
    )


def _rounded_down(number: float) -> str:
    """Two digits that do not come to more than the number."""
    step = 10.0 ** (math.floor(math.log10(number)) - 1) if number > 0 else 1.0
    return f"{math.floor(number / step) * step:.10g}"


def _gigabytes(count: float) -> str:
    return f"{count / 1e9:,.1f} GB"
