"""Culture heals by itself, and suffers from fast growth, from mercenaries, from unequal pay and from lost talent.

    K_t = [1 - (1 - K_{t-1}) (1 - r)] exp(-s_t),    r = 1 - exp(-recovery/12)
    s_t = [ growth_strain * max(0, growth of head-count over a year - growth_norm)
            + mercenary_strain * share of staff who came within a year and weigh money above the mission
            + inequality_strain * (1 - merit_visibility) * inequality of pay within levels ] / 12
          + loss_strain * share of talent that left for other labs this month

Damage is in log points, so that K stays in (0, 1] and each further blow takes the same share of what is left. A firm can
take in only so many at a time (Penrose 1959; Harrison and Carroll 1991); unequal pay costs nothing where merit is seen
(Breza, Kaur and Shamdasani 2018). Inequality is the mean log deviation, the mean over the staff of
ln(mean pay of their level / own pay) (Theil 1967), which is envy's shortfall with both signs. The outside has no culture.
"""

from __future__ import annotations

import math

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.labs import Lab
from talentmarket.market.records.limits import NEWCOMER_MONTHS
from talentmarket.market.records.setting import Setting
from talentmarket.market.records.world import World

YEAR = 12


@compiled
def excess_growth(world: World, number: int, month: int) -> float:
    """Log growth of head-count up to last month beyond the norm, over a year, or since the first month if that is shorter.

    What lies before the first month is taken to have been at the norm.
    """
    last = month - 1
    span = min(last, YEAR)
    now = max(world.months[last, number].headcount, 1)
    before = max(world.months[last - span, number].headcount, 1)
    return max(0.0, math.log(now / before) - world.setting[0].growth_norm * span / YEAR)


@compiled
def mercenary_share(lab: Lab) -> float:
    """Share of the staff who came within a year and weigh money above the mission."""
    mercenaries = 0
    for place in range(NEWCOMER_MONTHS):
        mercenaries += lab.mercenaries[place]
    return mercenaries / max(lab.headcount, 1)


@compiled
def inequality(setting: Setting, lab: Lab) -> float:
    """Mean log deviation of yearly pay, special packages included, within levels."""
    deviation = 0.0
    for level in range(setting.levels):
        people = lab.level_count[level]
        if people > 1:
            deviation += people * math.log(lab.level_compensation[level] / people) - lab.level_log_compensation[level]
    return max(0.0, deviation / max(lab.headcount, 1))


@compiled
def talent_lost(world: World, number: int, month: int) -> float:
    """Share of the talent of last month's end that left for other labs."""
    lost = 0.0
    for rival in range(world.labs.size):
        if rival != world.setting[0].outside:
            lost += world.flow_talent[month, number, rival]
    there = world.months[month - 1, number].talent
    return lost / there if lost > 0.0 else 0.0


@compiled
def strain(world: World, number: int, month: int) -> float:
    """Log points by which a lab's culture suffers this month."""
    setting = world.setting[0]
    lab = world.labs[number]
    return (
        setting.growth_strain * excess_growth(world, number, month)
        + setting.mercenary_strain * mercenary_share(lab)
        + setting.inequality_strain * inequality(setting, lab)
        + setting.loss_strain * talent_lost(world, number, month)
    )


@compiled
def change_culture(world: World, month: int) -> None:
    """Let the culture of every lab heal and suffer."""
    for number in range(world.labs.size):
        if number != world.setting[0].outside:
            lab = world.labs[number]
            healed = lab.culture + world.setting[0].recovery * (1.0 - lab.culture)
            lab.culture = healed * math.exp(-strain(world, number, month))
