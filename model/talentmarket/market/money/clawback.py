"""What of a package is paid back by whoever leaves too early.

Whoever leaves less than `clawback` months after the start pays back the bonus and what of the stock has vested by then, at the
price of the grant, as far as liquid wealth goes; the rest is forgiven.
"""

from __future__ import annotations

from talentmarket.market.money.packages import Package, liquid_wealth, vested_share
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Job, Researcher, Tier
from talentmarket.market.records.world import World


@compiled
def bind(job: Job, package: Package, tier: Tier, month: int) -> None:
    """Bind a job that begins with a package to what its tier claws back."""
    job.clawback_end = month + tier.clawback if tier.clawback > 0 else 0
    job.repayable = package.bonus if tier.clawback > 0 else 0.0


@compiled
def owed(person: Researcher, job: Job, tier: Tier, month: int) -> float:
    """M$ that leaving now makes someone owe: nothing once the months are over.

    Of stock awarded on top of a package only what had vested before counts, which is in `repayable`.
    """
    if month >= job.clawback_end:
        return 0.0
    of_package = person.granted == person.joined
    return job.repayable + (person.grant * vested_share(tier, month - person.granted) if of_package else 0.0)


@compiled
def keep_owing(person: Researcher, job: Job, tier: Tier, month: int) -> None:
    """Remember what is owed by now, before an award takes the place of the grant."""
    if month < job.clawback_end:
        job.repayable = owed(person, job, tier, month)


@inlined
def repayment(world: World, researcher: int, month: int) -> float:
    """M$ that someone would pay back on leaving now."""
    person = world.researchers[researcher]
    if person.vesting == 0:  # no special package
        return 0.0
    tier = world.tiers[person.vesting]
    due = owed(person, world.jobs[researcher], tier, month)
    return min(due, liquid_wealth(person, world.labs[person.lab], tier, month)) if due > 0.0 else 0.0
