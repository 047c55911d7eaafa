"""Those whom a campaign has won."""

from __future__ import annotations

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import STARTED


@compiled
def still_there(world, approach):
    """Whether the hire of an approach still holds that job."""
    person = world.researchers[approach.who]
    raider = world.campaigns[approach.campaign].lab
    return approach.outcome == STARTED and person.lab == raider and person.joined == approach.decided
