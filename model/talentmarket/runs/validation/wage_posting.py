"""Burdett and Mortensen (1998): unemployment, earned pay and moves where employers post pay.

Separations at rate d, offers at rate l on and off the job, k = l/d, productivity p, reservation pay R:

    posted F(w) = (1 + k)/k (1 - sqrt((p - w)/(p - R))),   earned G = F/(1 + k (1 - F)),   unemployment 1/(1 + k),
    mean earned pay (k p + R)/(1 + k),   moves from job to job a year d ((1 + k) ln(1 + k)/k - 1).

The model moves in months, in which the order is: separations, offers, moves; who has separated this month gets no offer
before the next. `Monthly` is the same theory in such months. With s and q the monthly probabilities of a separation
and of an offer, and h that of an offer by each of the two labs to someone unemployed, the stock of those paid up to w is

    E(w) (1 - (1 - s)(1 - q (1 - F))) = U ((1 - h (1 - F))**2 - (1 - h)**2),   U = s/(s + q),   1 - q = (1 - h)**2.

At these rates it differs from the continuous form by up to two per cent, more than the simulation leaves open: the check
is against the months, and the line tells the continuous form, too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.integrate import quad

from talentmarket.market.simulate import Replicate
from talentmarket.runs.intervals import Interval
from talentmarket.runs.validation.check import FALSE_ALARM, Check, Effort, around_mean, exactly
from talentmarket.runs.validation.markets import finished, theory
from talentmarket.scenario.schema import Scenario

GROUP = "Burdett-Mortensen"
LAST_MONTHS = 240
MONTHS = 12.0
SOURCE = "Burdett and Mortensen 1998, in months"


@dataclass(frozen=True)
class Monthly:
    """The equilibrium in months.

    Attributes
    ----------
    separation, offer
        Monthly probabilities.
    competition, productivity, reservation
        k, p and R of the posted distribution.
    """

    separation: float
    offer: float
    competition: float
    productivity: float
    reservation: float

    @property
    def unemployment(self) -> float:
        """Share of people outside at the end of a month."""
        return self.separation / (self.separation + self.offer)

    def posted(self, pay: np.ndarray) -> np.ndarray:
        """F at some pay."""
        left = np.clip((self.productivity - pay) / (self.productivity - self.reservation), 0.0, 1.0)
        k = self.competition
        return np.clip((1.0 + k) / k * (1.0 - np.sqrt(left)), 0.0, 1.0)

    def pay_at(self, rank: float) -> float:
        """Pay at a quantile of F."""
        left = (1.0 - rank * self.competition / (1.0 + self.competition)) ** 2
        return self.productivity - (self.productivity - self.reservation) * left

    def earned(self, rank: np.ndarray) -> np.ndarray:
        """G as a function of F: share of the employed whose pay is at most that quantile of posted pay."""
        worse = 1.0 - rank
        half = 1.0 - math.sqrt(1.0 - self.offer)
        inflow = (1.0 - half * worse) ** 2 - (1.0 - half) ** 2
        outflow = 1.0 - (1.0 - self.separation) * (1.0 - self.offer * worse)
        stock: np.ndarray = self.unemployment * inflow / outflow / (1.0 - self.unemployment)
        return stock

    def slope_at(self, rank: float) -> float:
        """Rise of pay with its quantile of F."""
        steepness = self.competition / (1.0 + self.competition)
        return 2.0 * (self.productivity - self.reservation) * steepness * (1.0 - rank * steepness)

    def mean_of(self, power: int) -> float:
        """Mean of earned pay to a power, by parts: w(1)**n - integral of n w**(n - 1) w' G."""

        def weighted(rank: float) -> float:
            earned = float(self.earned(np.array(rank)))
            return power * self.pay_at(rank) ** (power - 1) * self.slope_at(rank) * earned

        return self.pay_at(1.0) ** power - float(quad(weighted, 0.0, 1.0)[0])

    @property
    def moves(self) -> float:
        """Moves from job to job a year, for each of the employed: offers that beat the present pay."""
        beaten = float(quad(lambda rank: float(self.earned(np.array(rank))), 0.0, 1.0)[0])
        return MONTHS * (1.0 - self.separation) * self.offer * beaten


def equilibrium(scenario: Scenario) -> Monthly:
    """The equilibrium that a scenario of two posting labs must come to."""
    lab = scenario.labs[0]
    return Monthly(
        separation=-math.expm1(-lab.separation / MONTHS),
        offer=-math.expm1(-lab.contact / MONTHS),
        competition=lab.posting.competition,
        productivity=lab.posting.productivity * lab.pay_level,
        reservation=lab.posting.productivity * lab.posting.reservation * lab.pay_level,
    )


@dataclass(frozen=True)
class Continuous:
    """The closed forms of the article, for the rates d and l a year of a scenario."""

    unemployment: float
    mean: float
    spread: float
    moves: float


def continuous(scenario: Scenario) -> Continuous:
    """The article's closed forms; the spread from E[w**2] by integration of 1 - G."""
    lab = scenario.labs[0]
    k = lab.contact / lab.separation
    theory_of = equilibrium(scenario)
    p, reservation = theory_of.productivity, theory_of.reservation
    mean = (k * p + reservation) / (1.0 + k)
    square = theory_of.pay_at(1.0) ** 2 - float(
        quad(
            lambda rank: 2.0 * theory_of.pay_at(rank) * theory_of.slope_at(rank) * rank / (1.0 + k * (1.0 - rank)), 0, 1
        )[0]
    )
    moves = lab.separation * ((1.0 + k) * math.log(1.0 + k) / k - 1.0)
    return Continuous(1.0 / (1.0 + k), mean, math.sqrt(square - mean**2), moves)


def _over_the_last_months(one: Replicate) -> tuple[float, float]:
    """Share of people unemployed, and moves from job to job a year for each of the employed."""
    jobs = len(one.scenario.labs) - 1
    moves = one.world.flows[-LAST_MONTHS:, :jobs, :jobs].sum()
    heads = one.world.months["headcount"][-LAST_MONTHS - 1 : -1]
    employed = heads[:, :jobs].sum()
    return float(1.0 - employed / heads.sum()), float(MONTHS * moves / employed)


def _earned_pay(one: Replicate) -> np.ndarray:
    """Pay of the employed at the end."""
    people = one.world.researchers
    pay: np.ndarray = people["pay"][people["lab"] != len(one.scenario.labs) - 1]
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
    unemployed, moves = np.array([_over_the_last_months(one) for one in worlds]).T
    pay = [_earned_pay(one) for one in worlds]
    mean = monthly.mean_of(1)
    spread = math.sqrt(monthly.mean_of(2) - mean**2)
    means, spreads = np.array([[each.mean(), each.std()] for each in pay]).T
    return [
        _line("unemployment", "share", (monthly.unemployment, always.unemployment), unemployed),
        _line("mean earned pay", "M$ a year", (mean, always.mean), means),
        _line("standard deviation of earned pay", "M$ a year", (spread, always.spread), spreads),
        _distribution(np.concatenate(pay), monthly),
        _line("moves from job to job", "a year", (monthly.moves, always.moves), moves),
    ]
