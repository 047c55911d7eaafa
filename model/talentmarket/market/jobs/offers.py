"""Offers: written by recruiters, read by the choice, and kept waiting where moves need a transfer window.

The book holds the offers of the month, those to one person chained from the latest one on.
"""

from __future__ import annotations

from talentmarket.market.jobs.transfer_terms import after_fee, must_wait, transfer_fee
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import OFFERS_MADE, OFFERS_WAITING


@compiled
def next_row(rows, counts, place):
    """The next free record of a book whose number of rows stands in `counts[place]`."""
    row = counts[place]
    if row == rows.size:
        raise RuntimeError("more offers than the book has room for")
    counts[place] += 1
    return rows[row]


@inlined
def chain(world, offer):
    """Put the latest record of the book at the head of the offers to its researcher."""
    person = world.researchers[offer.who]
    offer.following = person.first_offer
    person.first_offer = world.counts[OFFERS_MADE] - 1


@inlined
def make_offer(world, who, lab, terms, month):
    """Write an ordinary offer and return its record; `terms` are (pay in wages of the first month, bonus, stock, schedule).

    Where the buyer bears a transfer fee, the terms are what it leaves.
    """
    setting = world.setting[0]
    person = world.researchers[who]
    waits = must_wait(setting, person, lab, month)
    fee = transfer_fee(setting, person, lab, terms, month)
    left = after_fee(setting, terms, fee, month)
    if waits:
        offer = next_row(world.waiting, world.counts, OFFERS_WAITING)
    else:
        offer = next_row(world.book, world.counts, OFFERS_MADE)
    offer.pay, offer.bonus, offer.stock, offer.schedule = left
    offer.fee = fee
    offer.who = who
    offer.lab = lab
    offer.approach = NOBODY
    offer.chosen = False
    offer.counter = 0.0
    offer.title = 0.0
    if not waits:
        chain(world, offer)
    return offer


@compiled
def terms_of(offer):
    """The terms of an offer: (pay in wages of the first month, bonus, stock, schedule)."""
    return offer.pay, offer.bonus, offer.stock, offer.schedule


@compiled
def take_back(world):
    """Forget the latest offer of the book."""
    world.counts[OFFERS_MADE] -= 1
    offer = world.book[world.counts[OFFERS_MADE]]
    world.researchers[offer.who].first_offer = offer.following
