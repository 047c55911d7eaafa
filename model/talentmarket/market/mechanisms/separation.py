"""People leave their lab for reasons outside the model, at a constant rate of their lab's, and go outside.

P(exit in a month) = 1 - exp(-separation/12). They get the ordinary terms outside and lose what has not vested.
"""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.arrivals import block_ends, blocks, draw_events, draw_gaps, struck
from talentmarket.market.jobs.moving import move
from talentmarket.market.money.packages import Package, ordinary_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import BY_SEPARATION
from talentmarket.market.records.world import DRAWS_AT_ONCE, World

EVENLY = np.zeros(0)


@inlined
def separate_block(world: World, block: int, month: int) -> None:
    """The separations of one block of researchers."""
    setting = world.setting[0]
    words = world.workspace.words
    first, last, length = block_ends(EVENLY, block, world.researchers.size)
    place = 0.0
    drawn = 0
    while True:
        draw_events(world, chance.SEPARATION, block, 0, drawn, month)
        draw_gaps(world.workspace, setting.separation_bound)
        for nth in range(DRAWS_AT_ONCE):
            place += world.workspace.gaps[nth]
            if place >= length:
                return
            researcher = struck(EVENLY, first, last, place)
            person = world.researchers[researcher]
            if chance.unit(words[1, nth]) * setting.separation_bound < world.labs[person.lab].separation:
                pay = ordinary_pay(setting, world.labs[setting.outside], person)
                move(world, researcher, setting.outside, Package(pay, 0.0, 0.0, 0), BY_SEPARATION, month)
        drawn += DRAWS_AT_ONCE


@compiled
def separate(world: World, month: int) -> None:
    """Send this month's separations outside."""
    if world.setting[0].separation_bound > 0.0:
        for block in range(blocks(world.researchers.size)):
            separate_block(world, block, month)
