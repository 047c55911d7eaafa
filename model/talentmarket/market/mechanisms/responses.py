"""A lab that learns of offers to its people answers: to those who have one, or to everybody.

To those who have one, with probability `detection`, a counter-offer of a raise that makes up for `counter_share` of
what the best offer the lab knows of is ahead by,

    counter = min(counter_share * max(0, CE_offer - CE_stay), counter_cap, what is left of counter_budget),

paid as running pay over the horizon, and a title worth `title` log points of money. About half of employers consider
it (press, 2010). To everybody, `fair_delay` months after `fair_trigger` approaches: a raise of `fair_raise` and an
award of stock by level, fair_award * fair_ratio^(levels above the lowest one covered). With `raise_moves_scale` the raise
also lifts the lab's pay level, and so what it pays for vacancies and posts.

Beside this policy a lab has its ordinary practice (`ordinary_response`): offers without a campaign behind them it learns of
with a probability of its own, and counters by the same formula with a share and a cap of its own. Where both answer, the
larger counter-offer is made; what practice pays does not come out of `counter_budget`. Whether a lab learns of an offer is
one draw, so that whatever the rarer answer knows, the more frequent one knows, too.
"""

from __future__ import annotations

from talentmarket.market.jobs.offers import answers, anyone_answers
from talentmarket.market.jobs.raises import award, raise_pay
from talentmarket.market.money.clawback import repayment
from talentmarket.market.money.packages import awaited_stock, offered_worth, running_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Lab, Offer
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import OFFERS_MADE, World


@compiled
def answered_by_policy(home: Lab, offer: Offer) -> bool:
    """Whether a lab's policy is about such an offer."""
    return home.counter_to_anyone or offer.approach != NOBODY


@compiled
def detected_worth(world: World, researcher: int, practice: bool, month: int) -> float:
    """M$: the best offer that the home lab learns of and answers, by policy or by practice; -1 if there is none.

    An offer that is worth no more than the present pay is passed over where only a counter-offer could answer it.
    """
    setting = world.setting[0]
    person = world.researchers[researcher]
    home = world.labs[person.lab]
    detection = home.practice_detection if practice else home.detection
    entitled = not practice and home.title > 0.0
    least = -1.0 if entitled else running_worth(setting, person.pay, month)
    best = -1.0
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        offer = world.offers[row]
        lab = world.labs[offer.lab]
        counts = offer.approach == NOBODY if practice else answered_by_policy(home, offer)
        worth = offered_worth(setting, lab, world.tiers[offer.vesting], offer, month) if counts else -1.0
        if worth > least and chance.happens(world.key, chance.DETECTION, researcher, offer.lab, month, detection):
            best = max(best, worth)
        row = offer.next_offer
    return best


@compiled
def counter_worth(world: World, researcher: int, detected: float, practice: bool, month: int) -> float:
    """M$: what a counter-offer to someone with an offer of so much is worth, before the budget is looked at."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    home = world.labs[person.lab]
    stock = awaited_stock(person, home, world.tiers[person.vesting], month, setting.horizon)
    ahead = detected - running_worth(setting, person.pay, month) - stock - repayment(world, researcher, month)
    share, cap = (home.practice_share, home.practice_cap) if practice else (home.counter_share, home.counter_cap)
    worth = share * max(0.0, ahead)
    return min(worth, cap) if cap > 0.0 else worth


@compiled
def practice_worth(world: World, researcher: int, month: int) -> float:
    """M$: what the home lab counters to someone as a matter of practice."""
    if world.labs[world.researchers[researcher].lab].practice_share == 0.0:
        return 0.0
    detected = detected_worth(world, researcher, True, month)
    return counter_worth(world, researcher, detected, True, month) if detected >= 0.0 else 0.0


@compiled
def counter(world: World, latest: int, month: int) -> None:
    """Answer the offers to the person whose latest offer stands in the row `latest`."""
    offer = world.offers[latest]
    researcher = offer.researcher
    number = world.researchers[researcher].lab
    home = world.labs[number]
    usual = practice_worth(world, researcher, month)
    worth = 0.0
    has_policy = home.counter_share > 0.0 or home.title > 0.0
    detected = detected_worth(world, researcher, False, month) if has_policy else -1.0
    if detected >= 0.0:
        worth = counter_worth(world, researcher, detected, False, month)
        if home.counter_budget > 0.0:
            worth = min(worth, home.counter_budget - home.counter_spent - home.counter_pending)
        offer.title = home.title
    offer.by_practice = usual > worth
    offer.counter = max(worth, usual, 0.0)
    if offer.counter > 0.0 and not offer.by_practice:
        home.counter_pending += offer.counter
        world.months[month, number].counters += 1


@compiled
def review_pay(world: World, number: int, month: int) -> None:
    """Raise everybody's pay at a lab, and with `raise_moves_scale` that of those to come; award stock by level."""
    home = world.labs[number]
    row = world.months[month, number]
    lowest = max(world.setting[0].levels - home.fair_levels, 0)
    if home.raise_moves_scale:
        home.pay_level *= 1.0 + home.fair_raise
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
