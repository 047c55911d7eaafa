"""Labs below the head-count they aim at hire from outside at their ordinary terms.

The aim is headcount * exp(growth * month/12). For each vacancy up to `candidates_per_vacancy` people drawn at random
are asked, one after the other, until one outside prefers the job (with the choice of `preferences.py`).
"""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import MOST_LABS, NOBODY
from talentmarket.market.moving import move
from talentmarket.market.offers import make_offer, take_back, terms_of
from talentmarket.market.ordinary import ordinary_terms
from talentmarket.market.packages import ordinary_pay
from talentmarket.market.preferences import offer_value, staying_value
from talentmarket.market.record import BY_GROWTH
from talentmarket.market.state import OFFERS_MADE

CALLS = 16  # of four draws each, in search of one candidate outside


@inlined
def candidate(world, lab, vacancy, turn, month):
    """Someone outside, drawn at random, who has not moved this month; NOBODY if none is found."""
    outside = world.setting[0].outside
    for call in range(CALLS):
        for word in chance.words(world.key, chance.CANDIDATE, vacancy * CALLS + call, lab + MOST_LABS * turn, month):
            who = int(chance.unit(word) * world.researchers.size)
            person = world.researchers[who]
            if person.lab == outside and person.joined != month:
                return who
    return NOBODY


@inlined
def hire(world, who, number, month):
    """Offer the lab's ordinary terms to someone outside, who comes if that beats staying there."""
    pay = ordinary_pay(world.setting[0], world.labs[number], world.researchers[who])
    offer = make_offer(world, who, number, ordinary_terms(world.setting[0], world.labs[number], pay, month), month)
    row = world.counts[OFFERS_MADE] - 1
    comes = offer_value(world, row, month) > staying_value(world, who, month)
    if comes:
        move(world, who, number, terms_of(offer), BY_GROWTH, month)
    take_back(world)
    return comes


@compiled
def aim(lab, people, month):
    """Head-count that a lab aims at; no lab can aim at more than all people."""
    return int(min(lab.planned * math.exp(lab.growth * month / 12.0) + 0.5, float(people)))


@compiled
def fill(world, number, vacancies, month):
    """Fill what can be filled of one lab's vacancies; in a month it asks no more often than there are people outside."""
    candidates = world.setting[0].candidates_per_vacancy
    left = world.labs[world.setting[0].outside].headcount
    for vacancy in range(vacancies):
        for turn in range(candidates):
            if left == 0:
                return
            left -= 1
            who = candidate(world, number, vacancy, turn, month)
            if who != NOBODY and hire(world, who, number, month):
                break


@compiled
def grow(world, month):
    """Let every lab that refills hire up to its aim."""
    for number in range(world.labs.size):
        lab = world.labs[number]
        vacancies = aim(lab, world.researchers.size, month) - lab.headcount
        if lab.refill and vacancies > 0:
            fill(world, number, vacancies, month)
