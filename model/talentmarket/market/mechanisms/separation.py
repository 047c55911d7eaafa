"""People leave their lab for reasons outside the model, at a constant rate of their lab's, and go outside.

P(exit in a month) = 1 - exp(-separation/12). They get the ordinary terms outside and lose what has not vested.
"""

from __future__ import annotations

import numpy as np

from talentmarket.market import chance
from talentmarket.market.arrivals import block_ends, blocks, event, gap, struck
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.moving import move
from talentmarket.market.packages import ordinary_pay
from talentmarket.market.record import BY_SEPARATION

EVENLY = np.zeros(0)


@inlined
def separate_block(world, block, month):
    """The separations of one block of researchers."""
    setting = world.setting[0]
    first, last, length = block_ends(EVENLY, block, world.researchers.size)
    place = 0.0
    number = 0
    while True:
        w0, w1, _, _ = event(world.key, chance.SEPARATION, block, 0, number, month)
        number += 1
        place += gap(w0, setting.separation_bound)
        if place >= length:
            return
        who = struck(EVENLY, first, last, place)
        person = world.researchers[who]
        if chance.unit(w1) * setting.separation_bound < world.labs[person.lab].separation:
            pay = ordinary_pay(setting, world.labs[setting.outside], person)
            move(world, who, setting.outside, (pay, 0.0, 0.0, 0), BY_SEPARATION, month)


@compiled
def separate(world, month):
    """Send this month's separations outside."""
    if world.setting[0].separation_bound > 0.0:
        for block in range(blocks(world.researchers.size)):
            separate_block(world, block, month)
