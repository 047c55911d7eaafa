"""What a package is worth: vested and unvested stock, liquid wealth, certainty equivalent.

The certainty equivalent of a package over the horizon H is its discounted running pay plus every tranche of special
stock still to vest, at the price of the index, times the value of a restricted dollar (`risk.py`), times what the
holder believes of the stock's upside:

    CE = pay * annuity(H) + sum_k tranche_k * index * restricted_value(k) * belief,   k <= H months from now.

A tranche that vests on the first day is cash: `restricted_value(0) = 1`.
"""

from __future__ import annotations

from typing import NamedTuple

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.numeric.elementary import exp, ln
from talentmarket.market.records import Lab, Offer, Researcher, Setting, Tier
from talentmarket.market.records.limits import LAST_MONTH


class Package(NamedTuple):
    """What a job pays."""

    pay: float  # M$ a year, in wages of the first month
    bonus: float  # M$ on the first day
    stock: float  # M$ at the price of the grant
    vesting: int  # row of the tiers whose vesting schedule the stock follows; 0 without stock


@compiled
def vested_share(tier: Tier, age: int) -> float:
    """Share of a package vested `age` months after the grant."""
    return tier.vested[min(max(age, 0), LAST_MONTH)]


@compiled
def price_of(person: Researcher, lab: Lab, month: int) -> float:
    """M$ of the special stock granted, at this month's index; before the first month it was 1."""
    return person.grant * lab.stock[month] / lab.stock[max(person.granted, 0)]


@compiled
def unvested_stock(person: Researcher, lab: Lab, tier: Tier, month: int) -> float:
    """M$ of special stock that a researcher would lose by leaving now."""
    if person.grant == 0.0:
        return 0.0
    return price_of(person, lab, month) * (1.0 - vested_share(tier, month - person.granted))


@compiled
def liquid_wealth(person: Researcher, lab: Lab, tier: Tier, month: int) -> float:
    """M$ of liquid wealth: what was there at the grant, plus each vested tranche at the price of its day.

    What had vested before the first month is part of the wealth of that month.
    """
    wealth = person.wealth
    if person.grant == 0.0:
        return wealth
    first = max(-person.granted, -1) + 1
    before = tier.vested[first - 1] if first > 0 else 0.0
    for age in range(first, min(month - person.granted, LAST_MONTH) + 1):
        share = tier.vested[age]
        if share > before:
            wealth += price_of(person, lab, person.granted + age) * (share - before)
            before = share
    return wealth


@compiled
def stock_worth(lab: Lab, tier: Tier, age: int, horizon: int) -> float:
    """Worth today, in the market's view, of what a package of 1 M$ at today's price vests after `age` months.

    With age -1 the package has just been offered, and the tranche of the first day counts too.
    """
    now = max(age, 0)
    before = 0.0 if age < 0 else vested_share(tier, age)
    worth = 0.0
    for later in range(age + 1, min(now + horizon, LAST_MONTH) + 1):
        share = tier.vested[later]
        if share > before:
            worth += (share - before) * lab.restricted_value[later - now]
            before = share
    return worth


@compiled
def awaited_stock(person: Researcher, lab: Lab, tier: Tier, month: int, horizon: int) -> float:
    """M$: worth, in the market's view, of the special stock that a researcher still has to wait for."""
    if person.grant == 0.0:
        return 0.0
    return price_of(person, lab, month) * stock_worth(lab, tier, month - person.granted, horizon)


@compiled
def wage_index(setting: Setting, month: int) -> float:
    """Growth of everybody's running pay since the first month, a factor."""
    return setting.wages[month]


@compiled
def scale_pay(setting: Setting, pay_level: float, person: Researcher) -> float:
    """M$ a year, in wages of the first month, that a scale of this level pays someone of this talent."""
    return pay_level * exp(setting.pay_talent * ln(person.talent))


@compiled
def ordinary_pay(setting: Setting, lab: Lab, person: Researcher) -> float:
    """M$ a year, in wages of the first month, that a lab pays someone of this talent without further ado."""
    return scale_pay(setting, lab.pay_level, person)


@compiled
def running_worth(setting: Setting, pay: float, month: int) -> float:
    """M$: worth of a running pay (in wages of the first month) over the horizon."""
    return pay * wage_index(setting, month) * setting.annuity


@compiled
def offered_worth(setting: Setting, lab: Lab, tier: Tier, offer: Offer | Package, month: int) -> float:
    """M$: certainty equivalent of an offer or its package; those it is made to do not share the belief in the lab's upside."""
    stock = 0.0
    if offer.stock > 0.0:
        stock = offer.stock * stock_worth(lab, tier, -1, setting.horizon)
    return running_worth(setting, offer.pay, month) + offer.bonus + stock
