"""Recruiters of every lab reach people elsewhere, at random, with an ordinary offer.

P(lab l reaches i in a month) = 1 - exp(-contact_l/12 * talent_i**contact_talent), people outside `reach_outside` times
as often. The offer is current pay times a lognormal premium of mean `premium_mean`, or posted pay (`posting.py`).
"""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.arrivals import block_ends, blocks, event, gap, struck
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import NOBODY, PAY_HIGHEST
from talentmarket.market.offers import make_offer
from talentmarket.market.posting import PREMIUM, posted_pay


@compiled
def premium(lab, word_0, word_1):
    """Offered over current pay."""
    return math.exp(lab.premium_mu + lab.premium_sigma * chance.normal_of(word_0, word_1))


@compiled
def offered_pay(setting, lab, person, words):
    """M$ a year, in wages of the first month, of an ordinary offer drawn from two words."""
    if lab.posting == PREMIUM:
        return min(person.pay * premium(lab, words[0], words[1]), PAY_HIGHEST)
    return min(posted_pay(setting, lab, person, words), PAY_HIGHEST)


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
        pay = offered_pay(world.setting[0], lab, person, (w2, w3))
        make_offer(world, who, number, (pay, 0.0, 0.0, 0), NOBODY)


@compiled
def contact(world, month):
    """All ordinary offers of the month."""
    for block in range(blocks(world.researchers.size)):
        for number in range(world.labs.size):
            if world.labs[number].contact_bound > 0.0:
                reach_block(world, block, number, month)
