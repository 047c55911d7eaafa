"""The first month: talent, loyalty, wealth, pay and tenure of every researcher, each from its own draw."""

from __future__ import annotations

import math

from talentmarket.market import chance
from talentmarket.market.census import count
from talentmarket.market.colleagues import find_colleagues
from talentmarket.market.compiled import compiled
from talentmarket.market.layout import LONG_AGO, LOYALTY_GRID, NOBODY
from talentmarket.market.newcomers import notice, yearly_reward
from talentmarket.market.packages import ordinary_pay


@compiled
def talent_of(setting, standard):
    """Talent for a standard normal draw: lognormal with median 1, Pareto above the splice."""
    if standard <= setting.tail_normal:
        return math.exp(setting.talent_sigma * standard)
    above = 0.5 * math.erfc(standard / math.sqrt(2.0))
    splice = math.exp(setting.talent_sigma * setting.tail_normal)
    return splice * (setting.talent_tail_share / above) ** (1.0 / setting.talent_tail_exponent)


@compiled
def loyalty_of(setting, probability):
    """Quantile of loyalty by linear interpolation in the table of the Beta distribution."""
    place = probability * LOYALTY_GRID
    below = min(int(place), LOYALTY_GRID - 1)
    quantiles = setting.loyalty_quantiles
    return quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below])


@compiled
def level_of(setting, talent):
    """Talent band, from 0."""
    level = 0
    while level < setting.levels - 1 and talent >= setting.level_bounds[level]:
        level += 1
    return level


@compiled
def grant_equity(world, who, lab):
    """Give someone who came with stock what has not vested of it; returns the terms of the job, as in `moving.move`."""
    person = world.researchers[who]
    if lab.equity > 0.0 and -person.joined < 12.0 * world.tiers[lab.equity_schedule].years:
        person.grant = lab.equity * person.pay
        person.granted = person.joined
        person.schedule = lab.equity_schedule
    return person.pay, 0.0, person.grant, int(person.schedule)


@compiled
def settle(world, who, number):
    """Draw one researcher of the lab of that number."""
    key = world.key
    setting = world.setting[0]
    lab = world.labs[number]
    person = world.researchers[who]
    talent = talent_of(setting, chance.normal(key, chance.TALENT, who, 0, 0))
    richer = setting.wealth_sigma * chance.normal(key, chance.WEALTH, who, 0, 0)
    better_paid = setting.pay_sigma * chance.normal(key, chance.PAY, who, 0, 0)
    years = -math.log(chance.uniform(key, chance.TENURE, who, 0, 0)) * lab.tenure_mean
    person.talent = talent
    person.loyalty = loyalty_of(setting, chance.uniform(key, chance.LOYALTY, who, 0, 0))
    person.wealth = setting.wealth_median * talent**setting.wealth_talent * math.exp(richer)
    person.pay = ordinary_pay(setting, lab, person) * math.exp(better_paid)
    person.joined = -1 - int(12.0 * years)
    person.left = NOBODY
    person.stirred = LONG_AGO
    person.first_offer = NOBODY
    person.lab = number
    person.level = level_of(setting, talent)
    terms = grant_equity(world, who, lab)
    count(setting, lab, person, 1)
    world.jobs[who].reward = yearly_reward(setting, world.tiers[person.schedule], terms, 0)
    notice(lab, person, world.jobs[who], 0, 1)


@compiled
def populate(world):
    """Fill the researchers' records, lab after lab, and the labs' books."""
    who = 0
    for number in range(world.labs.size):
        for _ in range(world.labs[number].planned):
            settle(world, who, number)
            who += 1
    for everyone in range(who):
        find_colleagues(world, everyone, 0)
