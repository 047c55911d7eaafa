"""Ordinary packages: the pay and the stock that a lab gives to someone for whom it has no special package."""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.jobs.transfer_rules import worth_making
from talentmarket.market.money.packages import Package, ordinary_pay, wage_index
from talentmarket.market.money.posting import PREMIUM, posted_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records import Lab, Researcher, Setting
from talentmarket.market.records.limits import PAY_HIGHEST
from talentmarket.market.records.world import World


@compiled
def premium(lab: Lab, word_0: np.uint64, word_1: np.uint64) -> float:
    """Offered over current pay."""
    return exp(lab.premium_mu + lab.premium_sigma * chance.normal_of(word_0, word_1))


@inlined
def pay_of_call(
    setting: Setting, lab: Lab, person: Researcher, factor: float, words: tuple[np.uint64, np.uint64]
) -> float:
    """M$ a year, in wages of the first month, of an ordinary offer: a premium drawn from two words, or posted pay."""
    if lab.posting == PREMIUM:
        return min(person.pay * factor, PAY_HIGHEST)
    return min(posted_pay(setting, lab, person, words), PAY_HIGHEST)


@inlined
def pay_of_vacancy(world: World, researcher: int, number: int, month: int) -> float:
    """M$ a year, in wages of the first month, for a vacancy: the lab's ordinary pay, or drawn from what it posts."""
    setting = world.setting[0]
    lab = world.labs[number]
    person = world.researchers[researcher]
    if lab.posting == PREMIUM:
        return ordinary_pay(setting, lab, person)
    w0, w1, _, _ = chance.words(world.key, chance.VACANCY, researcher, number, month)
    return min(posted_pay(setting, lab, person, (w0, w1)), PAY_HIGHEST)


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
    factor = premium(lab, words[0], words[1])
    offer_at(
        world,
        researcher,
        number,
        pay_of_call(world.setting[0], lab, world.researchers[researcher], factor, words),
        month,
    )


@inlined
def offer_at(world: World, researcher: int, number: int, pay: float, month: int) -> None:
    """Make an ordinary offer of a lab at a running pay."""
    package = ordinary_package(world.setting[0], world.labs[number], pay, month)
    if worth_making(world.setting[0], world.researchers[researcher], number, package, month):
        make_offer(world, researcher, number, package, month)
