"""Some who came with a raid go back within months, at their old pay.

P(going back in a month) = 1 - exp(-return_rate/12) while at most `return_months` have passed since the start.
"""

from __future__ import annotations

from talentmarket.market.jobs.moving import move, still_there
from talentmarket.market.money.packages import Package
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import BY_RETURN, WENT_BACK
from talentmarket.market.records.world import APPROACHES_MADE, World


@compiled
def go_back(world: World, month: int) -> None:
    """Send this month's early returns home."""
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        campaign = world.campaigns[approach.campaign]
        if month - approach.decided > campaign.return_months or not still_there(world, approach):
            continue
        probability = campaign.return_probability
        if chance.happens(world.key, chance.RETURN, approach.researcher, approach.campaign, month, probability):
            approach.outcome = WENT_BACK
            world.months[month, approach.home].returned += 1
            move(world, approach.researcher, approach.home, Package(approach.old_pay, 0.0, 0.0, 0), BY_RETURN, month)
