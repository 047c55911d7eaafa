"""Everyone who has an offer weighs staying against every offer of the month and takes the best.

The values are those of `preferences.py`; all decide at once, on the state at the start of the month's choices.
"""

from __future__ import annotations

from talentmarket.market.choice.explanation import describe
from talentmarket.market.choice.preferences import (
    log_of,
    offer_terms_given,
    offered_wealth,
    staying_terms_given,
    staying_wealth,
    total,
)
from talentmarket.market.choice.shocks import draw_noise, draw_tastes
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import CHOICES_AT_ONCE, OFFERS_MADE

STAY = NOBODY


@inlined
def look_up(world, first, last):
    """Put who has the offers `first` to `last - 1`, the labs that made them and the homes on the bench."""
    bench = world.bench
    for place in range(last - first):
        offer = world.book[first + place]
        bench.who[place] = offer.who
        bench.lab[place] = offer.lab
        bench.home[place] = world.researchers[offer.who].lab


@inlined
def count_money(world, first, last, month):
    """Put the logarithms of the wealth that goes with each offer and with staying on the bench."""
    log_wealth = world.bench.log_wealth
    for place in range(last - first):
        log_wealth[0, place] = offered_wealth(world, first + place, month)
        log_wealth[1, place] = staying_wealth(world, world.bench.who[place], month)
    for place in range(last - first):
        log_wealth[0, place] = log_of(log_wealth[0, place])
        log_wealth[1, place] = log_of(log_wealth[1, place])


@inlined
def best_option(world, who, staying):
    """Row of the offer that wins, or STAY; `staying` is the value of that. Whoever is indifferent stays."""
    best, most = STAY, staying
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        offer = world.book[row]
        if offer.value > most:
            best, most = row, offer.value
        row = int(offer.following)
    return best


@inlined
def decide(world, who, staying, month):
    """Let someone choose among the offers, all of which are valued."""
    best = best_option(world, who, staying)
    if best != STAY:
        world.book[best].chosen = True
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        if world.book[row].approach != NOBODY:
            describe(world, row, best, month)
        row = int(world.book[row].following)


@inlined
def weigh(world, first, last, month):
    """Value the offers, and staying for everyone who has one of them."""
    bench = world.bench
    for place in range(last - first):
        known = (bench.log_wealth[0, place], bench.taste[0, place])
        terms = offer_terms_given(world, first + place, known)
        world.book[first + place].value = total(terms) + bench.noise[0, place]
    for place in range(last - first):
        known = (bench.log_wealth[1, place], bench.taste[1, place])
        terms = staying_terms_given(world, bench.who[place], known, month)
        bench.staying[place] = total(terms) + bench.noise[1, place]


@compiled
def choose(world, month):
    """Mark the offers that are taken.

    In passes over many offers: draws and logarithms lie side by side in the vector units, fetches do not wait for
    each other.
    """
    made = world.counts[OFFERS_MADE]
    setting = world.setting[0]
    for first in range(0, made, CHOICES_AT_ONCE):
        last = min(first + CHOICES_AT_ONCE, made)
        look_up(world, first, last)
        draw_noise(world.key, world.bench, setting.noise, last - first, month)
        draw_tastes(world.key, world.bench, setting, last - first)
        count_money(world, first, last, month)
        weigh(world, first, last, month)
        for place in range(last - first):
            who = world.bench.who[place]
            if world.researchers[who].first_offer == first + place:  # the latest to a person is the last of theirs
                decide(world, who, world.bench.staying[place], month)
