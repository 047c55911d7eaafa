"""Under a transfer system offers from lab to lab wait for a window, as football clubs have it.

They are weighed when one opens, or as soon as their researcher is no longer at a lab.
"""

from __future__ import annotations

from talentmarket.market.jobs.offers import chain, next_row
from talentmarket.market.jobs.transfer_rules import must_wait
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.world import OFFERS_MADE, OFFERS_WAITING, World


@compiled
def release(world: World, month: int) -> None:
    """Lay the offers that need wait no longer before those they were made to; drop those of a lab since joined."""
    kept = 0
    for row in range(world.counts[OFFERS_WAITING]):
        waiting = world.waiting[row]
        person = world.researchers[waiting.researcher]
        if must_wait(world.setting[0], person, waiting.lab, month) or person.joined == month:
            world.waiting[kept] = waiting
            kept += 1
        elif person.lab != waiting.lab:
            offer = next_row(world.offers, world.counts, OFFERS_MADE)
            world.offers[world.counts[OFFERS_MADE] - 1] = waiting
            chain(world, offer)
    world.counts[OFFERS_WAITING] = kept
