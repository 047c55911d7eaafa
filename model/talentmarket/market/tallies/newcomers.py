"""What a lab's culture notices of its people: who came lately for money, and what everyone came for.

Running totals like those of `census.py`, kept up to date by moves. Newcomers stand in a ring by month of joining, so that they
cease to be newcomers without anyone looking for them (`mechanisms/settling.py`).
"""

from __future__ import annotations

from talentmarket.market.money.packages import Package, wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records import Job, Lab, Researcher, Setting, Tier
from talentmarket.market.records.limits import NEWCOMER_MONTHS

MONEY_FIRST = 0.5  # below this loyalty money weighs more than the mission
SMALLEST_COMPENSATION = 1e-9  # M$ a year; keeps the logarithm finite


@compiled
def yearly_compensation(setting: Setting, tier: Tier, package: Package, month: int) -> float:
    """M$: yearly pay with its part of the bonus and the stock, in wages of the first month."""
    return package.pay + (package.bonus + package.stock) / tier.years / wage_index(setting, month)


@compiled
def set_compensation(job: Job, compensation: float) -> None:
    """Give a job that is not counted yet a total compensation in M$ a year, in wages of the first month."""
    job.total_compensation = max(compensation, SMALLEST_COMPENSATION)
    job.log_compensation = ln(job.total_compensation)


@compiled
def notice(lab: Lab, person: Researcher, job: Job, month: int, sign: int) -> None:
    """Add (sign 1) a researcher with the present job to what a lab notices, or take one away (sign -1)."""
    if person.loyalty < MONEY_FIRST and month - person.joined < NEWCOMER_MONTHS:
        lab.mercenaries[person.joined % NEWCOMER_MONTHS] += sign
    lab.level_compensation[person.level] += sign * job.total_compensation
    lab.level_reward[person.level] += sign * job.total_compensation / job.due_to_talent
    lab.level_log_compensation[person.level] += sign * job.log_compensation
