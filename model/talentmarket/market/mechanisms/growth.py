"""Labs below the head-count they aim at hire from outside at their ordinary terms.

The aim is headcount * exp(growth * month/12). For each vacancy up to `candidates_per_vacancy` people drawn at random
are asked, one after the other, until one outside prefers the job (with the choice of `preferences.py`).
"""

from __future__ import annotations

import math

from talentmarket.market.choice.preferences import (
    log_of,
    offer_terms_given,
    offered_wealth,
    staying_terms_given,
    staying_wealth,
    total,
)
from talentmarket.market.choice.shocks import draw_noise, draw_tastes
from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.offers import make_offer, take_back, terms_of
from talentmarket.market.jobs.ordinary import ordinary_terms
from talentmarket.market.money.packages import ordinary_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import BY_GROWTH
from talentmarket.market.records.layout import MOST_LABS, NOBODY
from talentmarket.market.records.world import DRAWS_AT_ONCE, OFFERS_MADE

CALLS = 16  # of four draws each, in search of one candidate outside
ASKED_AT_ONCE = DRAWS_AT_ONCE


@inlined
def call_words(key, number, turn, call, month):
    """Four random words that name researchers; `turn` is (vacancy, how many were asked before)."""
    vacancy, asked = turn
    return chance.words(key, chance.CANDIDATE, vacancy * CALLS + call, number + MOST_LABS * asked, month)


@inlined
def named(researchers, word):
    """The researcher whom a random word names."""
    return int(chance.unit(word) * researchers.size)


@inlined
def first_free(world, words, month):
    """The first of the researchers whom four words name who is outside and has not moved this month, or NOBODY."""
    for word in words:
        who = named(world.researchers, word)
        person = world.researchers[who]
        if person.lab == world.setting[0].outside and person.joined != month:
            return who
    return NOBODY


@inlined
def draw_candidates(world, number, vacancy, first, month):
    """Draw the first words of `ASKED_AT_ONCE` turns and look where the people are whom they name."""
    bench = world.bench
    for place in range(ASKED_AT_ONCE):
        words = call_words(world.key, number, (vacancy, first + place), 0, month)
        bench.words[0, place], bench.words[1, place], bench.words[2, place], bench.words[3, place] = words
    for nth in range(4):
        for place in range(ASKED_AT_ONCE):
            bench.home[place] = world.researchers[named(world.researchers, bench.words[nth, place])].lab


@inlined
def find_candidates(world, number, vacancy, first, month):
    """Put a candidate for each of the turns from `first` on the bench, and whether one was found."""
    bench = world.bench
    draw_candidates(world, number, vacancy, first, month)
    for place in range(ASKED_AT_ONCE):
        words = (bench.words[0, place], bench.words[1, place], bench.words[2, place], bench.words[3, place])
        who = first_free(world, words, month)
        call = 1
        while who == NOBODY and call < CALLS:
            words = call_words(world.key, number, (vacancy, first + place), call, month)
            who = first_free(world, words, month)
            call += 1
        bench.found[place] = who != NOBODY
        bench.who[place] = max(who, 0)
        bench.lab[place] = number
        bench.home[place] = world.setting[0].outside


@inlined
def hire(world, place, number, month):
    """Offer the lab's ordinary terms to a candidate on the bench, who comes if that beats staying outside."""
    bench = world.bench
    who = bench.who[place]
    pay = ordinary_pay(world.setting[0], world.labs[number], world.researchers[who])
    offer = make_offer(world, who, number, ordinary_terms(world.setting[0], world.labs[number], pay, month), month)
    row = world.counts[OFFERS_MADE] - 1
    there = (log_of(offered_wealth(world, row, month)), bench.taste[0, place])
    here = (log_of(staying_wealth(world, who, month)), bench.taste[1, place])
    going = total(offer_terms_given(world, row, there)) + bench.noise[0, place]
    comes = going > total(staying_terms_given(world, who, here, month)) + bench.noise[1, place]
    if comes:
        move(world, who, number, terms_of(offer), BY_GROWTH, month)
    take_back(world)
    return comes


@compiled
def aim(lab, people, month):
    """Head-count that a lab aims at; no lab can aim at more than all people."""
    return int(min(lab.planned * math.exp(lab.growth * month / 12.0) + 0.5, float(people)))


@inlined
def fill_vacancy(world, number, vacancy, left, month):
    """Ask people until one comes, `left` of them at most; returns how many were asked.

    Several are looked up at a time, so that draws lie side by side and fetches do not wait for each other. It makes no
    difference: nothing changes until one comes.
    """
    setting = world.setting[0]
    most = min(setting.candidates_per_vacancy, left)
    for first in range(0, most, ASKED_AT_ONCE):
        find_candidates(world, number, vacancy, first, month)
        draw_noise(world.key, world.bench, setting.noise, ASKED_AT_ONCE, month)
        draw_tastes(world.key, world.bench, setting, ASKED_AT_ONCE)
        for place in range(min(ASKED_AT_ONCE, most - first)):
            if world.bench.found[place] and hire(world, place, number, month):
                return first + place + 1
    return most


@compiled
def fill(world, number, vacancies, month):
    """Fill what can be filled of one lab's vacancies; in a month it asks no more often than there are people outside."""
    left = world.labs[world.setting[0].outside].headcount
    for vacancy in range(vacancies):
        left -= fill_vacancy(world, number, vacancy, left, month)


@compiled
def grow(world, month):
    """Let every lab that refills hire up to its aim."""
    for number in range(world.labs.size):
        lab = world.labs[number]
        vacancies = aim(lab, world.researchers.size, month) - lab.headcount
        if lab.refill and vacancies > 0:
            fill(world, number, vacancies, month)
