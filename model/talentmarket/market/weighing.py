"""What a researcher weighed in a month: the terms of staying and of each offer, and the noise that came on top.

The book of offers is emptied every month, so the market is run again up to the choice: the same scenario, replicate and
month give the same offers, and looking changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.market.choice.preferences import Terms, noise, offer_terms, offer_value, staying_terms, staying_value
from talentmarket.market.mechanisms.campaigns import raid
from talentmarket.market.mechanisms.choice import best_option
from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.mechanisms.payouts import pay_out
from talentmarket.market.mechanisms.referrals import refer
from talentmarket.market.mechanisms.responses import respond
from talentmarket.market.mechanisms.returns import go_back
from talentmarket.market.mechanisms.search import search
from talentmarket.market.mechanisms.separation import separate
from talentmarket.market.mechanisms.settling import settle_in
from talentmarket.market.mechanisms.stock import move_stock
from talentmarket.market.mechanisms.transfers import release
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.schema import Scenario

MOST_OPTIONS = 32
TERMS = Terms._fields


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


@compiled
def until_choice(world, month):
    """The month up to the choice, as `month.step` does it; a test holds the two together."""
    settle_in(world, month)
    move_stock(world, month)
    pay_out(world, month)
    separate(world, month)
    go_back(world, month)
    contact(world, month)
    search(world, month)
    refer(world, month)
    raid(world, month)
    release(world, month)
    respond(world, month)


@compiled
def write_terms(row, terms, luck):
    """Write terms and noise into a row of numbers."""
    for place in range(len(terms)):
        row[place] = terms[place]
    row[len(terms)] = luck


@compiled
def weigh(world, who, month, found, origin):
    """Fill `found` (options, terms + 1) with terms and noise and `origin` (options, 3) with lab, campaign or not, won or not.

    The first row is staying. Returns the number of options.
    """
    home = int(world.researchers[who].lab)
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        offer = world.book[row]
        offer.value = offer_value(world, row, month)
        row = offer.following
    best = best_option(world, who, staying_value(world, who, month))
    write_terms(found[0], staying_terms(world, who, month), noise(world, who, home, month))
    origin[0, 0], origin[0, 1], origin[0, 2] = home, 0, 1 if best == NOBODY else 0
    number = 1
    row = int(world.researchers[who].first_offer)
    while row != NOBODY and number < found.shape[0]:
        offer = world.book[row]
        write_terms(found[number], offer_terms(world, row, month), noise(world, who, offer.lab, month))
        origin[number, 0] = offer.lab
        origin[number, 1] = 0 if offer.approach == NOBODY else 1
        origin[number, 2] = 1 if best == row else 0
        number += 1
        row = offer.following
    return number


def options_of(scenario: Scenario, replicate: int, who: int, month: int) -> list[Option]:
    """Staying and every offer that a researcher weighed in a month, staying first; only staying without an offer.

    Parameters
    ----------
    scenario, replicate
        The market.
    who
        Number of the researcher.
    month
        1 for the first.
    """
    market = Replicate(scenario, replicate)
    market.advance(month - 1)
    market.begin_month()
    until_choice(market.world, month)
    found, origin = np.zeros((MOST_OPTIONS, len(TERMS) + 1)), np.zeros((MOST_OPTIONS, 3), dtype=np.int64)
    number = weigh(market.world, who, month, found, origin)
    names = [lab.name for lab in scenario.labs]
    return [
        Option(
            lab=names[origin[row, 0]],
            offered=row > 0,
            by_campaign=bool(origin[row, 1]),
            terms=dict(zip(TERMS, found[row, :-1].tolist(), strict=True)),
            noise=float(found[row, -1]),
            chosen=bool(origin[row, 2]),
        )
        for row in range(number)
    ]
