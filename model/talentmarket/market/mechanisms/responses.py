"""A lab that learns of offers to its people answers: to those who have one, or to everybody.

To those who have one, with probability `detection`, a counter-offer of a raise that makes up for `counter_share` of
what the best offer the lab knows of is ahead by,

    counter = min(counter_share * max(0, CE_offer - CE_stay), counter_cap, what is left of counter_budget),

paid as running pay over the horizon, and a title worth `title` log points of money. About half of employers consider
it (press, 2010). To everybody, `fair_delay` months after `fair_trigger` approaches: a raise of `fair_raise` and an
award of stock by level, fair_award * fair_ratio^(levels above the lowest one covered).
"""

from __future__ import annotations

from talentmarket.market.jobs.offers import answers, anyone_answers
from talentmarket.market.jobs.raises import award, raise_pay
from talentmarket.market.money.clawback import repayment
from talentmarket.market.money.packages import awaited_stock, offered_worth, running_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE, World


@compiled
def detected_worth(world: World, researcher: int, month: int) -> float:
    """M$: the best offer to someone that the home lab learns of and answers; -1 if there is none."""
    setting = world.setting[0]
    home = world.labs[world.researchers[researcher].lab]
    best = -1.0
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        offer = world.offers[row]
        lab = world.labs[offer.lab]
        counts = home.counter_to_anyone or offer.approach != NOBODY
        if counts and chance.happens(world.key, chance.DETECTION, researcher, offer.lab, month, home.detection):
            best = max(best, offered_worth(setting, lab, world.tiers[offer.vesting], offer, month))
        row = offer.next_offer
    return best


@compiled
def counter_worth(world: World, researcher: int, detected: float, month: int) -> float:
    """M$: what a counter-offer to someone with an offer of so much is worth, before the budget is looked at."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    home = world.labs[person.lab]
    stock = awaited_stock(person, home, world.tiers[person.vesting], month, setting.horizon)
    ahead = detected - running_worth(setting, person.pay, month) - stock - repayment(world, researcher, month)
    worth = home.counter_share * max(0.0, ahead)
    return min(worth, home.counter_cap) if home.counter_cap > 0.0 else worth


@compiled
def counter(world: World, latest: int, month: int) -> None:
    """Answer the offers to the person whose latest offer stands in the row `latest`."""
    offer = world.offers[latest]
    researcher = offer.researcher
    number = world.researchers[researcher].lab
    home = world.labs[number]
    detected = detected_worth(world, researcher, month)
    if detected < 0.0:
        return
    worth = counter_worth(world, researcher, detected, month)
    if home.counter_budget > 0.0:
        worth = min(worth, home.counter_budget - home.counter_spent - home.counter_pending)
    offer.title = home.title
    if worth > 0.0:
        offer.counter = worth
        home.counter_pending += worth
        world.months[month, number].counters += 1


@compiled
def review_pay(world: World, number: int, month: int) -> None:
    """Raise everybody's pay at a lab, and award stock by level."""
    home = world.labs[number]
    row = world.months[month, number]
    lowest = max(world.setting[0].levels - home.fair_levels, 0)
    for researcher in range(world.researchers.size):
        person = world.researchers[researcher]
        if person.lab == number:
            if home.fair_raise > 0.0:
                row.spend_fair += running_worth(world.setting[0], home.fair_raise * person.pay, month)
                raise_pay(world, researcher, home.fair_raise * person.pay, month)
            if home.fair_award > 0.0 and person.level >= lowest:
                amount = home.fair_award * home.fair_ratio ** (person.level - lowest)
                award(world, researcher, amount, home.award_vesting, month)
                row.spend_fair += amount


@compiled
def watch_approaches(world: World, number: int, month: int) -> None:
    """Count a lab's approaches, and review its pay when the time has come."""
    home = world.labs[number]
    home.approaches += world.months[month, number].approached
    if home.fair_month == NOBODY and home.approaches >= home.fair_trigger:
        home.fair_month = month + home.fair_delay
    if home.fair_month == month:
        review_pay(world, number, month)


@compiled
def respond(world: World, month: int) -> None:
    """All responses of the month."""
    for number in range(world.labs.size):
        if world.labs[number].fair_trigger > 0:
            watch_approaches(world, number, month)
    if not anyone_answers(world.labs):
        return
    for row in range(world.counts[OFFERS_MADE]):
        person = world.researchers[world.offers[row].researcher]
        if person.latest_offer == row and answers(world.labs[person.lab]):
            counter(world, row, month)
