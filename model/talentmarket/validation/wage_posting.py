"""Unemployment, earned pay and moves where labs post pay, against the equilibrium in `burdett_mortensen.py`.

At the scenario's rates the continuous form is up to two per cent off, more than the simulation leaves open: the check is
against the equilibrium in months, and the line tells the continuous form, too.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from talentmarket.comparison.intervals import Interval
from talentmarket.market.simulate import Replicate
from talentmarket.validation.burdett_mortensen import MONTHS, Monthly, continuous, equilibrium
from talentmarket.validation.check import FALSE_ALARM, Check, Effort, around_mean, exactly
from talentmarket.validation.markets import finished, theory

GROUP = "Burdett-Mortensen"
LAST_MONTHS = 240
SOURCE = "Burdett and Mortensen 1998, in months"


def _over_the_last_months(replicate: Replicate) -> tuple[float, float]:
    """Share of people unemployed, and moves from job to job a year for each of the employed."""
    jobs = len(replicate.scenario.labs) - 1
    moves = replicate.world.flows[-LAST_MONTHS:, :jobs, :jobs].sum()
    heads = replicate.world.months["headcount"][-LAST_MONTHS - 1 : -1]
    employed = heads[:, :jobs].sum()
    return float(1.0 - employed / heads.sum()), float(MONTHS * moves / employed)


def _earned_pay(replicate: Replicate) -> np.ndarray:
    """Pay of the employed at the end."""
    people = replicate.world.researchers
    pay: np.ndarray = people["pay"][people["lab"] != len(replicate.scenario.labs) - 1]
    return pay


def _line(name: str, unit: str, targets: tuple[float, float], values: np.ndarray) -> Check:
    """A line on the mean of a number over the replicates; `targets` in months and in continuous time."""
    source = f"{SOURCE}; {targets[1]:.4f} in continuous time"
    return Check(GROUP, name, exactly(targets[0]), float(values.mean()), around_mean(values), unit, source)


def _distribution(pay: np.ndarray, theory_of: Monthly) -> Check:
    """The whole distribution of earned pay."""
    distance = float(stats.kstest(pay, lambda wage: theory_of.earned(theory_of.posted(wage))).statistic)
    limit = Interval(0.0, float(stats.kstwo.isf(FALSE_ALARM, len(pay))))
    source = f"Kolmogorov-Smirnov against G, {len(pay):,} people"
    return Check(GROUP, "distance of all earned pay from G", limit, distance, exactly(distance), "share", source)


def checks(effort: Effort) -> list[Check]:
    """Unemployment, earned pay and moves after a hundred years."""
    scenario = theory("burdett_mortensen")
    monthly, always = equilibrium(scenario), continuous(scenario)
    worlds = finished(scenario, effort.replicates(80, 10), effort.workers)
    unemployed, moves = np.array([_over_the_last_months(replicate) for replicate in worlds]).T
    pay = [_earned_pay(replicate) for replicate in worlds]
    mean = monthly.mean_of(1)
    spread = math.sqrt(monthly.mean_of(2) - mean**2)
    means, spreads = np.array([[earned.mean(), earned.std()] for earned in pay]).T
    return [
        _line("unemployment", "share", (monthly.unemployment, always.unemployment), unemployed),
        _line("mean earned pay", "M$ a year", (mean, always.mean), means),
        _line("standard deviation of earned pay", "M$ a year", (spread, always.spread), spreads),
        _distribution(np.concatenate(pay), monthly),
        _line("moves from job to job", "a year", (monthly.moves, always.moves), moves),
    ]
