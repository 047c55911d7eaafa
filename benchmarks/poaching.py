"""What every rival simulates: the numbers of `poach_bench.toml`, the first month's people, and what is recorded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

import talentmarket as tm

FILE = Path(__file__).with_name("poach_bench.toml")


def scenario_of(people: int, months: int = 48, seed: int = 2025) -> tm.Scenario:
    """The scenario file with so many researchers (thousands), months and that seed."""
    changes = [f"population.scale={people / 1000}", f"run.months={months}", f"run.seed={seed}"]
    return tm.load(FILE, changes)


@dataclass(frozen=True)
class Poaching:
    """One market of poach-bench; L labs.

    Attributes
    ----------
    headcounts
        Researchers of each lab in the first month, (L,).
    probability
        That a lab calls a given outsider in a month, (L,).
    fit
        How much of the column's mission speaks to people of the row's lab, (L, L), 1 on the diagonal.
    premium_mu, premium_sigma
        Mean and standard deviation of the log of offered over current pay.
    money, mission, size, staying
        Weights of ln pay, of fit, of the share of head-count and of staying.
    growth
        Factor by which pay grows a month.
    """

    headcounts: np.ndarray
    probability: np.ndarray
    fit: np.ndarray
    premium_mu: float
    premium_sigma: float
    money: float
    mission: float
    size: float
    staying: float
    growth: float
    talent_sigma: float
    pay_talent: float
    pay_sigma: float
    loyalty: tuple[float, float]
    months: int
    seed: int

    @property
    def people(self) -> int:
        """Number of researchers."""
        return int(self.headcounts.sum())

    @property
    def labs(self) -> int:
        """Number of labs."""
        return len(self.headcounts)

    @property
    def rates(self) -> np.ndarray:
        """Poisson rates with which a call comes at least once at `probability`, (L,)."""
        return -np.log1p(-self.probability)


class People(NamedTuple):
    """The first month's columns, (N,) each."""

    lab: np.ndarray
    pay: np.ndarray
    loyalty: np.ndarray


class Record(NamedTuple):
    """What every rival records; T months, L labs."""

    headcount: np.ndarray  # (T, L) at the end of each month
    mean_pay: np.ndarray  # (T, L) M$ a year
    flows: np.ndarray  # (T, L, L) moves from row to column

    @property
    def moves(self) -> np.ndarray:
        """Moves of each month, (T,)."""
        return self.flows.sum(axis=(1, 2))


def poaching_of(scenario: tm.Scenario) -> Poaching:
    """The numbers of a scenario file of poach-bench."""
    labs, choice, population = scenario.labs, scenario.choice, scenario.population
    a = population.loyalty_mean * population.loyalty_concentration
    first = labs[0]
    return Poaching(
        headcounts=np.array([round(lab.headcount * population.scale) for lab in labs]),
        probability=np.array([-math.expm1(-lab.contact / 12.0) for lab in labs]),
        fit=np.array([[lab.fit.get(other.name, 1.0) for other in labs] for lab in labs]),
        premium_mu=math.log(first.premium_mean) - first.premium_sigma**2 / 2.0,
        premium_sigma=first.premium_sigma,
        money=choice.money_weight,
        mission=choice.money_weight * choice.mission_scale,
        size=choice.money_weight * choice.size_value,
        staying=choice.money_weight * choice.switching_cost,
        growth=math.exp(population.pay_growth / 12.0),
        talent_sigma=population.talent_sigma,
        pay_talent=population.pay_talent,
        pay_sigma=population.pay_sigma,
        loyalty=(a, population.loyalty_concentration - a),
        months=scenario.run.months,
        seed=scenario.run.seed,
    )


def first_people(market: Poaching, rng: np.random.Generator) -> People:
    """Draw the first month's researchers, lab after lab."""
    talent = np.exp(market.talent_sigma * rng.standard_normal(market.people))
    pay = talent**market.pay_talent * np.exp(market.pay_sigma * rng.standard_normal(market.people))
    lab = np.repeat(np.arange(market.labs), market.headcounts)
    return People(lab, pay, rng.beta(*market.loyalty, market.people))
