"""A lab's output grows with the talent at work and its compute, as far as its culture lets it.

    output_l = K_l * T_l ** talent_elasticity * (compute_l / compute_reference) ** compute_elasticity
    T_l = sum of skill_i, times portability for those who came alone within sixty months

A Cobb-Douglas form (Cobb and Douglas 1928), with less than proportional returns to talent where an elasticity below
one lets people tread on each other's toes (Jones 1995). One settled researcher of median talent makes 1 with compute
at the reference. Skill and strangers are those of `colleagues.py`.
"""

from __future__ import annotations

import math

from talentmarket.market.money.packages import wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.limits import STRANGER_MONTHS
from talentmarket.market.records.setting import Setting
from talentmarket.market.records.world import World

MONTHS_A_YEAR = 12.0


@compiled
def talent_at_work(setting: Setting, lab: Lab) -> float:
    """Sum of skill, what strangers lack taken off."""
    strangers = 0.0
    for place in range(STRANGER_MONTHS):
        strangers += lab.strangers[place]
    return max(0.0, lab.skill - (1.0 - setting.portability) * strangers)


@compiled
def output(setting: Setting, lab: Lab) -> float:
    """Output of a lab in a month; 0 with nobody there."""
    if lab.headcount == 0:
        return 0.0
    compute = math.exp(setting.compute_elasticity * lab.log_compute)
    return lab.culture * talent_at_work(setting, lab) ** setting.talent_elasticity * compute


@compiled
def wage_bill(setting: Setting, lab: Lab, month: int) -> float:
    """Running pay of the staff for a month, M$."""
    yearly = 0.0
    for level in range(setting.levels):
        yearly += lab.level_pay[level]
    return yearly * wage_index(setting, month) / MONTHS_A_YEAR


@compiled
def produce(world: World, month: int) -> None:
    """Write down what every lab puts out this month and what its staff is paid."""
    for number in range(world.labs.size):
        row = world.months[month, number]
        row.output = output(world.setting[0], world.labs[number])
        row.wage_bill = wage_bill(world.setting[0], world.labs[number], month)
