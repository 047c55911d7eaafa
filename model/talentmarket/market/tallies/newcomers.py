"""What a lab's culture notices of its people: who came lately for money, and what everyone came for.

Books like those of `census.py`, kept up to date by moves. Newcomers stand in a ring by month of joining, so that they
cease to be newcomers without anyone looking for them (`mechanisms/settling.py`).
"""

from __future__ import annotations

from talentmarket.market.money.packages import wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records.layout import NEWCOMER_MONTHS

MONEY_FIRST = 0.5  # below this loyalty money weighs more than the mission
SMALLEST_REWARD = 1e-9  # M$ a year; keeps the logarithm finite


@compiled
def yearly_reward(setting, tier, terms, month):
    """Yearly pay with its part of a special package, in wages of the first month; `terms` as in `moving.move`."""
    pay, bonus, stock, _ = terms
    return pay + (bonus + stock) / tier.years / wage_index(setting, month)


@compiled
def set_reward(job, reward):
    """Give a job that is not in the books a reward in M$ a year, in wages of the first month."""
    job.reward = max(reward, SMALLEST_REWARD)
    job.log_reward = ln(job.reward)


@compiled
def notice(lab, person, job, month, sign):
    """Add (sign 1) a researcher with the present job to what a lab notices, or take one away (sign -1)."""
    if person.loyalty < MONEY_FIRST and month - person.joined < NEWCOMER_MONTHS:
        lab.mercenaries[person.joined % NEWCOMER_MONTHS] += sign
    lab.level_reward[person.level] += sign * job.reward
    lab.level_log_reward[person.level] += sign * job.log_reward
