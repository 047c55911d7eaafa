"""How exits answer pay, vesting dates and the exits of co-authors, against what was measured elsewhere.

Three experiments with the people of the baseline:
- *A raise for all* of a tenth, in the first month and at every lab, and pay scales with it: the fall of the log of all exits of
  a year over ln 1.1, with the same shocks with and without.
- *A vesting date*: stock of a year's pay that vests on one day. Exits of the quarter after that day against those of the
  quarter before anybody waits for it, which is the rate that would hold without it, as bunching is measured.
- *Exits of ties*: the exit rate of those who have lost one tie in the last four months against that of those who have lost none, at the
  same lab in the same month (Mantel and Haenszel 1959).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from talentmarket.comparison.intervals import Interval, t_interval
from talentmarket.market.jobs.raises import raise_pay
from talentmarket.market.simulate import Replicate
from talentmarket.runs.workers import available_workers
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.validation.check import Check, Effort

GROUP = "Published: leaving"
RAISE = 1.1
YEAR = 12
WINDOW = 3  # months to either side of a vesting date
REACH = 4  # months for which a tie's exit counts
REPLICATES_OF_TIES = 48  # however quick: the rise is a tenth, and exits are few


def _line(name: str, identifier: str, value: float, interval: Interval) -> Check:
    source = fact(identifier)
    return Check(GROUP, name, Interval(*source.allowed), value, interval, source.unit, source.claimed_by)


def _each(number: int, workers: int, work: Callable[[int], np.ndarray]) -> np.ndarray:
    """What comes of replicates 0 to `number` - 1 (number, ...)."""
    with ThreadPoolExecutor(workers or available_workers()) as pool:
        return np.array(list(pool.map(work, range(number))))


def _exits_of_a_year(scenario: Scenario, number: int, raised: bool) -> float:
    """Departures from all labs in a year, with or without a raise for all and of all scales."""
    replicate = Replicate(scenario, number)
    world = replicate.world
    if raised:
        people = world.researchers
        for who in np.flatnonzero(people["lab"] != world.setting[0].outside):
            raise_pay(world, int(who), (RAISE - 1.0) * people["pay"][who], 0)
        world.labs["pay_level"][: world.setting[0].outside] *= RAISE
    replicate.advance(YEAR)
    return float(world.months["departures"][1 : YEAR + 1, : world.setting[0].outside].sum())


def separation_elasticity(effort: Effort) -> Check:
    """Fall of log exits for a log point of pay."""
    scenario = load("baseline", [f"run.months={YEAR}", "run.moves=none"])

    def both(number: int) -> np.ndarray:
        return np.array([_exits_of_a_year(scenario, number, raised) for raised in (False, True)])

    logs = np.log(_each(effort.replicates(24, 6), effort.workers, both))
    falls = (logs[:, 0] - logs[:, 1]) / math.log(RAISE)
    return _line("fall of exits for a raise for all", "separation_elasticity", float(falls.mean()), t_interval(falls))


def _around_vesting(scenario: Scenario, number: int) -> np.ndarray:
    """Rates of leaving for the outside in the quarter before anybody waits, and in that after the vesting date (2,)."""
    replicate = Replicate(scenario, number)
    people, outside = replicate.world.researchers, replicate.world.setting[0].outside
    patience = scenario.choice.patience
    before = YEAR - patience - 1  # the last age at which nobody waits
    windows = (before - WINDOW, before), (YEAR, YEAR + WINDOW)
    left, there = np.zeros(2), np.zeros(2)
    for month in range(1, scenario.run.months + 1):
        homes, ages = people["lab"].copy(), month - people["joined"]
        replicate.advance(1)
        gone = (homes != outside) & (people["lab"] == outside)
        for place, (first, last) in enumerate(windows):
            inside = (homes != outside) & (ages > first) & (ages <= last)
            left[place] += (gone & inside).sum()
            there[place] += inside.sum()
    return left / there


def quits_around_vesting(effort: Effort) -> Check:
    """Exits shortly after a vesting date for each that there would be without it."""
    stock = '{ years_of_pay = 1.0, years = 1, vesting = "annual", cliff = 0 }'
    labs = [lab.name for lab in load("baseline").labs if lab.kind == "lab"]
    overrides = [f'labs."{name}".equity={stock}' for name in labs]
    scenario = load("baseline", [f"run.months={2 * YEAR}", "run.moves=none", *overrides])
    rates = _each(effort.replicates(12, 4), effort.workers, lambda number: _around_vesting(scenario, number))
    ratios = rates[:, 1] / rates[:, 0]
    return _line(
        "exits just after vesting for one without", "quits_after_vesting", float(ratios.mean()), t_interval(ratios)
    )


def _strata(replicate: Replicate) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each month and lab whether each of its people has lost one tie lately and not none, and whether they leave.

    Only people of the first month who have never moved: who came later has fewer ties there and better pay.
    """
    world = replicate.world
    people, jobs = world.researchers, world.jobs
    ties = [jobs["ties_here"].copy()]
    for month in range(1, replicate.scenario.run.months + 1):
        homes, stayed = people["lab"].copy(), people["joined"] <= 0
        lost = ties[0] - jobs["ties_here"]
        replicate.advance(1)
        leaves = people["lab"] != homes
        if month > REACH:
            for lab in range(world.setting[0].outside):
                there = (homes == lab) & stayed & ((lost == 0) | (lost == 1))
                yield lost[there] == 1, leaves[there]
        ties = [*ties, jobs["ties_here"].copy()][-REACH - 1 :]


def _mantel_haenszel(strata: Iterator[tuple[np.ndarray, np.ndarray]]) -> float:
    """Rate of the one group over that of the other, common to all strata."""
    above = below = 0.0
    for lost, leaves in strata:
        exposed, people = lost.sum(), lost.size
        above += (leaves & lost).sum() * (people - exposed) / people
        below += (leaves & ~lost).sum() * exposed / people
    return above / below


def exits_of_ties(effort: Effort) -> Check:
    """Rise of the rate of leaving after a tie's exit."""
    scenario = load("baseline", [f"run.months={2 * YEAR}", "run.moves=none"])

    def rise(number: int) -> np.ndarray:
        return np.array(_mantel_haenszel(_strata(Replicate(scenario, number))) - 1.0)

    rises = _each(REPLICATES_OF_TIES, effort.workers, rise)
    return _line("rise of exits after that of a tie", "contagion_visier", float(rises.mean()), t_interval(rises))


def checks(effort: Effort) -> list[Check]:
    """How exits answer."""
    return [separation_elasticity(effort), quits_around_vesting(effort), exits_of_ties(effort)]
