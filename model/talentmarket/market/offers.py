"""The month's offers: written by recruiters, read by the choice."""

from __future__ import annotations

from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import NOBODY
from talentmarket.market.state import OFFERS_MADE


@inlined
def make_offer(world, who, lab, terms, approach):
    """Write an offer into the book and return its row; `terms` are (pay in wages of the first month, bonus, stock, schedule)."""
    row = world.counts[OFFERS_MADE]
    if row == world.book.size:
        raise RuntimeError("more offers in one month than the book has room for")
    world.counts[OFFERS_MADE] += 1
    person = world.researchers[who]
    offer = world.book[row]
    offer.pay, offer.bonus, offer.stock, offer.schedule = terms
    offer.who = who
    offer.lab = lab
    offer.approach = approach
    offer.chosen = False
    offer.counter = 0.0
    offer.title = 0.0
    offer.following = person.first_offer
    person.first_offer = row
    return row


@compiled
def terms_of(offer):
    """The terms of an offer: (pay in wages of the first month, bonus, stock, schedule)."""
    return offer.pay, offer.bonus, offer.stock, offer.schedule


@compiled
def clear(world):
    """Forget the month's offers."""
    for row in range(world.counts[OFFERS_MADE]):
        world.researchers[world.book[row].who].first_offer = NOBODY
    world.counts[OFFERS_MADE] = 0
