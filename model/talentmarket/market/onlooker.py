"""Every choice of one researcher in a run: the months in which they had an offer, what they weighed, and what lay on the table.

The book of offers is emptied every month, so the market is run once more beside the one that is looked at: the same
scenario and replicate give the same offers. It goes on from where it is, so that a month more costs a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.mechanisms.choice import choose
from talentmarket.market.mechanisms.culture import change_culture
from talentmarket.market.mechanisms.growth import grow
from talentmarket.market.mechanisms.moves import carry_out_moves
from talentmarket.market.mechanisms.output import produce
from talentmarket.market.mechanisms.promises import keep_promises
from talentmarket.market.month import write_month
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.simulate import Replicate
from talentmarket.market.weighing import MOST_OPTIONS, TERMS, Option, until_choice, weigh
from talentmarket.scenario.schema import Scenario


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
    """

    option: Option
    approach: int
    pay: float
    package: float


@dataclass(frozen=True)
class Choice:
    """A month in which a researcher had at least one offer: staying at its pay (M$ a year), and the offers, latest first."""

    month: int
    staying: Option
    pay: float
    offers: tuple[Offer, ...]


@compiled
def from_choice(world, month):
    """The month from the choice on, as `month.step` does it; a test holds the two together."""
    choose(world, month)
    keep_promises(world, month)
    carry_out_moves(world, month)
    change_culture(world, month)
    produce(world, month)
    grow(world, month)
    write_month(world, month)


class Onlooker:
    """Follows one researcher through a run of their own.

    Parameters
    ----------
    scenario, replicate
        The market.
    who
        Number of the researcher.

    Attributes
    ----------
    month : int
        Months followed so far.
    choices : list of Choice
        Every month so far in which there was an offer.
    """

    def __init__(self, scenario: Scenario, replicate: int, who: int) -> None:
        run = scenario.run.model_copy(update={"moves": "none"})  # nobody reads this market's moves
        self._market = Replicate(scenario.model_copy(update={"run": run}), replicate)
        self._last = scenario.run.months
        self._names = [lab.name for lab in scenario.labs]
        self._found = np.zeros((MOST_OPTIONS, len(TERMS) + 1))
        self._origin = np.zeros((MOST_OPTIONS, 3), dtype=np.int64)
        self.who = who
        self.month = 0
        self.choices: list[Choice] = []

    def advance(self, month: int) -> None:
        """Follow to a month, at most the last one of the scenario."""
        world = self._market.world
        while self.month < min(month, self._last):
            self.month = self._market.begin_month()
            until_choice(world, self.month)
            if world.researchers["first_offer"][self.who] != NOBODY:
                self.choices.append(self._choice())
            from_choice(world, self.month)
            self._market.month = self.month

    def _choice(self) -> Choice:
        world, month = self._market.world, self.month
        number = weigh(world, self.who, month, self._found, self._origin)
        wages = float(world.setting["wages"][0, month])
        offers = []
        row = int(world.researchers["first_offer"][self.who])
        for place in range(1, number):
            offer = world.book[row]
            package = float(offer["bonus"] + offer["stock"])
            offers.append(Offer(self._option(place), int(offer["approach"]), float(offer["pay"]) * wages, package))
            row = int(offer["following"])
        pay = float(world.researchers["pay"][self.who]) * wages
        return Choice(month, self._option(0), pay, tuple(offers))

    def _option(self, row: int) -> Option:
        lab, by_campaign, chosen = self._origin[row].tolist()
        *terms, noise = self._found[row].tolist()
        by_name = dict(zip(TERMS, terms, strict=True))
        return Option(self._names[lab], row > 0, bool(by_campaign), by_name, noise, bool(chosen))
