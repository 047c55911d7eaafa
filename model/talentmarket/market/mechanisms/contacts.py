"""Recruiters of every lab reach people elsewhere, at random, with an ordinary offer.

P(lab l reaches i in a month) = 1 - exp(-contact_l/12 * talent_i**contact_talent), people outside `reach_outside` times
as often. The offer is current pay times a lognormal premium of mean `premium_mean`, or posted pay (`posting.py`).
"""

from __future__ import annotations

from talentmarket.market.jobs.arrivals import block_ends, blocks, draw_events, draw_gaps, struck
from talentmarket.market.jobs.ordinary import offer_at, pay_of_call
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import DRAWS_AT_ONCE


@compiled
def is_passed_over(setting, lab, person, word):
    """Whether a call that would have reached someone at a lab is not made because this one is outside."""
    return (
        person.lab == setting.outside and chance.unit(word) * lab.contact_bound >= lab.contact * setting.reach_outside
    )


@inlined
def draw_premia(bench, labs, calls):
    """Draw what the calls on the bench offer over current pay."""
    for call in range(calls):
        bench.premium[call] = chance.normal_of(bench.luck[0, call], bench.luck[1, call])
    for call in range(calls):
        lab = labs[bench.lab[call]]
        bench.premium[call] = lab.premium_mu + lab.premium_sigma * bench.premium[call]
    for call in range(calls):
        bench.premium[call] = exp(bench.premium[call])


@inlined
def answer_calls(world, calls, previous, month):
    """Write the offers of the calls that are on the bench; a lab that calls someone twice makes one offer.

    A first pass only looks where people are, so that the processor fetches many of them at a time. `previous`
    and what is returned are the (researcher, lab) of the latest offer.
    """
    bench = world.bench
    for call in range(calls):
        bench.home[call] = world.researchers[bench.who[call]].lab
    draw_premia(bench, world.labs, calls)
    for call in range(calls):
        who, number = bench.who[call], bench.lab[call]
        person = world.researchers[who]
        if bench.home[call] == number or person.joined == month or (who == previous[0] and number == previous[1]):
            continue
        lab = world.labs[number]
        if is_passed_over(world.setting[0], lab, person, bench.luck[2, call]):
            continue
        previous = (who, number)
        words = (bench.luck[0, call], bench.luck[1, call])
        pay = pay_of_call(world.setting[0], lab, person, bench.premium[call], words)
        offer_at(world, who, number, pay, month)
    return previous


@inlined
def call_block(world, block, number, waiting, month):
    """Put the calls of one lab in one block of researchers on the bench.

    `waiting` and what is returned are the number of calls on the bench and the latest offer, as in `answer_calls`.
    """
    bench = world.bench
    bound, rate = world.labs[number].contact_bound, world.labs[number].contact
    first, last, length = block_ends(world.line, block, world.researchers.size)
    calls, previous = waiting
    place = 0.0
    drawn = 0
    while True:
        draw_events(world, chance.CONTACT, block, number, drawn, month)
        draw_gaps(world.bench, bound)
        if calls + DRAWS_AT_ONCE > bench.who.size:
            previous = answer_calls(world, calls, previous, month)
            calls = 0
        for nth in range(DRAWS_AT_ONCE):
            place += bench.gaps[nth]
            if place >= length:
                return calls, previous
            bench.who[calls] = struck(world.line, first, last, place)
            bench.lab[calls] = number
            bench.luck[0, calls] = bench.words[2, nth]
            bench.luck[1, calls] = bench.words[3, nth]
            bench.luck[2, calls] = bench.words[1, nth]
            calls += int(chance.unit(bench.words[1, nth]) * bound < rate)
        drawn += DRAWS_AT_ONCE


@compiled
def contact(world, month):
    """All ordinary offers of the month."""
    for block in range(blocks(world.researchers.size)):
        waiting = (0, (NOBODY, NOBODY))
        for number in range(world.labs.size):
            if world.labs[number].contact_bound > 0.0:
                waiting = call_block(world, block, number, waiting, month)
        answer_calls(world, *waiting, month)
