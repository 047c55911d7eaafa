"""Offers: written by recruiters, read by the choice, and kept waiting where moves need a transfer window.

The offers to one researcher are chained from the latest one of the month on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.market.jobs.transfer_rules import after_fee, must_wait, transfer_fee
from talentmarket.market.money.packages import Package
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Lab, Offer, Records
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE, OFFERS_WAITING, World


@compiled
def next_row(rows: Records[Offer], counts: np.ndarray, place: int) -> Offer:
    """The next free one of the offers whose number stands in `counts[place]`."""
    row = counts[place]
    if row == rows.size:
        raise RuntimeError("more offers than there is room for")
    counts[place] += 1
    return rows[row]


@inlined
def chain(world: World, offer: Offer) -> None:
    """Put the latest offer at the head of those to its researcher."""
    person = world.researchers[offer.researcher]
    offer.next_offer = person.latest_offer
    person.latest_offer = world.counts[OFFERS_MADE] - 1


@inlined
def make_offer(world: World, researcher: int, lab: int, package: Package, month: int) -> Offer:
    """Write an offer of a lab, without a campaign behind it, and return its record.

    Where the buyer bears a transfer fee, the offer is what it leaves of the package. Where moves wait for a window, it is
    put with those that wait.
    """
    setting = world.setting[0]
    person = world.researchers[researcher]
    waits = must_wait(setting, person, lab, month)
    fee = transfer_fee(setting, person, lab, package, month)
    if waits:
        offer = next_row(world.waiting, world.counts, OFFERS_WAITING)
    else:
        offer = next_row(world.offers, world.counts, OFFERS_MADE)
    offer.pay, offer.bonus, offer.stock, offer.vesting = after_fee(setting, package, fee, month)
    offer.fee = fee
    offer.researcher = researcher
    offer.lab = lab
    offer.approach = NOBODY
    offer.chosen = False
    offer.counter = 0.0
    offer.by_practice = False
    offer.title = 0.0
    if not waits:
        chain(world, offer)
    return offer


class Proposal(NamedTuple):
    """An offer that is not written down, for whoever answers it at once: what the choice asks of an offer."""

    researcher: int
    lab: int
    pay: float
    bonus: float
    stock: float
    vesting: int


@compiled
def package_of(offer: Offer | Proposal) -> Package:
    """What an offer pays."""
    return Package(offer.pay, offer.bonus, offer.stock, int(offer.vesting))


@compiled
def answers(lab: Lab) -> bool:
    """Whether a lab answers the offers to its people with a counter-offer or a title."""
    return lab.counter_share > 0.0 or lab.title > 0.0 or lab.practice_share > 0.0


@compiled
def anyone_answers(labs: Records[Lab]) -> bool:
    """Whether any lab answers; where none does, nobody has to look through the month's offers."""
    anyone = False
    for number in range(labs.size):
        anyone = anyone or answers(labs[number])
    return anyone
