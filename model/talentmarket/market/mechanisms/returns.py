"""Some who came with a raid go back within months, at their old pay.

P(going back in a month) = 1 - exp(-return_rate/12) while at most `return_months` have passed since the start.
"""

from __future__ import annotations

from talentmarket.market import chance
from talentmarket.market.compiled import compiled
from talentmarket.market.layout import LAST_MONTH
from talentmarket.market.moving import move
from talentmarket.market.record import BY_RETURN, STARTED, WENT_BACK
from talentmarket.market.state import APPROACHES_MADE


@compiled
def still_there(world, approach):
    """Whether the hire of an approach still holds that job."""
    person = world.researchers[approach.who]
    raider = world.campaigns[approach.campaign].lab
    return approach.outcome == STARTED and person.lab == raider and person.joined == approach.month


@compiled
def go_back(world, month):
    """Send this month's early returns home."""
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        campaign = world.campaigns[approach.campaign]
        if month - approach.month > campaign.return_months or not still_there(world, approach):
            continue
        probability = campaign.return_probability
        if chance.happens(world.key, chance.RETURN, approach.who, approach.campaign, month, probability):
            approach.outcome = WENT_BACK
            world.months[month, approach.home].returned += 1
            move(world, approach.who, approach.home, (approach.old_pay, 0.0, 0.0, 0), BY_RETURN, month)


@compiled
def paid(world, approach, month):
    """M$ that a raider's special package pays in a month: bonus and first tranche at the start, then what vests."""
    person = world.researchers[approach.who]
    lab = world.labs[person.lab]
    tier = world.tiers[person.schedule]
    age = month - person.granted
    if age == 0:
        return approach.bonus + person.grant * tier.vested[0]
    if age > LAST_MONTH:
        return 0.0
    return person.grant * (tier.vested[age] - tier.vested[age - 1]) * lab.stock[month] / lab.stock[person.granted]


@compiled
def pay_out(world, month):
    """Count what the raiders' special packages pay this month."""
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        if still_there(world, approach):
            raider = world.campaigns[approach.campaign].lab
            world.months[month, raider].spend_paid += paid(world, approach, month)
