"""People leave their lab for the outside at a rate of their lab's, the faster the less staying has gained since month 0.

    P(exit in a month) = 1 - exp(-separation_l * factor_i / 12),
    factor_i = min(8, exp(-exit_response * [V_i(staying) - V_i(terms of month 0)] + exit_contagion * exits of ties)),

unless they wait for stock to vest (`jobs/waiting.py`), with V of `choice/preferences.py` and the terms of month 0 of `choice/reference.py`. With a log point of pay worth so
many log-odds, `exit_response` times them is the elasticity of quits to pay (2 to 3 within jobs: reviews of monopsony
studies). They get the ordinary terms outside and lose what has not vested.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.choice.reference import gain_since_first_month, least_log_money_gained, log_money_gained
from talentmarket.market.choice.terms import exits_of_ties
from talentmarket.market.jobs.arrivals import block_ends, blocks, draw_events, draw_gaps, struck
from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.waiting import waits
from talentmarket.market.money.packages import Package, ordinary_pay
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records.codes import BY_SEPARATION
from talentmarket.market.records.limits import LARGEST_EXIT_FACTOR
from talentmarket.market.records.world import DRAWS_AT_ONCE, WAITING_TO_LEAVE, World

EVENLY = np.zeros(0)
LOG_LARGEST = math.log(LARGEST_EXIT_FACTOR)
LOG_SMALLEST = -700.0
ROUNDING = 1e-9  # more than what rounding takes from a bound


@inlined
def log_exit_factor(world: World, researcher: int, log_money: float, month: int) -> float:
    """Logarithm of someone's exit rate against that of the lab, if staying has gained so many log points of money."""
    setting = world.setting[0]
    log_factor = 0.0
    if setting.exit_response > 0.0:
        log_factor -= setting.exit_response * gain_since_first_month(world, researcher, log_money)
    if setting.exit_contagion > 0.0:
        log_factor += setting.exit_contagion * exits_of_ties(world, researcher, month)
    return log_factor


@inlined
def exit_factor(world: World, researcher: int, month: int) -> float:
    """Someone's exit rate against that of the lab."""
    log_factor = log_exit_factor(world, researcher, log_money_gained(world, researcher, month), month)
    return exp(min(max(log_factor, LOG_SMALLEST), LOG_LARGEST))


@inlined
def exit_factor_bound(world: World, researcher: int, month: int) -> float:
    """What `exit_factor` does not exceed, without a logarithm or an exponential: exp(x) <= 1/(1 - x) below 1."""
    log_money = least_log_money_gained(world, researcher, month)
    log_factor = log_exit_factor(world, researcher, log_money, month) + ROUNDING
    return 1.0 / (1.0 - log_factor) if log_factor < 1.0 else math.inf


@inlined
def goes(world: World, researcher: int, mark: float, month: int) -> bool:
    """Whether someone whom an event strikes leaves now: `mark` is even up to the bound, and below their rate for an exit.

    What not even the largest factor lets through is dropped before anybody's terms are looked at, and most of the rest by a
    bound that takes no logarithm.
    """
    setting = world.setting[0]
    rate = world.labs[world.employers[researcher]].separation
    if mark >= rate * setting.most_exit_factor:
        return False
    if setting.most_exit_factor > 1.0:
        if mark >= rate * exit_factor_bound(world, researcher, month):
            return False
        if mark >= rate * exit_factor(world, researcher, month):
            return False
    return setting.patience == 0 or not waits(world, researcher, month)


@compiled
def leave(world: World, researcher: int, month: int) -> None:
    """Send someone outside on the ordinary terms there."""
    setting = world.setting[0]
    pay = ordinary_pay(setting, world.labs[setting.outside], world.researchers[researcher])
    move(world, researcher, setting.outside, Package(pay, 0.0, 0.0, 0), BY_SEPARATION, month)


@inlined
def separate_block(world: World, block: int, month: int) -> None:
    """The separations of one block of researchers."""
    setting = world.setting[0]
    words = world.workspace.words
    first, last, length = block_ends(EVENLY, block, world.researchers.size)
    place = 0.0
    drawn = 0
    while True:
        draw_events(world, chance.SEPARATION, block, 0, drawn, month)
        draw_gaps(world.workspace, setting.separation_bound)
        for nth in range(DRAWS_AT_ONCE):
            place += world.workspace.gaps[nth]
            if place >= length:
                return
            researcher = struck(EVENLY, first, last, place)
            if goes(world, researcher, chance.unit(words[1, nth]) * setting.separation_bound, month):
                leave(world, researcher, month)
        drawn += DRAWS_AT_ONCE


@inlined
def end_waits(world: World, month: int) -> None:
    """Let those leave whose stock has vested, and forget those who have a new job."""
    waiting = 0
    for place in range(world.counts[WAITING_TO_LEAVE]):
        researcher = int(world.leaving[place])
        if world.jobs[researcher].leaves == month:
            leave(world, researcher, month)
        elif world.jobs[researcher].leaves > month:
            world.leaving[waiting] = researcher
            waiting += 1
    world.counts[WAITING_TO_LEAVE] = waiting


@compiled
def separate(world: World, month: int) -> None:
    """Send this month's separations outside."""
    end_waits(world, month)
    if world.setting[0].separation_bound > 0.0:
        for block in range(blocks(world.researchers.size)):
            separate_block(world, block, month)
