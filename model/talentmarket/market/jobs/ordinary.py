"""Ordinary packages: the pay and the stock that a lab gives to someone for whom it has no special package."""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.jobs.transfer_rules import worth_making
from talentmarket.market.money.packages import Package, ordinary_pay, wage_index
from talentmarket.market.money.posting import PREMIUM, posted_factor
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records import Lab, Researcher, Setting
from talentmarket.market.records.limits import PAY_HIGHEST
from talentmarket.market.records.world import World


@inlined
def offered_factor(lab: Lab, word: np.uint64, standard: float) -> float:
    """What a lab offers over current pay, or over its ordinary pay where it posts; drawn as in `posted_factor`."""
    if lab.posting == PREMIUM:
        return exp(lab.premium_mu + lab.premium_sigma * standard)
    return posted_factor(lab, word, standard)


@inlined
def pay_of_call(setting: Setting, lab: Lab, person: Researcher, factor: float) -> float:
    """M$ a year, in wages of the first month, of an ordinary offer with such a factor."""
    if lab.posting == PREMIUM:
        return min(person.pay * factor, PAY_HIGHEST)
    return min(ordinary_pay(setting, lab, person) * factor, PAY_HIGHEST)


@inlined
def pay_of_vacancy(world: World, researcher: int, number: int, month: int) -> float:
    """M$ a year, in wages of the first month, for a vacancy: the lab's ordinary pay, or drawn from what it posts."""
    setting = world.setting[0]
    lab = world.labs[number]
    person = world.researchers[researcher]
    if lab.posting == PREMIUM:
        return ordinary_pay(setting, lab, person)
    w0, w1, _, _ = chance.words(world.key, chance.VACANCY, researcher, number, month)
    return pay_of_call(setting, lab, person, posted_factor(lab, w0, chance.normal_of(w0, w1)))


@compiled
def ordinary_package(setting: Setting, lab: Lab, pay: float, month: int) -> Package:
    """A running pay, with the stock that the lab gives all who come."""
    if lab.equity == 0.0:
        return Package(pay, 0.0, 0.0, 0)
    return Package(pay, 0.0, lab.equity * pay * wage_index(setting, month), int(lab.equity_vesting))


@compiled
def offer_job(world: World, researcher: int, number: int, words: tuple[np.uint64, np.uint64], month: int) -> None:
    """Make an ordinary offer of a lab, its pay drawn from two words."""
    lab = world.labs[number]
    factor = offered_factor(lab, words[0], chance.normal_of(words[0], words[1]))
    pay = pay_of_call(world.setting[0], lab, world.researchers[researcher], factor)
    offer_at(world, researcher, number, pay, month)


@inlined
def offer_at(world: World, researcher: int, number: int, pay: float, month: int) -> None:
    """Make an ordinary offer of a lab at a running pay."""
    package = ordinary_package(world.setting[0], world.labs[number], pay, month)
    if worth_making(world.setting[0], world.researchers[researcher], number, package, month):
        make_offer(world, researcher, number, package, month)
