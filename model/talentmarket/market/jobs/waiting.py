"""Whoever would leave waits for stock that is about to vest, and leaves in the month after it has.

It is the first tranche of special stock within `patience` months that is worth more, at today's price, than running pay until
then. Quits rise after vesting, with a delay of months (Gong, Zhang and Zhou 2026). A new job ends the wait.
"""

from __future__ import annotations

from talentmarket.market.money.clawback import owed
from talentmarket.market.money.packages import price_of, wage_index
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Job, Lab, Researcher, Setting, Tier
from talentmarket.market.records.limits import LAST_MONTH
from talentmarket.market.records.world import WAITING_TO_LEAVE, World


@compiled
def months_until_tranche(setting: Setting, person: Researcher, job: Job, lab: Lab, tier: Tier, month: int) -> int:
    """Months until the tranche that is worth waiting for; 0 if there is none.

    A tranche that would be paid back is worth nothing, and what is no longer paid back then is part of it.
    """
    price = price_of(person, lab, month)
    monthly_pay = person.pay * wage_index(setting, month) / 12.0
    freed = owed(person, job, tier, month)
    age = month - person.granted
    for wait in range(1, min(setting.patience, LAST_MONTH - age) + 1):
        tranche = price * (tier.vested[age + wait] - tier.vested[age + wait - 1])
        if month + wait + 1 >= job.clawback_end and tranche + freed > wait * monthly_pay:
            return wait
    return 0


@inlined
def waits(world: World, researcher: int, month: int) -> bool:
    """Whether someone who would leave waits; from now on if there is something to wait for."""
    job = world.jobs[researcher]
    if job.leaves > 0:
        return True
    person = world.researchers[researcher]
    tier = world.tiers[person.vesting]
    wait = months_until_tranche(world.setting[0], person, job, world.labs[person.lab], tier, month)
    if wait == 0:
        return False
    job.leaves = month + wait + 1
    world.leaving[world.counts[WAITING_TO_LEAVE]] = researcher
    world.counts[WAITING_TO_LEAVE] += 1
    return True
