"""Every choice of one researcher in a run: the months in which they had an offer, what they weighed, and what lay on the table.

The offers of a month are forgotten at its end, so the market is run once more beside the one that is looked at: the same
scenario and replicate give the same offers. It goes on from where it is, so that a month more costs a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.choice.explanation import taken_without
from talentmarket.market.choice.preferences import noise, offer_terms, offer_value, staying_terms, staying_value
from talentmarket.market.choice.terms import Terms
from talentmarket.market.mechanisms.choice import STAY, best_option
from talentmarket.market.month import run_from_choice, run_until_choice
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY, PARTS
from talentmarket.market.records.world import World
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.schema import Scenario

MOST_OPTIONS = 32
TERMS = Terms._fields
ASKED_WITHOUT = len(PARTS)


@dataclass(frozen=True)
class Option:
    """Staying, or an offer.

    Attributes
    ----------
    lab
        Where.
    offered
        Whether it is an offer; staying is not.
    by_campaign
        Whether a campaign made it.
    terms
        Log-odds of each of `TERMS`.
    noise
        The draw on top, in log-odds.
    chosen
        Whether it won.
    """

    lab: str
    offered: bool
    by_campaign: bool
    terms: dict[str, float]
    noise: float
    chosen: bool

    @property
    def value(self) -> float:
        """Sum of the terms, in log-odds, without the noise."""
        return sum(self.terms.values())


@dataclass(frozen=True)
class Offer:
    """An offer that was weighed.

    Attributes
    ----------
    option
        Its terms in log-odds, and whether it won.
    approach
        Row of `approaches_table`, or NOBODY for an ordinary offer.
    pay
        M$ a year in the wages of the month.
    package
        M$ of bonus and stock on top.
    but_for
        The parts of `PARTS` without any one of which it would have been the one taken, with the same noise.
    """

    option: Option
    approach: int
    pay: float
    package: float
    but_for: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A month in which a researcher had at least one offer: staying at its pay (M$ a year), and the offers, latest first."""

    month: int
    staying: Option
    pay: float
    offers: tuple[Offer, ...]


@compiled
def write_terms(row: np.ndarray, terms: Terms, noise: float) -> None:
    """Write terms and noise into a row of numbers."""
    for place in range(len(terms)):
        row[place] = terms[place]
    row[len(terms)] = noise


@compiled
def weigh(world: World, researcher: int, month: int, terms: np.ndarray, origin: np.ndarray) -> int:
    """Fill `terms` (options, terms + 1) with terms and noise and `origin` (options, 3 + parts) with where each came from.

    That is the lab, campaign or not, won or not, and for each of `PARTS` whether it would have won without that. The first row
    is staying. Returns the number of options.
    """
    home = int(world.researchers[researcher].lab)
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        offer = world.offers[row]
        offer.value = offer_value(world, row, month)
        row = offer.next_offer
    best = best_option(world, researcher, staying_value(world, researcher, month))
    write_terms(terms[0], staying_terms(world, researcher, month), noise(world, researcher, home, month))
    origin[0, 0], origin[0, 1], origin[0, 2] = home, 0, 1 if best == STAY else 0
    number = 1
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY and number < terms.shape[0]:
        offer = world.offers[row]
        write_terms(terms[number], offer_terms(world, row, month), noise(world, researcher, offer.lab, month))
        origin[number, 0] = offer.lab
        origin[number, 1] = 0 if offer.approach == NOBODY else 1
        origin[number, 2] = 1 if best == row else 0
        for part in range(ASKED_WITHOUT):
            origin[number, 3 + part] = 1 if taken_without(world, row, part, month) else 0
        number += 1
        row = offer.next_offer
    return number


class Onlooker:
    """Follows one researcher through a run of their own.

    Parameters
    ----------
    scenario, replicate
        The market.
    researcher
        Their number.

    Attributes
    ----------
    month : int
        Months followed so far.
    choices : list of Choice
        Every month so far in which there was an offer.
    """

    def __init__(self, scenario: Scenario, replicate: int, researcher: int) -> None:
        run = scenario.run.model_copy(update={"moves": "none"})  # nobody reads this market's moves
        self._market = Replicate(scenario.model_copy(update={"run": run}), replicate)
        self._last = scenario.run.months
        self._names = [lab.name for lab in scenario.labs]
        self._terms = np.zeros((MOST_OPTIONS, len(TERMS) + 1))
        self._origin = np.zeros((MOST_OPTIONS, 3 + ASKED_WITHOUT), dtype=np.int64)
        self.researcher = researcher
        self.month = 0
        self.choices: list[Choice] = []

    def advance(self, month: int) -> None:
        """Follow to a month, at most the last one of the scenario."""
        world = self._market.world
        while self.month < min(month, self._last):
            self.month = self._market.begin_month()
            run_until_choice(world, self.month)
            if world.researchers[self.researcher].latest_offer != NOBODY:
                self.choices.append(self._choice())
            run_from_choice(world, self.month)
            self._market.month = self.month

    def _choice(self) -> Choice:
        world, month = self._market.world, self.month
        number = weigh(world, self.researcher, month, self._terms, self._origin)
        wages = float(world.setting[0].wages[month])
        offers = []
        row = int(world.researchers[self.researcher].latest_offer)
        for place in range(1, number):
            offer = world.offers[row]
            package = float(offer.bonus + offer.stock)
            but_for = tuple(part for part, won in zip(PARTS, self._origin[place, 3:], strict=True) if won)
            offers.append(Offer(self._option(place), int(offer.approach), float(offer.pay) * wages, package, but_for))
            row = int(offer.next_offer)
        pay = float(world.researchers[self.researcher].pay) * wages
        return Choice(month, self._option(0), pay, tuple(offers))

    def _option(self, row: int) -> Option:
        lab, by_campaign, chosen = self._origin[row, :3].tolist()
        *terms, noise = self._terms[row].tolist()
        by_name = dict(zip(TERMS, terms, strict=True))
        return Option(self._names[lab], row > 0, bool(by_campaign), by_name, noise, bool(chosen))
