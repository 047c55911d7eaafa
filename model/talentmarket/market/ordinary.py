"""Ordinary terms: the pay and the stock that a lab gives to someone for whom it has no special package."""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.compiled import compiled
from talentmarket.market.layout import PAY_HIGHEST
from talentmarket.market.offers import make_offer
from talentmarket.market.packages import wage_index
from talentmarket.market.posting import PREMIUM, posted_pay
from talentmarket.market.transfer_terms import worth_making


@compiled
def premium(lab, word_0, word_1):
    """Offered over current pay."""
    return math.exp(lab.premium_mu + lab.premium_sigma * chance.normal_of(word_0, word_1))


@compiled
def offered_pay(setting, lab, person, words):
    """M$ a year, in wages of the first month, of an ordinary offer drawn from two words."""
    if lab.posting == PREMIUM:
        return min(person.pay * premium(lab, words[0], words[1]), PAY_HIGHEST)
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
    pay = offered_pay(world.setting[0], lab, world.researchers[who], words)
    terms = ordinary_terms(world.setting[0], lab, pay, month)
    if worth_making(world.setting[0], world.researchers[who], number, terms, month):
        make_offer(world, who, number, terms, month)
