"""Changes of a package without a move: a raise, and an award of stock.

Whoever holds a special package already has one afterwards: what has vested becomes wealth, and what has not joins the
award and vests by its schedule.
"""

from __future__ import annotations

from talentmarket.market.money.clawback import keep_owing
from talentmarket.market.money.packages import liquid_wealth, unvested_stock, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.world import World
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.newcomers import notice, set_compensation


@compiled
def raise_pay(world: World, researcher: int, amount: float, month: int) -> None:
    """Raise someone's running pay by M$ a year, in wages of the first month."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    job = world.jobs[researcher]
    count(setting, lab, person, job, -1)
    notice(lab, person, job, month, -1)
    set_pay(person, job, person.pay + amount)
    set_compensation(job, job.total_compensation + amount)
    count(setting, lab, person, job, 1)
    notice(lab, person, job, month, 1)


@compiled
def award(world: World, researcher: int, amount: float, vesting: int, month: int) -> None:
    """Award M$ of the home lab's stock, at today's price, that vests as the tier of a row does."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    job = world.jobs[researcher]
    before = world.tiers[person.vesting]
    remaining = unvested_stock(person, lab, before, month)
    notice(lab, person, job, month, -1)
    keep_owing(person, job, before, month)
    person.wealth = liquid_wealth(person, lab, before, month)
    person.grant = remaining + amount
    person.granted = month
    person.vesting = vesting
    set_compensation(job, job.total_compensation + amount / world.tiers[vesting].years / wage_index(setting, month))
    notice(lab, person, job, month, 1)
