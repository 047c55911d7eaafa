"""How much staying is worth against the terms of the first month.

Those are the terms of the same person, with the same liquid wealth at the same lab, paid by the lab's scale of month 0
in present wages, without special stock to wait for nor money that leaving pays back, with the culture of month 0 and paid no less than colleagues:

    V_i(staying) - V_i(reference) = money_weight * [ (1 - m) ln((W + CE_i) / (W - repayment_i + CE_reference))
                                                     + m * mission_scale * M_l * (K_l - K_l0)
                                                     - envy * (1 - merit_visibility) * max(0, ln(reference_il / pay_il)) ],
    CE_reference = pay_level_l0 * talent_i**pay_talent * wages * annuity.

Compute, ties, size and taste are the same on both sides. With the present scale as reference a raise for all would cancel.
"""

from __future__ import annotations

from talentmarket.market.choice.terms import SMALLEST_WEALTH, fairness_at_home, log_of, money_term
from talentmarket.market.money.clawback import repayment
from talentmarket.market.money.packages import awaited_stock, liquid_wealth, running_worth
from talentmarket.market.numeric.compiled import inlined
from talentmarket.market.records.world import World


@inlined
def worth_before(world: World, researcher: int, month: int) -> float:
    """M$: worth of the running pay that the first month's scale gives someone."""
    pay = world.labs[world.researchers[researcher].lab].initial_pay_level * world.jobs[researcher].due_to_talent
    return running_worth(world.setting[0], pay, month)


@inlined
def log_money_gained(world: World, researcher: int, month: int) -> float:
    """Log points by which wealth with the present package exceeds wealth with the pay of the first month's scale."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab, tier = world.labs[person.lab], world.tiers[person.vesting]
    liquid = liquid_wealth(person, lab, tier, month)
    now = running_worth(setting, person.pay, month) + awaited_stock(person, lab, tier, month, setting.horizon)
    before = worth_before(world, researcher, month)
    return log_of(liquid + now) - log_of(liquid - repayment(world, researcher, month) + before)


@inlined
def least_log_money_gained(world: World, researcher: int, month: int) -> float:
    """What `log_money_gained` does not fall below: without stock and without paying back it is less, and ln x >= 1 - 1/x."""
    person = world.researchers[researcher]
    liquid = liquid_wealth(person, world.labs[person.lab], world.tiers[person.vesting], month)
    now = liquid + running_worth(world.setting[0], person.pay, month)
    before = liquid + worth_before(world, researcher, month)
    return 1.0 - max(before, SMALLEST_WEALTH) / max(now, SMALLEST_WEALTH)


@inlined
def gain_since_first_month(world: World, researcher: int, log_money: float) -> float:
    """Log-odds by which staying is worth more than on the terms of the first month, for so many log points of money."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    money = money_term(setting, person, log_money)
    culture_gained = lab.culture - world.months[0, person.lab].culture
    mission = setting.money_weight * person.loyalty * setting.mission_scale * lab.mission * culture_gained
    return money + mission + fairness_at_home(world, researcher)
