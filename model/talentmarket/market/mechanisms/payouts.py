"""Special packages pay as they vest: each month's tranche, at the price of its day, to those who are still there.

What the first day pays, bonus and first tranche, is counted when the job starts (`moves.py`).
"""

from __future__ import annotations

from talentmarket.market.jobs.moving import still_there
from talentmarket.market.money.packages import price_of
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.campaigns import Tier
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.limits import LAST_MONTH
from talentmarket.market.records.people import Researcher
from talentmarket.market.records.world import APPROACHES_MADE, World


@compiled
def tranche(person: Researcher, lab: Lab, tier: Tier, month: int) -> float:
    """M$ of special stock that vests in a month, at its price."""
    age = month - person.granted
    if person.grant == 0.0 or age < 1 or age > LAST_MONTH:
        return 0.0
    return price_of(person, lab, month) * (tier.vested[age] - tier.vested[age - 1])


@compiled
def pay_out(world: World, month: int) -> None:
    """Count what the special packages of earlier months' hires pay this month."""
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        if still_there(world, approach):
            person = world.researchers[approach.researcher]
            lab = world.labs[person.lab]
            tier = world.tiers[person.vesting]
            world.months[month, person.lab].spend_paid += tranche(person, lab, tier, month)
