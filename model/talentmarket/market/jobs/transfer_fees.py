"""Who gets a transfer fee.

The lab left, but for the solidarity share, which goes to where the researcher was in the first month: the lab, or the
outside with its universities, that has brought the talent up.
"""

from __future__ import annotations

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.layout import NOBODY


@compiled
def first_employer(world, who):
    """Where someone was in the first month; the researchers of each lab stand in a row."""
    last = 0
    for number in range(world.labs.size):
        last += world.labs[number].planned
        if who < last:
            return number
    return NOBODY


@compiled
def settle_fee(world, offer, month):
    """Pay the fee of a move that is about to take place; who has meanwhile left for the outside is free."""
    seller = world.researchers[offer.who].lab
    if offer.fee == 0.0 or seller == world.setting[0].outside:
        return
    shared = offer.fee * world.setting[0].solidarity
    world.months[month, offer.lab].fees_paid += offer.fee
    world.months[month, seller].fees_received += offer.fee - shared
    world.months[month, first_employer(world, offer.who)].fees_received += shared
