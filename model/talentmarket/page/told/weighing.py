"""What was weighed for every offer of a raid: the market is run once more beside the one that is looked at.

The offers of a month are forgotten at its end. The same scenario and seed give the same offers, and the second market goes
no further than the last month in which a raid asks anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.inspect import ASKED_WITHOUT, MOST_OPTIONS, TERMS, weigh
from talentmarket.market.month import run_from_choice, run_until_choice
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.schema import Scenario


@dataclass(frozen=True)
class Weighing:
    """A raid's offer as it was weighed.

    Attributes
    ----------
    approach
        Row of `approaches_table`.
    month
        When it was decided.
    terms
        By how much each term speaks for going, in log-odds, and `chance`, the noise.
    taken
        Whether it was accepted.
    """

    approach: int
    month: int
    terms: dict[str, float]
    taken: bool


class Weighings:
    """Every offer of the raids of a scenario, as far as it has been followed.

    Parameters
    ----------
    scenario
        The market.

    Attributes
    ----------
    told : list of Weighing
        In the order of the months.
    """

    def __init__(self, scenario: Scenario) -> None:
        run = scenario.run.model_copy(update={"moves": "none"})  # nobody reads this market's moves
        self._scenario = scenario.model_copy(update={"run": run})
        self._last = min(last_month(scenario), scenario.run.months)
        self._market: Replicate | None = None
        self._month = 0
        self.told: list[Weighing] = []

    def advance(self, month: int) -> None:
        """Follow to a month; the market is built when the first raid begins, and given up after the last."""
        first = min((campaign.start for campaign in self._scenario.campaigns), default=month + 1)
        if month < first or self._month >= self._last:
            return
        if self._market is None:
            self._market = Replicate(self._scenario, 0)
            self._market.advance(first - 1)
        while self._market.month < min(month, self._last):
            self._step(self._market)
        self._month = self._market.month
        if self._month >= self._last:
            self._market = None

    def _step(self, market: Replicate) -> None:
        month = market.begin_month()
        run_until_choice(market.world, month)
        offers = market.world.offers[: market.world.counts[OFFERS_MADE]]
        for researcher in np.unique(offers["researcher"][offers["approach"] != NOBODY]).tolist():
            self._weigh(market, researcher, month)
        run_from_choice(market.world, month)
        market.month = month

    def _weigh(self, market: Replicate, researcher: int, month: int) -> None:
        """Write down every raid's offer that somebody has this month; the latest offer stands first, as in `weigh`."""
        terms = np.zeros((MOST_OPTIONS, len(TERMS) + 1))
        origin = np.zeros((MOST_OPTIONS, 3 + ASKED_WITHOUT), dtype=np.int64)
        number = weigh(market.world, researcher, month, terms, origin)
        row = int(market.world.researchers[researcher].latest_offer)
        for place in range(1, number):
            offer = market.world.offers[row]
            if offer.approach != NOBODY:
                spoke = dict(zip((*TERMS, "chance"), (terms[place] - terms[0]).tolist(), strict=True))
                self.told.append(Weighing(int(offer.approach), month, spoke, bool(origin[place, 2])))
            row = int(offer.next_offer)


def last_month(scenario: Scenario) -> int:
    """The last month in which an offer of a raid can be decided; 0 without a raid."""
    waits = 12 if scenario.transfer.windows else 0
    return max((campaign.start + campaign.months - 1 + waits for campaign in scenario.campaigns), default=0)


def compile_weighing(scenario: Scenario) -> None:
    """Compile what an offer is weighed by, or load what was compiled, before anyone waits for it."""
    world = Replicate(scenario, 0).world
    weigh(world, 0, 0, np.zeros((MOST_OPTIONS, len(TERMS) + 1)), np.zeros((MOST_OPTIONS, 3 + ASKED_WITHOUT), np.int64))
