"""The stock of every lab moves: a lognormal step, now and then a success jump, and repricings by events.

ln S_t = ln S_{t-1} + drift/12 + volatility sqrt(1/12) z + [success] ln(success_size) + repricing
"""

from __future__ import annotations

import math

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.world import World

LOWEST_INDEX, HIGHEST_INDEX = 1e-30, 1e30  # keeps a century of extreme growth or decay finite


@compiled
def move_stock(world: World, month: int) -> None:
    """Write this month's index of every lab."""
    for number in range(world.labs.size):
        lab = world.labs[number]
        w0, w1, w2, _ = chance.words(world.key, chance.STOCK, number, 0, month)
        change = lab.repricing + lab.drift + lab.volatility * chance.normal_of(w0, w1)
        if chance.unit(w2) < lab.success_probability:
            change += lab.success_log
        lab.repricing = 0.0
        lab.stock[month] = min(max(lab.stock[month - 1] * math.exp(change), LOWEST_INDEX), HIGHEST_INDEX)
