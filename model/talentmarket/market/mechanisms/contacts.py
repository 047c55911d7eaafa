"""Recruiters of every lab reach people elsewhere, at random, with an ordinary offer.

P(lab l reaches i in a month) = 1 - exp(-contact_l/12 * talent_i**contact_talent), people outside `reach_outside` times
as often. The offer is current pay times a lognormal premium of mean `premium_mean`, or posted pay (`posting.py`).
"""

from __future__ import annotations

from talentmarket.market import chance
from talentmarket.market.arrivals import block_ends, blocks, event, gap, struck
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import NOBODY
from talentmarket.market.ordinary import offer_job


@compiled
def is_passed_over(setting, lab, person, word):
    """Whether a call that would have reached someone at a lab is not made because this one is outside."""
    return (
        person.lab == setting.outside and chance.unit(word) * lab.contact_bound >= lab.contact * setting.reach_outside
    )


@inlined
def reach_block(world, block, number, month):
    """The calls of one lab in one block of researchers."""
    lab = world.labs[number]
    first, last, length = block_ends(world.line, block, world.researchers.size)
    place = 0.0
    nth = 0
    previous = NOBODY
    while True:
        w0, w1, w2, w3 = event(world.key, chance.CONTACT, block, number, nth, month)
        nth += 1
        place += gap(w0, lab.contact_bound)
        if place >= length:
            return
        if chance.unit(w1) * lab.contact_bound >= lab.contact:
            continue
        who = struck(world.line, first, last, place)
        person = world.researchers[who]
        if who == previous or person.lab == number or person.joined == month:
            continue
        if is_passed_over(world.setting[0], lab, person, w1):
            continue
        previous = who
        offer_job(world, who, number, (w2, w3), month)


@compiled
def contact(world, month):
    """All ordinary offers of the month."""
    for block in range(blocks(world.researchers.size)):
        for number in range(world.labs.size):
            if world.labs[number].contact_bound > 0.0:
                reach_block(world, block, number, month)
