"""The equilibrium of Burdett and Mortensen (1998), in continuous time and in months.

Separations at rate d, offers at rate l on and off the job, k = l/d, productivity p, reservation pay R:

    posted F(w) = (1 + k)/k (1 - sqrt((p - w)/(p - R))),   earned G = F/(1 + k (1 - F)),   unemployment 1/(1 + k),
    mean earned pay (k p + R)/(1 + k),   moves from job to job a year d ((1 + k) ln(1 + k)/k - 1).

The model moves in months, in which the order is: separations, offers, moves; who has separated this month gets no offer
before the next. `Monthly` is the same theory in such months. With s and q the monthly probabilities of a separation
and of an offer, and h that of an offer by each of the two labs to someone unemployed, the stock of those paid up to w is

    E(w) (1 - (1 - s)(1 - q (1 - F))) = U ((1 - h (1 - F))**2 - (1 - h)**2),   U = s/(s + q),   1 - q = (1 - h)**2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.integrate import quad

from talentmarket.scenario.schema import Scenario

MONTHS = 12.0


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
