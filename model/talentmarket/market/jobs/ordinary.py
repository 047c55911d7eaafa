"""Ordinary terms: the pay and the stock that a lab gives to someone for whom it has no special package."""

from __future__ import annotations

from talentmarket.market.jobs.offers import make_offer
from talentmarket.market.jobs.transfer_terms import worth_making
from talentmarket.market.money.packages import wage_index
from talentmarket.market.money.posting import PREMIUM, posted_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records.layout import PAY_HIGHEST


@compiled
def premium(lab, word_0, word_1):
    """Offered over current pay."""
    return exp(lab.premium_mu + lab.premium_sigma * chance.normal_of(word_0, word_1))


@inlined
def pay_of_call(setting, lab, person, factor, words):
    """M$ a year, in wages of the first month, of an ordinary offer: a premium drawn from two words, or posted pay."""
    if lab.posting == PREMIUM:
        return min(person.pay * factor, PAY_HIGHEST)
    return min(posted_pay(setting, lab, person, words), PAY_HIGHEST)


@compiled
def ordinary_terms(setting, lab, pay, month):
    """Terms of a job at a running pay, with the stock that the lab gives all who come: as in `moving.move`."""
    if lab.equity == 0.0:
        return pay, 0.0, 0.0, 0
    return pay, 0.0, lab.equity * pay * wage_index(setting, month), int(lab.equity_schedule)


@compiled
def offer_job(world, who, number, words, month):
    """Write an ordinary offer of a lab into the book, its pay drawn from two words."""
    lab = world.labs[number]
    factor = premium(lab, words[0], words[1])
    offer_at(world, who, number, pay_of_call(world.setting[0], lab, world.researchers[who], factor, words), month)


@inlined
def offer_at(world, who, number, pay, month):
    """Write an ordinary offer of a lab at a running pay into the book."""
    terms = ordinary_terms(world.setting[0], world.labs[number], pay, month)
    if worth_making(world.setting[0], world.researchers[who], number, terms, month):
        make_offer(world, who, number, terms, month)
