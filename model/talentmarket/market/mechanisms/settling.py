"""Those who came twelve months ago are newcomers no longer, those who came sixty months ago no strangers."""

from __future__ import annotations

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.limits import NEWCOMER_MONTHS, STRANGER_MONTHS
from talentmarket.market.records.world import World


@compiled
def settle_in(world: World, month: int) -> None:
    """Empty the places of the rings that this month's arrivals will take."""
    for number in range(world.labs.size):
        lab = world.labs[number]
        lab.mercenaries[month % NEWCOMER_MONTHS] = 0
        lab.strangers[month % STRANGER_MONTHS] = 0.0
