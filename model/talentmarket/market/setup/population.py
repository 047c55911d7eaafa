"""The first month: talent, loyalty, wealth, pay and tenure of every researcher, each from its own draw."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.money.packages import Package
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp, ln
from talentmarket.market.records import Lab, Setting
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.limits import LONG_AGO, LOYALTY_GRID
from talentmarket.market.records.world import World
from talentmarket.market.tallies.census import count, set_pay
from talentmarket.market.tallies.colleagues import find_colleagues
from talentmarket.market.tallies.newcomers import notice, set_compensation, yearly_compensation

TALENT, WEALTH, PAY, LOYALTY, TENURE = range(5)  # rows of what is drawn


@compiled
def log_talent_of(setting: Setting, standard: float) -> float:
    """Logarithm of talent for a standard normal draw: talent is lognormal with median 1, Pareto above the splice."""
    if standard <= setting.tail_normal:
        return setting.talent_sigma * standard
    above = 0.5 * math.erfc(standard / math.sqrt(2.0))
    return (
        setting.talent_sigma * setting.tail_normal
        + math.log(setting.talent_tail_share / above) / setting.talent_tail_exponent
    )


@compiled
def loyalty_of(setting: Setting, probability: float) -> float:
    """Quantile of loyalty by linear interpolation in the table of the Beta distribution."""
    place = probability * LOYALTY_GRID
    below = min(int(place), LOYALTY_GRID - 1)
    quantiles = setting.loyalty_quantiles
    return quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below])


@compiled
def level_of(setting: Setting, talent: float) -> int:
    """Talent band, from 0."""
    level = 0
    while level < setting.levels - 1 and talent >= setting.level_bounds[level]:
        level += 1
    return level


@compiled
def grant_equity(world: World, researcher: int, lab: Lab) -> Package:
    """Give someone who came with stock what has not vested of it; returns what the job pays."""
    person = world.researchers[researcher]
    if lab.equity > 0.0 and -person.joined < 12.0 * world.tiers[lab.equity_vesting].years:
        person.grant = lab.equity * person.pay
        person.granted = person.joined
        person.vesting = lab.equity_vesting
    return Package(person.pay, 0.0, person.grant, int(person.vesting))


@compiled
def draw_people(world: World, drawn: np.ndarray, first: int, people: int) -> None:
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
def place_researcher(world: World, researcher: int, number: int, drawn: np.ndarray, place: int) -> None:
    """Make a researcher of the lab of that number from a column of what `draw_people` has drawn."""
    setting = world.setting[0]
    lab = world.labs[number]
    person = world.researchers[researcher]
    job = world.jobs[researcher]
    person.talent = drawn[TALENT, place]
    person.loyalty = loyalty_of(setting, drawn[LOYALTY, place])
    person.wealth = drawn[WEALTH, place]
    set_pay(person, job, lab.pay_level * drawn[PAY, place])
    person.joined = -1 - int(12.0 * lab.tenure_mean * drawn[TENURE, place])
    person.previous_lab = NOBODY
    person.last_tie_exit = LONG_AGO
    person.latest_offer = NOBODY
    person.lab = number
    world.employers[researcher] = number
    person.level = level_of(setting, person.talent)
    job.due_to_talent = exp(setting.pay_talent * ln(person.talent))
    package = grant_equity(world, researcher, lab)
    set_compensation(job, yearly_compensation(setting, world.tiers[person.vesting], package, 0))
    count(setting, lab, person, job, 1)
    notice(lab, person, job, 0, 1)


@compiled
def place_everyone(world: World, drawn: np.ndarray) -> None:
    """Fill the researchers' records, lab after lab, and the labs' running totals; `drawn`, (5, any), is where draws lie."""
    first = 0
    for number in range(world.labs.size):
        last = first + world.labs[number].initial_headcount
        while first < last:
            people = min(last - first, drawn.shape[1])
            draw_people(world, drawn, first, people)
            for place in range(people):
                place_researcher(world, first + place, number, drawn, place)
            first += people
    for researcher in range(first):
        find_colleagues(world, researcher, 0)
