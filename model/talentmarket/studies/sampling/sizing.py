"""What a study comes to before it runs: points, replicates, seconds, bytes, parts; and how many replicates a budget buys."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from talentmarket.errors import InputError
from talentmarket.scenario.reading.problems import Problem, as_error
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import pattern_fits
from talentmarket.studies.reading.file import MOST_REPLICATES
from talentmarket.studies.reading.setting import own_scenario, scenario_at
from talentmarket.studies.reading.study import ROUND, Stopping, Study
from talentmarket.studies.sampling.across import scenarios_across
from talentmarket.studies.sampling.design import design_of
from talentmarket.studies.sampling.evaluating import Task, measured

RESEARCHER_MONTHS_A_PART = 300_000_000  # about 30 seconds of two processors
MOST_POINTS_A_PART = 512
BYTES_A_ROW = 12
NUMBER_OF_PEOPLE = ("population.scale", "labs.*.headcount", "defaults.lab.headcount")
TIMED_POINTS, TIMED_REPLICATES = 3, 2


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


def most_people(study: Study) -> Iterator[Scenario]:
    """Each side's scenario with as many people as its points can have: what sets their number at its largest value.

    Where these values do not go together, one for each of them.
    """
    design = design_of(study)
    settings = [
        (each, max(*design[each.path].tolist(), *each.ends) if study.design.file is None else max(design[each.path]))
        for each in (*study.parameters, *study.levers)
        if any(pattern_fits(pattern, each.path) for pattern in NUMBER_OF_PEOPLE)
    ]
    for side in study.sides:
        own = own_scenario(study, side)
        try:
            yield scenario_at(study, side, own, settings)
        except InputError:
            yield from (scenario_at(study, side, own, [setting]) for setting in settings)


def part_size(study: Study, own: Scenario) -> int:
    """How many points make one part; it depends on the study alone, so that the number of workers changes no byte."""
    months = own.researchers * own.run.months * study.stopping.least * len(study.sides)
    return max(1, min(MOST_POINTS_A_PART, RESEARCHER_MONTHS_A_PART // max(1, months)))


@dataclass(frozen=True)
class Pace:
    """How fast a study runs.

    Attributes
    ----------
    a_scenario
        Seconds to read one side's scenario at a point, which no other processor shares.
    a_replicate
        Seconds of one processor for a replicate and what is measured of it.
    """

    a_scenario: float
    a_replicate: float

    def seconds(self, scenarios: int, replicates: int, workers: int) -> float:
        """Seconds that so many scenarios and replicates take."""
        return scenarios * self.a_scenario + replicates * self.a_replicate / workers


def pace_of(study: Study) -> Pace:
    """How fast a study runs here and now, by points across its design, as some take several times as long as others.

    Compiles first.
    """
    own = own_scenario(study, study.runs[0])
    task = Task(0, (own,), study.outcomes, False, study.stopping, None)
    measured(task, own, range(1))
    begun = time.perf_counter()
    scenarios = [each for _, each in scenarios_across(study, study.runs[:1], TIMED_POINTS)] or [own]
    read = time.perf_counter()
    for scenario in scenarios:
        measured(task, scenario, range(TIMED_REPLICATES))
    ran = time.perf_counter() - read
    return Pace((read - begun) / len(scenarios), ran / (len(scenarios) * TIMED_REPLICATES))


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
