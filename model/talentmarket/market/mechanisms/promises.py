"""Those who stay get the raise that their counter-offer promised; some of them would have left without it.

A raise costs the lab its present value over the horizon, which is what the counter-offer was worth. An exit is avoided
if the best offer would have won over staying without counter-offer and title, with the same noise. What a lab's policy does
is counted apart from its ordinary practice.
"""

from __future__ import annotations

from talentmarket.market.choice.preferences import offer_value, staying_terms, staying_value
from talentmarket.market.jobs.offers import anyone_answers
from talentmarket.market.jobs.raises import raise_pay
from talentmarket.market.money.packages import running_worth
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE, World


@compiled
def goes(world: World, researcher: int) -> bool:
    """Whether someone has chosen an offer this month."""
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        if world.offers[row].chosen:
            return True
        row = world.offers[row].next_offer
    return False


@compiled
def was_kept(world: World, researcher: int, month: int) -> bool:
    """Whether someone who stays would have gone without counter-offer and title."""
    bare = staying_value(world, researcher, month) - staying_terms(world, researcher, month).counter
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        if offer_value(world, row, month) > bare:
            return True
        row = world.offers[row].next_offer
    return False


@compiled
def keep_promises(world: World, month: int) -> None:
    """Count whom counter-offers and titles kept, and raise the pay of those who accepted."""
    if not anyone_answers(world.labs):
        return
    setting = world.setting[0]
    for row in range(world.counts[OFFERS_MADE]):
        offer = world.offers[row]
        countered = offer.counter > 0.0 and not offer.by_practice
        if not (offer.counter > 0.0 or offer.title > 0.0) or goes(world, offer.researcher):
            continue
        number = world.researchers[offer.researcher].lab
        if (countered or offer.title > 0.0) and was_kept(world, offer.researcher, month):
            world.months[month, number].exits_avoided += 1
        if countered:
            world.labs[number].counter_spent += offer.counter
            world.months[month, number].counters_accepted += 1
            world.months[month, number].spend_counters += offer.counter
        elif offer.counter > 0.0:
            world.months[month, number].spend_practice += offer.counter
    for row in range(world.counts[OFFERS_MADE]):
        offer = world.offers[row]
        if offer.counter > 0.0 and not goes(world, offer.researcher):
            raise_pay(world, offer.researcher, offer.counter / running_worth(setting, 1.0, month), month)
    for number in range(world.labs.size):
        world.labs[number].counter_pending = 0.0
