"""Recruiters of every lab reach people elsewhere, at random, with an ordinary offer.

P(lab l reaches i in a month) = 1 - exp(-contact_l/12 * talent_i**contact_talent). The offer is current pay times a
lognormal premium of mean `premium_mean`.
"""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.arrivals import block_ends, blocks, draw_events, gap, struck
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import NOBODY, PAY_HIGHEST
from talentmarket.market.offers import make_offer
from talentmarket.market.state import DRAWS_AT_ONCE


@compiled
def premium(lab, word_0, word_1):
    """Offered over current pay."""
    return math.exp(lab.premium_mu + lab.premium_sigma * chance.normal_of(word_0, word_1))


@inlined
def answer_calls(world, calls, month):
    """Write the offers of the calls that are on the bench.

    Two passes: the first only looks where people are, so that the processor fetches many of them at a time.
    """
    bench = world.bench
    for call in range(calls):
        bench.home[call] = world.researchers[bench.who[call]].lab
    for call in range(calls):
        who, number = bench.who[call], bench.lab[call]
        person = world.researchers[who]
        if bench.home[call] == number or person.joined == month:
            continue
        pay = min(person.pay * premium(world.labs[number], bench.luck[0, call], bench.luck[1, call]), PAY_HIGHEST)
        make_offer(world, who, number, (pay, 0.0, 0.0, 0), NOBODY)


@inlined
def call_block(world, block, number, calls, month):
    """Put the calls of one lab in one block of researchers on the bench; returns how many are on it."""
    bench = world.bench
    lab = world.labs[number]
    bound, rate = lab.contact_bound, lab.contact
    first, last, length = block_ends(world.line, block, world.researchers.size)
    place = 0.0
    drawn = 0
    previous = NOBODY
    while True:
        draw_events(world, chance.CONTACT, block, number, drawn, month)
        if calls + DRAWS_AT_ONCE > bench.who.size:
            answer_calls(world, calls, month)
            calls = 0
        for nth in range(DRAWS_AT_ONCE):
            place += gap(bench.words[0, nth], bound)
            if place >= length:
                return calls
            who = struck(world.line, first, last, place)
            bench.who[calls] = who
            bench.lab[calls] = number
            bench.luck[0, calls] = bench.words[2, nth]
            bench.luck[1, calls] = bench.words[3, nth]
            if chance.unit(bench.words[1, nth]) * bound < rate and who != previous:
                calls += 1
                previous = who
        drawn += DRAWS_AT_ONCE


@compiled
def contact(world, month):
    """All ordinary offers of the month."""
    for block in range(blocks(world.researchers.size)):
        calls = 0
        for number in range(world.labs.size):
            if world.labs[number].contact_bound > 0.0:
                calls = call_block(world, block, number, calls, month)
        answer_calls(world, calls, month)
