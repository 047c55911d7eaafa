"""What an option is worth to a researcher.

For researcher i at home lab h, an option at lab l with a package of certainty equivalent CE is worth, in log-odds,

    V = money_weight * [ (1 - m) ln((W + CE) / 1 M$) + m * mission_scale * M_l * K_l * fit_hl
                         + compute_value * ln(compute_l / compute_ref) + tie_value * share of ties at l
                         + size_value * share of everyone at l + taste_il
                         - envy * (1 - merit_visibility) * max(0, ln(reference_il / pay_il))
                         - switching_cost * [l is not h] ]
        - restless_i * [l is h] + answer_i * [l is h] + noise * Gumbel,

where the answer of the home lab to an offer is a counter-offer and a title. The best option wins. With `noise` 1 this
is a multinomial logit (McFadden 1974).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from talentmarket.market.money.packages import awaited_stock, liquid_wealth, offered_worth, running_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records.layout import CONTAGION_MONTHS, NOBODY

SMALLEST_WEALTH = 1e-9  # M$; keeps the logarithm finite for someone with neither wealth nor pay


class Terms(NamedTuple):
    """The terms of an option's value, in log-odds; their sum is V without the noise."""

    money: float
    mission: float
    compute: float
    ties: float
    upside: float
    fairness: float
    taste: float
    friction: float
    counter: float


@compiled
def total(terms):
    """Sum of the terms."""
    money, mission, compute, ties, upside, fairness, taste, friction, counter = terms
    return money + mission + compute + ties + upside + fairness + taste + friction + counter


@inlined
def log_of(wealth):
    """Logarithm of a wealth in M$."""
    return ln(max(wealth, SMALLEST_WEALTH))


@compiled
def money_term(setting, person, log_wealth):
    """Log-odds of the logarithm of a wealth in M$."""
    return setting.money_weight * (1.0 - person.loyalty) * log_wealth


@compiled
def mission_term(setting, person, lab):
    """Log-odds of a lab's mission, as far as its culture lives up to it."""
    return setting.money_weight * person.loyalty * setting.mission_scale * lab.mission * lab.culture


@compiled
def compute_term(setting, lab):
    """Log-odds of a lab's compute per researcher."""
    return setting.money_weight * setting.compute_value * lab.log_compute


@inlined
def ties_term(world, who, lab):
    """Log-odds of having a share of one's ties at a lab; 0 without ties."""
    setting = world.setting[0]
    if setting.tie_value == 0.0:
        return 0.0
    first, last = world.ties.start[who], world.ties.start[who + 1]
    there = 0
    for position in range(first, last):
        if world.ties.lab[position] == lab:
            there += 1
    return setting.money_weight * setting.tie_value * there / max(last - first, 1)


@inlined
def ties_at_home(world, who):
    """Log-odds of having a share of one's ties at home, from the books of the job."""
    setting = world.setting[0]
    if setting.tie_value == 0.0:
        return 0.0
    ties = world.ties.start[who + 1] - world.ties.start[who]
    return setting.money_weight * setting.tie_value * world.jobs[who].ties_here / max(ties, 1)


@inlined
def size_term(world, lab):
    """Log-odds of having a share of everyone at a lab."""
    setting = world.setting[0]
    if setting.size_value == 0.0:
        return 0.0
    return setting.money_weight * setting.size_value * world.labs[lab].headcount / world.researchers.size


@compiled
def shortfall(person, lab, pay, at_home):
    """Log points by which a pay is below the mean of colleagues of the same level at a lab, or 0."""
    colleagues = lab.level_count[person.level] - at_home
    if pay <= 0.0 or colleagues == 0:
        return 0.0
    reference = (lab.level_pay[person.level] - at_home * person.pay) / colleagues
    return math.log(reference / pay) if reference > pay else 0.0


@compiled
def fairness_term(setting, person, lab, pay, at_home):
    """Log-odds of a pay below the mean of colleagues of the same level at a lab; above it nothing changes."""
    if setting.envy == 0.0:
        return 0.0
    return -setting.money_weight * setting.envy * shortfall(person, lab, pay, at_home)


@compiled
def taste_of(setting, standard):
    """Log-odds of a taste that lies so many standard deviations from the mean."""
    return setting.money_weight * setting.taste_sd * standard


@inlined
def taste_term(world, who, lab):
    """Log-odds of a researcher's lasting taste for a lab: drawn from its key when needed, never stored."""
    setting = world.setting[0]
    if setting.taste_sd == 0.0:
        return 0.0
    return taste_of(setting, chance.normal(world.key, chance.TASTE, who, lab, 0))


@inlined
def restlessness(world, who, month):
    """Log-odds of leaving that exits of ties from one's lab have added, each with a kernel of its own.

    It follows from the ties' last moves: one who left this lab, after the researcher came, in the last four months.
    """
    setting = world.setting[0]
    person = world.researchers[who]
    if setting.contagion == 0.0 or month - person.stirred > CONTAGION_MONTHS:
        return 0.0
    stirred = 0.0
    for position in range(world.ties.start[who], world.ties.start[who + 1]):
        tie = world.researchers[world.ties.other[position]]
        since = month - tie.joined
        if tie.left == person.lab and since <= CONTAGION_MONTHS and tie.joined > person.joined:
            stirred += setting.restlessness[since]
    return setting.contagion * stirred


@inlined
def upside_term(world, who, log_wealth, month):
    """Log-odds of what someone believes beyond the market of the stock they await; `log_wealth` is without it."""
    setting = world.setting[0]
    person = world.researchers[who]
    if person.grant == 0.0:
        return 0.0
    lab = world.labs[person.lab]
    tier = world.tiers[person.schedule]
    sure = liquid_wealth(person, lab, tier, month) + running_worth(setting, person.pay, month)
    stock = awaited_stock(person, lab, tier, month, setting.horizon)
    if stock == 0.0:
        return 0.0
    believed = money_term(setting, person, log_of(sure + stock * lab.upside))
    return believed - money_term(setting, person, log_wealth)


@inlined
def counter_term(world, who, month):
    """Log-odds of what the home lab answers to the month's offers: a counter-offer on top of the wealth, and a title."""
    setting = world.setting[0]
    person = world.researchers[who]
    if person.first_offer == NOBODY:
        return 0.0
    answer = world.book[person.first_offer]
    if answer.counter == 0.0 and answer.title == 0.0:
        return 0.0
    wealth = staying_wealth(world, who, month)
    more = money_term(setting, person, log_of(wealth + answer.counter)) - money_term(setting, person, log_of(wealth))
    return more + setting.money_weight * answer.title


@inlined
def staying_wealth(world, who, month):
    """M$: liquid wealth and the worth of the present package."""
    setting = world.setting[0]
    person = world.researchers[who]
    lab = world.labs[person.lab]
    tier = world.tiers[person.schedule]
    sure = liquid_wealth(person, lab, tier, month) + running_worth(setting, person.pay, month)
    return sure + awaited_stock(person, lab, tier, month, setting.horizon)


@inlined
def staying_terms(world, who, month):
    """Terms of staying with the present package, and with what the lab answers to this month's offers."""
    taste = taste_term(world, who, int(world.researchers[who].lab))
    return staying_terms_given(world, who, (log_of(staying_wealth(world, who, month)), taste), month)


@inlined
def staying_terms_given(world, who, known, month):
    """Terms of staying for someone of whom (log wealth, taste for home) are known."""
    setting = world.setting[0]
    person = world.researchers[who]
    home = int(person.lab)
    lab = world.labs[home]
    log_wealth, taste = known
    return Terms(
        money_term(setting, person, log_wealth),
        mission_term(setting, person, lab),
        compute_term(setting, lab),
        ties_at_home(world, who) + size_term(world, home),
        upside_term(world, who, log_wealth, month),
        fairness_term(setting, person, lab, person.pay, 1),
        taste,
        -restlessness(world, who, month),
        counter_term(world, who, month),
    )


@inlined
def offered_wealth(world, row, month):
    """M$: liquid wealth of the researcher to whom an offer of the book is made, and its worth."""
    offer = world.book[row]
    person = world.researchers[offer.who]
    tier = world.tiers[offer.schedule]
    worth = offered_worth(world.setting[0], world.labs[offer.lab], tier, offer, month)
    return liquid_wealth(person, world.labs[person.lab], world.tiers[person.schedule], month) + worth


@inlined
def offer_terms(world, row, month):
    """Terms of an offer of the book to the researcher it is made to."""
    offer = world.book[row]
    taste = taste_term(world, offer.who, offer.lab)
    return offer_terms_given(world, row, (log_of(offered_wealth(world, row, month)), taste))


@inlined
def offer_terms_given(world, row, known):
    """Terms of an offer of the book to someone of whom (log wealth, taste for the lab) are known."""
    setting = world.setting[0]
    offer = world.book[row]
    person = world.researchers[offer.who]
    lab = world.labs[offer.lab]
    log_wealth, taste = known
    return Terms(
        money_term(setting, person, log_wealth),
        mission_term(setting, person, lab) * world.labs[person.lab].fit[offer.lab],
        compute_term(setting, lab),
        ties_term(world, offer.who, offer.lab) + size_term(world, offer.lab),
        0.0,
        fairness_term(setting, person, lab, offer.pay, 0),
        taste,
        -setting.money_weight * setting.switching_cost,
        0.0,
    )


@inlined
def noise(world, who, lab, month):
    """The Gumbel draw of a researcher for a lab in a month, times the scale of the noise."""
    scale = world.setting[0].noise
    return scale * chance.gumbel(world.key, chance.CHOICE, who, lab, month) if scale > 0.0 else 0.0


@inlined
def staying_value(world, who, month):
    """Value of staying, with its noise."""
    return total(staying_terms(world, who, month)) + noise(world, who, int(world.researchers[who].lab), month)


@inlined
def offer_value(world, row, month):
    """Value of an offer of the book, with its noise."""
    offer = world.book[row]
    return total(offer_terms(world, row, month)) + noise(world, offer.who, offer.lab, month)
