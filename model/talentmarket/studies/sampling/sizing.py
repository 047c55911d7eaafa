"""What a study comes to before it runs: points, replicates, seconds, bytes, parts; and how many replicates a budget buys."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from talentmarket.market.simulate import simulate
from talentmarket.scenario.reading.problems import Problem, as_error
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.file import MOST_REPLICATES
from talentmarket.studies.reading.setting import own_scenario
from talentmarket.studies.reading.study import ROUND, Stopping, Study
from talentmarket.studies.sampling.design import design_of

RESEARCHER_MONTHS_A_PART = 300_000_000  # about 30 seconds of two processors
MOST_POINTS_A_PART = 512
BYTES_A_ROW = 12


@dataclass(frozen=True)
class Size:
    """What a study comes to: points, replicates of all sides (at least, at most), bytes at most."""

    points: int
    least_replicates: int
    most_replicates: int
    bytes: int


def size_of(study: Study) -> Size:
    """What a study comes to. Raises ScenarioError as `within_budget` does."""
    stopping = within_budget(study).stopping
    points, sides = len(design_of(study)), len(study.sides)
    least, most = (points * sides * count for count in (stopping.least, stopping.most))
    return Size(points, least, most, most * (BYTES_A_ROW + 8 * len(study.outcomes)))


def part_size(study: Study, own: Scenario) -> int:
    """How many points make one part; it depends on the study alone, so that the number of workers changes no byte."""
    months = own.researchers * own.run.months * study.stopping.least * len(study.sides)
    return max(1, min(MOST_POINTS_A_PART, RESEARCHER_MONTHS_A_PART // max(1, months)))


def seconds_a_replicate(study: Study) -> float:
    """Seconds that a replicate of the first run takes on one processor, measured here and now; compiles first."""
    own = own_scenario(study, study.runs[0])
    simulate(own, 0)
    begun = time.perf_counter()
    simulate(own, 0)
    return time.perf_counter() - begun


def within_budget(study: Study) -> Study:
    """A study with as many replicates at each point as its budget buys, the same number everywhere.

    With an aim that ends the replicates of a point earlier, these are the most that a point gets.

    Raises
    ------
    ScenarioError
        If the budget does not buy the least number at every point.
    """
    stopping = study.stopping
    if not stopping.budget:
        return study
    points, sides = len(design_of(study)), len(study.sides)
    bought = min(MOST_REPLICATES, stopping.budget // (points * sides) // ROUND * ROUND)
    if bought < stopping.least:
        text = (
            f"replicates.budget is {stopping.budget:,}, but {points:,} points on {sides} sides need"
            f" {points * sides * stopping.least:,} for {stopping.least} replicates at each"
        )
        raise as_error([Problem(stopping.place, text)])
    least = stopping.least if stopping.has_aim else bought
    return replace(study, stopping=replace(stopping, least=least, most=bought))


def width_against_a_round(stopping: Stopping) -> float:
    """How wide the intervals of `most` replicates are, in those of one round: they go with the root of the number."""
    return math.sqrt(ROUND / stopping.most)
