"""The terms of an option's value, each in log-odds: those of the equation in `preferences.py`."""

from __future__ import annotations

import math
from typing import NamedTuple

from talentmarket.market.jobs.offers import Proposal, package_of
from talentmarket.market.money.packages import awaited_stock, liquid_wealth, running_worth
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records import Lab, Offer, Researcher, Setting, Tier
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.limits import CONTAGION_MONTHS
from talentmarket.market.records.world import World
from talentmarket.market.tallies.newcomers import yearly_compensation

SMALLEST_WEALTH = 1e-9  # M$; keeps the logarithm finite for someone with neither wealth nor pay

ROUNDING = 1e-12  # more than what rounding adds to a product of three numbers


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
def total(terms: Terms) -> float:
    """Sum of the terms."""
    money, mission, compute, ties, upside, fairness, taste, friction, counter = terms
    return money + mission + compute + ties + upside + fairness + taste + friction + counter


@inlined
def log_of(wealth: float) -> float:
    """Logarithm of a wealth in M$."""
    return ln(max(wealth, SMALLEST_WEALTH))


@compiled
def money_term(setting: Setting, person: Researcher, log_wealth: float) -> float:
    """Log-odds of the logarithm of a wealth in M$."""
    return setting.money_weight * (1.0 - person.loyalty) * log_wealth


@compiled
def mission_term(setting: Setting, person: Researcher, lab: Lab) -> float:
    """Log-odds of a lab's mission, as far as its culture lives up to it."""
    return setting.money_weight * person.loyalty * setting.mission_scale * lab.mission * lab.culture


@compiled
def compute_term(setting: Setting, lab: Lab) -> float:
    """Log-odds of a lab's compute per researcher."""
    return setting.money_weight * setting.compute_value * lab.log_compute


@compiled
def promised_compute_term(setting: Setting, lab: Lab, tier: Tier) -> float:
    """Log-odds of the compute that a package promises; without a promise, of the lab's."""
    if tier.compute == 0.0:
        return compute_term(setting, lab)
    return setting.money_weight * setting.compute_value * math.log(tier.compute / setting.compute_reference)


@inlined
def ties_term(world: World, researcher: int, lab: int) -> float:
    """Log-odds of having a share of one's ties at a lab; 0 without ties."""
    setting = world.setting[0]
    if setting.tie_value == 0.0:
        return 0.0
    first, last = world.ties.start[researcher], world.ties.start[researcher + 1]
    there = 0
    for position in range(first, last):
        if world.ties.lab[position] == lab:
            there += 1
    return setting.money_weight * setting.tie_value * there / max(last - first, 1)


@compiled
def most_ties_term(setting: Setting) -> float:
    """Log-odds that `ties_term` does not exceed, whoever it is and whatever the lab."""
    return max(setting.money_weight * setting.tie_value, 0.0) * (1.0 + ROUNDING)


@inlined
def ties_at_home(world: World, researcher: int) -> float:
    """Log-odds of having a share of one's ties at home, as the job counts them."""
    setting = world.setting[0]
    if setting.tie_value == 0.0:
        return 0.0
    ties = world.ties.start[researcher + 1] - world.ties.start[researcher]
    return setting.money_weight * setting.tie_value * world.jobs[researcher].ties_here / max(ties, 1)


@inlined
def size_term(world: World, lab: int) -> float:
    """Log-odds of having a share of everyone at a lab."""
    setting = world.setting[0]
    if setting.size_value == 0.0:
        return 0.0
    return setting.money_weight * setting.size_value * world.labs[lab].headcount / world.researchers.size


@compiled
def shortfall(person: Researcher, lab: Lab, pay: float, at_home: int) -> float:
    """Log points by which a pay is below the mean of colleagues of the same level at a lab, or 0."""
    colleagues = lab.level_count[person.level] - at_home
    if pay <= 0.0 or colleagues == 0:
        return 0.0
    reference = (lab.level_pay[person.level] - at_home * person.pay) / colleagues
    return math.log(reference / pay) if reference > pay else 0.0


@compiled
def reward_shortfall(setting: Setting, person: Researcher, lab: Lab, reward: float, at_home: int) -> float:
    """Log points by which a reward for one's talent is below the mean of colleagues, of the level or the lab, or 0."""
    colleagues, rewards = -at_home, -at_home * reward
    for level in range(setting.levels):
        if setting.compared_across_levels or level == person.level:
            colleagues += lab.level_count[level]
            rewards += lab.level_reward[level]
    if reward <= 0.0 or colleagues == 0:
        return 0.0
    reference = rewards / colleagues
    return math.log(reference / reward) if reference > reward else 0.0


@inlined
def shortfall_at_home(world: World, researcher: int) -> float:
    """Log points by which someone gets less than colleagues, as the market compares itself, or 0."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    lab = world.labs[person.lab]
    if not setting.reward_compared:
        return shortfall(person, lab, person.pay, 1)
    job = world.jobs[researcher]
    return reward_shortfall(setting, person, lab, job.total_compensation / job.due_to_talent, 1)


@inlined
def shortfall_of_offer(world: World, offer: Offer | Proposal, month: int) -> float:
    """Log points by which someone would get less with an offer than the colleagues there, or 0."""
    setting = world.setting[0]
    person = world.researchers[offer.researcher]
    lab = world.labs[offer.lab]
    if not setting.reward_compared:
        return shortfall(person, lab, offer.pay, 0)
    reward = yearly_compensation(setting, world.tiers[offer.vesting], package_of(offer), month)
    return reward_shortfall(setting, person, lab, reward / world.jobs[offer.researcher].due_to_talent, 0)


@compiled
def fairness_term(setting: Setting, below: float) -> float:
    """Log-odds of getting so many log points less than colleagues; getting more changes nothing."""
    return -setting.money_weight * setting.envy * below


@inlined
def fairness_at_home(world: World, researcher: int) -> float:
    """Log-odds of what someone gets at home against colleagues."""
    setting = world.setting[0]
    return fairness_term(setting, shortfall_at_home(world, researcher)) if setting.envy > 0.0 else 0.0


@inlined
def fairness_of_offer(world: World, offer: Offer | Proposal, month: int) -> float:
    """Log-odds of what an offer gives against what colleagues have there."""
    setting = world.setting[0]
    return fairness_term(setting, shortfall_of_offer(world, offer, month)) if setting.envy > 0.0 else 0.0


@compiled
def taste_of(setting: Setting, standard: float) -> float:
    """Log-odds of a taste that lies so many standard deviations from the mean."""
    return setting.money_weight * setting.taste_sd * standard


@inlined
def taste_term(world: World, researcher: int, lab: int) -> float:
    """Log-odds of a researcher's lasting taste for a lab: drawn from its key when needed, never stored."""
    setting = world.setting[0]
    if setting.taste_sd == 0.0:
        return 0.0
    return taste_of(setting, chance.normal(world.key, chance.TASTE, researcher, lab, 0))


@inlined
def exits_of_ties(world: World, researcher: int, month: int) -> float:
    """Exits of ties from one's lab in the last four months, each weighed with a kernel of its own.

    It follows from the ties' last moves: one who left this lab, after the researcher came.
    """
    setting = world.setting[0]
    person = world.researchers[researcher]
    if month - person.last_tie_exit > CONTAGION_MONTHS:
        return 0.0
    pressure = 0.0
    for position in range(world.ties.start[researcher], world.ties.start[researcher + 1]):
        tie = world.researchers[world.ties.other[position]]
        since = month - tie.joined
        if tie.previous_lab == person.lab and since <= CONTAGION_MONTHS and tie.joined > person.joined:
            pressure += setting.contagion_kernel[since]
    return pressure


@inlined
def turnover_contagion(world: World, researcher: int, month: int) -> float:
    """Log-odds of leaving that exits of ties from one's lab have added."""
    contagion = world.setting[0].contagion
    return contagion * exits_of_ties(world, researcher, month) if contagion > 0.0 else 0.0


@inlined
def upside_term(world: World, researcher: int, log_wealth: float, month: int) -> float:
    """Log-odds of what someone believes beyond the market of the stock they await; `log_wealth` is without it."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    if person.grant == 0.0:
        return 0.0
    lab = world.labs[person.lab]
    stock = awaited_stock(person, lab, world.tiers[person.vesting], month, setting.horizon)
    if stock == 0.0:
        return 0.0
    believed = money_term(setting, person, log_of(sure_wealth(world, researcher, month) + stock * lab.upside))
    return believed - money_term(setting, person, log_wealth)


@inlined
def counter_term(world: World, researcher: int, month: int) -> float:
    """Log-odds of what the home lab answers to the month's offers: a counter-offer on top of the wealth, and a title."""
    setting = world.setting[0]
    person = world.researchers[researcher]
    if person.latest_offer == NOBODY:
        return 0.0
    answer = world.offers[person.latest_offer]
    if answer.counter == 0.0 and answer.title == 0.0:
        return 0.0
    return answer_term(setting, person, answer, staying_wealth(world, researcher, month))


@inlined
def answer_term(setting: Setting, person: Researcher, answer: Offer, wealth: float) -> float:
    """Log-odds of a counter-offer on top of a wealth in M$, and of a title."""
    more = money_term(setting, person, log_of(wealth + answer.counter)) - money_term(setting, person, log_of(wealth))
    return more + setting.money_weight * answer.title


@inlined
def staying_wealth(world: World, researcher: int, month: int) -> float:
    """M$: liquid wealth and the worth of the present package."""
    person = world.researchers[researcher]
    awaited = awaited_stock(
        person, world.labs[person.lab], world.tiers[person.vesting], month, world.setting[0].horizon
    )
    return sure_wealth(world, researcher, month) + awaited


@inlined
def sure_wealth(world: World, researcher: int, month: int) -> float:
    """M$: the wealth of staying without the stock that still has to vest."""
    person = world.researchers[researcher]
    liquid = liquid_wealth(person, world.labs[person.lab], world.tiers[person.vesting], month)
    return liquid + running_worth(world.setting[0], person.pay, month)
