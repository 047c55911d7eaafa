"""A lab that learns of offers to its people answers: to those who have one, or to everybody.

To those who have one, with probability `detection`, a counter-offer of a raise that makes up for `counter_share` of
what the best offer the lab knows of is ahead by,

    counter = min(counter_share * max(0, CE_offer - CE_stay), counter_cap, what is left of counter_budget),

paid as running pay over the horizon, and a title worth `title` log points of money. About half of employers consider
it (press, 2010). To everybody, `fair_delay` months after `fair_trigger` approaches: a raise of `fair_raise` and an
award of stock by level, fair_award * fair_ratio^(levels above the lowest one covered).
"""

from __future__ import annotations

from talentmarket.market.jobs.answering import answers, anyone_answers
from talentmarket.market.jobs.raises import award, raise_pay
from talentmarket.market.money.packages import awaited_stock, offered_worth, running_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.layout import NOBODY
from talentmarket.market.records.world import OFFERS_MADE


@compiled
def known_worth(world, who, month):
    """M$: the best offer to someone that the home lab learns of and answers; -1 if there is none."""
    setting = world.setting[0]
    home = world.labs[world.researchers[who].lab]
    best = -1.0
    row = int(world.researchers[who].first_offer)
    while row != NOBODY:
        offer = world.book[row]
        lab = world.labs[offer.lab]
        counts = home.counter_to_anyone or offer.approach != NOBODY
        if counts and chance.happens(world.key, chance.DETECTION, who, offer.lab, month, home.detection):
            best = max(best, offered_worth(setting, lab, world.tiers[offer.schedule], offer, month))
        row = offer.following
    return best


@compiled
def counter_worth(world, who, known, month):
    """M$: what a counter-offer to someone is worth, before the budget is looked at."""
    setting = world.setting[0]
    person = world.researchers[who]
    home = world.labs[person.lab]
    stock = awaited_stock(person, home, world.tiers[person.schedule], month, setting.horizon)
    ahead = known - running_worth(setting, person.pay, month) - stock
    worth = home.counter_share * max(0.0, ahead)
    return min(worth, home.counter_cap) if home.counter_cap > 0.0 else worth


@compiled
def counter(world, first, month):
    """Answer the offers to the person whose latest offer stands in the row `first` of the book."""
    offer = world.book[first]
    who = offer.who
    number = world.researchers[who].lab
    home = world.labs[number]
    known = known_worth(world, who, month)
    if known < 0.0:
        return
    worth = counter_worth(world, who, known, month)
    if home.counter_budget > 0.0:
        worth = min(worth, home.counter_budget - home.counter_spent - home.counter_pending)
    offer.title = home.title
    if worth > 0.0:
        offer.counter = worth
        home.counter_pending += worth
        world.months[month, number].counters += 1


@compiled
def relevel(world, number, month):
    """Raise everybody's pay at a lab, and award stock by level."""
    home = world.labs[number]
    row = world.months[month, number]
    lowest = max(world.setting[0].levels - home.fair_levels, 0)
    for who in range(world.researchers.size):
        person = world.researchers[who]
        if person.lab == number:
            if home.fair_raise > 0.0:
                row.spend_fair += running_worth(world.setting[0], home.fair_raise * person.pay, month)
                raise_pay(world, who, home.fair_raise * person.pay, month)
            if home.fair_award > 0.0 and person.level >= lowest:
                amount = home.fair_award * home.fair_ratio ** (person.level - lowest)
                award(world, who, amount, home.fair_schedule, month)
                row.spend_fair += amount


@compiled
def review(world, number, month):
    """Count a lab's approaches, and re-level when the time has come."""
    home = world.labs[number]
    home.approaches += world.months[month, number].approached
    if home.fair_month == NOBODY and home.approaches >= home.fair_trigger:
        home.fair_month = month + home.fair_delay
    if home.fair_month == month:
        relevel(world, number, month)


@compiled
def respond(world, month):
    """All responses of the month."""
    for number in range(world.labs.size):
        if world.labs[number].fair_trigger > 0:
            review(world, number, month)
    if not anyone_answers(world.labs):
        return
    for row in range(world.counts[OFFERS_MADE]):
        person = world.researchers[world.book[row].who]
        if person.first_offer == row and answers(world.labs[person.lab]):
            counter(world, row, month)
