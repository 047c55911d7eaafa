"""Everyone who has an offer weighs staying against every offer of the month and takes the best.

The values are those of `preferences.py`; all decide at once, on the state at the start of the month's choices.
"""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.compiled import compiled, inlined
from talentmarket.market.layout import NOBODY
from talentmarket.market.packages import offered_worth
from talentmarket.market.preferences import (
    offer_terms,
    offer_terms_given,
    staying_terms,
    staying_terms_given,
    taste_of,
    total,
)
from talentmarket.market.record import CHANCE, REFUSED, TOOK_ANOTHER
from talentmarket.market.state import CHOICES_AT_ONCE, OFFERS_MADE

STAY = -1
LARGEST_EXPONENT = 700.0


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
def draw_noise(world, first, last, month):
    """Draw the noise of those offers into the book, and that of staying onto the bench."""
    bench = world.bench
    scale = world.setting[0].noise
    for place in range(last - first):
        who = bench.who[place]
        bench.draw[0, place] = chance.uniform(world.key, chance.CHOICE, who, bench.lab[place], month)
        bench.draw[1, place] = chance.uniform(world.key, chance.CHOICE, who, bench.home[place], month)
    for place in range(last - first):
        world.book[first + place].noise = scale * chance.gumbel_of(bench.draw[0, place])
        bench.noise[place] = scale * chance.gumbel_of(bench.draw[1, place])


@inlined
def draw_taste(world, first, last):
    """Draw the taste for the labs of those offers into the book, and that for home onto the bench."""
    bench = world.bench
    setting = world.setting[0]
    if setting.taste_sd == 0.0:
        bench.taste[:] = 0.0
        for row in range(first, last):
            world.book[row].taste = 0.0
        return
    for place in range(last - first):
        who = bench.who[place]
        bench.word[0, place], bench.word[1, place], _, _ = chance.words(
            world.key, chance.TASTE, who, bench.lab[place], 0
        )
        bench.word[2, place], bench.word[3, place], _, _ = chance.words(
            world.key, chance.TASTE, who, bench.home[place], 0
        )
    for place in range(last - first):
        for_lab = chance.normal_of(bench.word[0, place], bench.word[1, place])
        for_home = chance.normal_of(bench.word[2, place], bench.word[3, place])
        world.book[first + place].taste = taste_of(setting, for_lab)
        bench.taste[place] = taste_of(setting, for_home)


@inlined
def best_option(world, who, luck, month):
    """Row of the offer that wins with its noise, or STAY; whoever is indifferent stays.

    `luck` is the noise of staying and the taste for home; that of the offers stands in the book.
    """
    best = STAY
    most = total(staying_terms_given(world, who, luck[1], month)) + luck[0]
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        offer = world.book[row]
        value = total(offer_terms_given(world, row, offer.taste, month)) + offer.noise
        if value > most:
            best, most = row, value
        row = offer.following
    return best


@compiled
def relative_odds(value, mine, scale):
    """Odds of another option against mine, exp((value - mine) / scale); without noise 0 or infinite."""
    if scale > 0.0:
        return math.exp(min((value - mine) / scale, LARGEST_EXPONENT))
    return math.inf if value >= mine else 0.0


@compiled
def outdone(world, offer, month):
    """Whether the same lab offers the same person more this month; of two equal offers the later made counts.

    The noise is a person's for a lab, so two offers of one lab are one job: the better terms win for certain.
    """
    lab = world.book[offer].lab
    mine = total(offer_terms(world, offer, month))
    row = int(world.researchers[world.book[offer].who].first_offer)
    while row != NOBODY:
        if row != offer and world.book[row].lab == lab:
            value = total(offer_terms(world, row, month))
            if value > mine or (value == mine and row > offer):
                return True
        row = world.book[row].following
    return False


@compiled
def acceptance_probability(world, who, offer, month):
    """(probability, best rival's value): the logit over staying and each lab's best offer; nan without a rival."""
    scale = world.setting[0].noise
    mine = total(offer_terms(world, offer, month))
    odds_against = relative_odds(total(staying_terms(world, who, month)), mine, scale)
    rival = -math.inf
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        if row != offer:
            value = total(offer_terms(world, row, month))
            rival = max(rival, value)
            if world.book[row].lab != world.book[offer].lab and not outdone(world, row, month):
                odds_against += relative_odds(value, mine, scale)
        row = world.book[row].following
    probability = 0.0 if outdone(world, offer, month) else 1.0 / (1.0 + odds_against)
    return probability, (rival if rival > -math.inf else math.nan)


@compiled
def reason(offered, alternative, taken):
    """The largest term of the difference that speaks for the decision; chance if the terms together speak against it."""
    sign = 1.0 if taken else -1.0
    if sign * (total(offered) - total(alternative)) <= 0.0:
        return CHANCE
    largest, where = 0.0, CHANCE
    for term in range(len(offered)):
        difference = sign * (offered[term] - alternative[term])
        if difference > largest:
            largest, where = difference, term
    return where


@compiled
def describe(world, row, taken, month):
    """Write down a campaign offer's value, its rival, its probability and the reason of its end."""
    offer = world.book[row]
    approach = world.approaches[offer.approach]
    offered = offer_terms(world, row, month)
    alternative = staying_terms(world, offer.who, month)
    tier = world.tiers[offer.schedule]
    approach.stay_value = total(alternative)
    approach.offer_value = total(offered)
    approach.certainty_equivalent = offered_worth(world.setting[0], world.labs[offer.lab], tier, offer, month)
    approach.probability, approach.rival_value = acceptance_probability(world, offer.who, row, month)
    approach.decided = month
    approach.outcome = REFUSED
    campaign = world.campaigns[approach.campaign]
    campaign.open_offers -= 1
    campaign.open_total -= approach.total
    if taken != row and taken != STAY:
        alternative = offer_terms(world, taken, month)
        approach.outcome = TOOK_ANOTHER
    approach.reason = reason(offered, alternative, taken == row)


@inlined
def decide(world, row, luck, month):
    """Let the person to whom an offer was made choose, if it is the latest of those to the same person."""
    who = world.book[row].who
    if world.researchers[who].first_offer != row:
        return
    best = best_option(world, who, luck, month)
    if best != STAY:
        world.book[best].chosen = True
    other = row
    while other != NOBODY:
        if world.book[other].approach != NOBODY:
            describe(world, other, best, month)
        other = world.book[other].following


@compiled
def choose(world, month):
    """Mark the offers that are taken.

    In passes over many offers: draws lie side by side in the vector units, fetches do not wait for each other.
    """
    made = world.counts[OFFERS_MADE]
    bench = world.bench
    for first in range(0, made, CHOICES_AT_ONCE):
        last = min(first + CHOICES_AT_ONCE, made)
        look_up(world, first, last)
        draw_noise(world, first, last, month)
        draw_taste(world, first, last)
        for place in range(last - first):
            decide(world, first + place, (bench.noise[place], bench.taste[place]), month)
