"""Why a campaign's offer was taken or refused, and how probable that was: what the table `offers` tells."""

from __future__ import annotations

import math

from talentmarket.market.choice.preferences import noise, offer_terms, staying_terms
from talentmarket.market.choice.terms import (
    Terms,
    answer_term,
    log_of,
    money_term,
    sure_wealth,
    ties_at_home,
    ties_term,
    total,
)
from talentmarket.market.money.packages import offered_worth
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import (
    CHANCE,
    MISSION,
    MOVING_COST,
    NOBODY,
    REFUSED,
    TIES,
    TOOK_ANOTHER,
    UNVESTED_STOCK,
)
from talentmarket.market.records.world import World

LARGEST_EXPONENT = 700.0


# Those of `preferences.py` are woven into their callers; here, where time hardly counts, once is enough to compile.
@compiled
def terms_of_offer(world: World, row: int, month: int) -> Terms:
    """Terms of an offer to the researcher it is made to."""
    return offer_terms(world, row, month)


@compiled
def terms_of_staying(world: World, researcher: int, month: int) -> Terms:
    """Terms of staying."""
    return staying_terms(world, researcher, month)


@compiled
def relative_odds(value: float, mine: float, scale: float) -> float:
    """Odds of another option against mine, exp((value - mine) / scale); without noise 0 or infinite."""
    if scale > 0.0:
        return math.exp(min((value - mine) / scale, LARGEST_EXPONENT))
    return math.inf if value >= mine else 0.0


@compiled
def outdone(world: World, offer: int, month: int) -> bool:
    """Whether the same lab offers the same person more this month; of two equal offers the later made counts.

    The noise is a person's for a lab, so two offers of one lab are one job: the better terms win for certain.
    """
    lab = world.offers[offer].lab
    mine = total(terms_of_offer(world, offer, month))
    row = int(world.researchers[world.offers[offer].researcher].latest_offer)
    while row != NOBODY:
        if row != offer and world.offers[row].lab == lab:
            value = total(terms_of_offer(world, row, month))
            if value > mine or (value == mine and row > offer):
                return True
        row = world.offers[row].next_offer
    return False


@compiled
def acceptance_probability(world: World, researcher: int, offer: int, month: int) -> tuple[float, float]:
    """(probability, best rival's value): the logit over staying and each lab's best offer; nan without a rival."""
    scale = world.setting[0].noise
    mine = total(terms_of_offer(world, offer, month))
    odds_against = relative_odds(total(terms_of_staying(world, researcher, month)), mine, scale)
    rival = -math.inf
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        if row != offer:
            value = total(terms_of_offer(world, row, month))
            rival = max(rival, value)
            if world.offers[row].lab != world.offers[offer].lab and not outdone(world, row, month):
                odds_against += relative_odds(value, mine, scale)
        row = world.offers[row].next_offer
    probability = 0.0 if outdone(world, offer, month) else 1.0 / (1.0 + odds_against)
    return probability, (rival if rival > -math.inf else math.nan)


@compiled
def reason(offered: Terms, alternative: Terms, taken: bool) -> int:
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
def staying_without(world: World, researcher: int, part: int, month: int) -> float:
    """Value of staying, chance aside, were one part of the choice away; the answer of the lab is what it was."""
    terms = terms_of_staying(world, researcher, month)
    person = world.researchers[researcher]
    if part == MISSION:
        return total(terms) - terms.mission
    if part == TIES:
        return total(terms) - ties_at_home(world, researcher)
    if part == UNVESTED_STOCK and person.grant > 0.0:
        setting = world.setting[0]
        sure = sure_wealth(world, researcher, month)
        less = terms.money + terms.upside - money_term(setting, person, log_of(sure))
        if person.latest_offer != NOBODY:
            less += terms.counter - answer_term(setting, person, world.offers[person.latest_offer], sure)
        return total(terms) - less
    return total(terms)


@compiled
def offer_without(world: World, row: int, part: int, month: int) -> float:
    """Value of an offer, chance aside, were one part of the choice away."""
    terms = terms_of_offer(world, row, month)
    if part == MISSION:
        return total(terms) - terms.mission
    if part == MOVING_COST:
        return total(terms) - terms.friction
    if part == TIES:
        return total(terms) - ties_term(world, world.offers[row].researcher, world.offers[row].lab)
    return total(terms)  # whoever goes has no stock to wait for


@compiled
def taken_without(world: World, wanted: int, part: int, month: int) -> bool:
    """Whether an offer would be the one taken were one part of the choice away, with the same noise and offers."""
    researcher = int(world.offers[wanted].researcher)
    home = int(world.researchers[researcher].lab)
    most = staying_without(world, researcher, part, month) + noise(world, researcher, home, month)
    best = NOBODY
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        value = offer_without(world, row, part, month) + noise(world, researcher, int(world.offers[row].lab), month)
        if value > most:
            best, most = row, value
        row = world.offers[row].next_offer
    return best == wanted


@compiled
def describe(world: World, row: int, taken: int, month: int) -> None:
    """Write down a campaign offer's value, its rival, its probability, its end, and what it would take to end otherwise."""
    offer = world.offers[row]
    approach = world.approaches[offer.approach]
    offered = terms_of_offer(world, row, month)
    alternative = terms_of_staying(world, offer.researcher, month)
    tier = world.tiers[offer.vesting]
    approach.stay_value = total(alternative)
    approach.offer_value = total(offered)
    approach.certainty_equivalent = offered_worth(world.setting[0], world.labs[offer.lab], tier, offer, month)
    approach.probability, approach.rival_value = acceptance_probability(world, offer.researcher, row, month)
    approach.decided = month
    approach.outcome = REFUSED
    campaign = world.campaigns[approach.campaign]
    campaign.open_offers -= 1
    campaign.open_total -= approach.total
    if taken != row and taken != NOBODY:
        alternative = terms_of_offer(world, taken, month)
        approach.outcome = TOOK_ANOTHER
    approach.without_mission = taken_without(world, row, MISSION, month)
    approach.without_moving_cost = taken_without(world, row, MOVING_COST, month)
    approach.without_stock = taken_without(world, row, UNVESTED_STOCK, month)
    approach.without_ties = taken_without(world, row, TIES, month)
    approach.reason = reason(offered, alternative, taken == row)
