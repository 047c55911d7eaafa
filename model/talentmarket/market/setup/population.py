"""The first month: talent, loyalty, wealth, pay and tenure of every researcher, each from its own draw."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp, ln
from talentmarket.market.records.layout import LONG_AGO, LOYALTY_GRID, NOBODY
from talentmarket.market.records.world import World
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.colleagues import find_colleagues
from talentmarket.market.tallies.newcomers import notice, set_reward, yearly_reward

DRAWN_AT_ONCE = 256
TALENT, WEALTH, PAY, LOYALTY, TENURE = range(5)  # rows of what is drawn


@compiled
def log_talent_of(setting, standard):
    """Logarithm of talent for a standard normal draw: talent is lognormal with median 1, Pareto above the splice."""
    if standard <= setting.tail_normal:
        return setting.talent_sigma * standard
    above = 0.5 * math.erfc(standard / math.sqrt(2.0))
    return (
        setting.talent_sigma * setting.tail_normal
        + math.log(setting.talent_tail_share / above) / setting.talent_tail_exponent
    )


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
def draw_people(world, drawn, first, people):
    """Draw so many researchers from the row `first` on: a column of `drawn` for each.

    Pay is in the lab's pay level, loyalty a probability, tenure in the lab's mean. Each row is a pass of its own, in
    the vector units.
    """
    key = world.key
    setting = world.setting[0]
    for place in range(people):
        drawn[TALENT, place] = chance.normal(key, chance.TALENT, first + place, 0, 0)
    for place in range(people):
        drawn[WEALTH, place] = chance.normal(key, chance.WEALTH, first + place, 0, 0)
    for place in range(people):
        drawn[PAY, place] = chance.normal(key, chance.PAY, first + place, 0, 0)
    for place in range(people):
        drawn[LOYALTY, place] = chance.uniform(key, chance.LOYALTY, first + place, 0, 0)
    for place in range(people):
        drawn[TENURE, place] = -ln(chance.uniform(key, chance.TENURE, first + place, 0, 0))
    for place in range(people):
        drawn[TALENT, place] = log_talent_of(setting, drawn[TALENT, place])
    for place in range(people):
        log_talent = drawn[TALENT, place]
        richer = setting.wealth_talent * log_talent + setting.wealth_sigma * drawn[WEALTH, place]
        better_paid = setting.pay_talent * log_talent + setting.pay_sigma * drawn[PAY, place]
        drawn[TALENT, place] = exp(log_talent)
        drawn[WEALTH, place] = setting.wealth_median * exp(richer)
        drawn[PAY, place] = exp(better_paid)


@inlined
def settle(world, who, number, drawn, place):
    """Make a researcher of the lab of that number from a column of what `draw_people` has drawn."""
    setting = world.setting[0]
    lab = world.labs[number]
    person = world.researchers[who]
    job = world.jobs[who]
    person.talent = drawn[TALENT, place]
    person.loyalty = loyalty_of(setting, drawn[LOYALTY, place])
    person.wealth = drawn[WEALTH, place]
    set_pay(person, job, lab.pay_level * drawn[PAY, place])
    person.joined = -1 - int(12.0 * lab.tenure_mean * drawn[TENURE, place])
    person.left = NOBODY
    person.stirred = LONG_AGO
    person.first_offer = NOBODY
    person.lab = number
    person.level = level_of(setting, person.talent)
    terms = grant_equity(world, who, lab)
    set_reward(job, yearly_reward(setting, world.tiers[person.schedule], terms, 0))
    count(setting, lab, person, job, 1)
    notice(lab, person, job, 0, 1)


@compiled
def settle_everyone(world, drawn):
    """Fill the researchers' records, lab after lab, and the labs' books; `drawn`, (5, any), is where draws lie."""
    first = 0
    for number in range(world.labs.size):
        last = first + world.labs[number].planned
        while first < last:
            people = min(last - first, drawn.shape[1])
            draw_people(world, drawn, first, people)
            for place in range(people):
                settle(world, first + place, number, drawn, place)
            first += people
    for everyone in range(first):
        find_colleagues(world, everyone, 0)


def populate(world: World) -> None:
    """Fill the records of a market's researchers and the books of its labs."""
    settle_everyone(world, np.zeros((5, DRAWN_AT_ONCE)))
