"""Changes of a package without a move: a raise, and an award of stock.

Whoever holds a special package already has one afterwards: what has vested becomes wealth, and what has not joins the
award and vests by its schedule.
"""

from __future__ import annotations

from talentmarket.market.money.packages import liquid_wealth, unvested_stock, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.newcomers import notice, set_reward


@compiled
def raise_pay(world, who, amount, month):
    """Raise someone's running pay by M$ a year, in wages of the first month."""
    setting = world.setting[0]
    person = world.researchers[who]
    lab = world.labs[person.lab]
    job = world.jobs[who]
    count(setting, lab, person, job, -1)
    notice(lab, person, job, month, -1)
    set_pay(person, job, person.pay + amount)
    set_reward(job, job.reward + amount)
    count(setting, lab, person, job, 1)
    notice(lab, person, job, month, 1)


@compiled
def award(world, who, amount, schedule, month):
    """Award M$ of the home lab's stock, at today's price, that vests by a schedule."""
    setting = world.setting[0]
    person = world.researchers[who]
    lab = world.labs[person.lab]
    job = world.jobs[who]
    before = world.tiers[person.schedule]
    rest = unvested_stock(person, lab, before, month)
    notice(lab, person, job, month, -1)
    person.wealth = liquid_wealth(person, lab, before, month)
    person.grant = rest + amount
    person.granted = month
    person.schedule = schedule
    set_reward(job, job.reward + amount / world.tiers[schedule].years / wage_index(setting, month))
    notice(lab, person, job, month, 1)
