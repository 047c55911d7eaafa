"""The order of a month in two halves, and the run of many."""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.moving import holds_job_of
from talentmarket.market.mechanisms.campaigns import raid
from talentmarket.market.mechanisms.choice import choose
from talentmarket.market.mechanisms.contacts import contact
from talentmarket.market.mechanisms.culture import change_culture
from talentmarket.market.mechanisms.growth import grow
from talentmarket.market.mechanisms.moves import carry_out_moves
from talentmarket.market.mechanisms.output import produce
from talentmarket.market.mechanisms.payouts import pay_out
from talentmarket.market.mechanisms.promises import keep_promises
from talentmarket.market.mechanisms.referrals import refer
from talentmarket.market.mechanisms.refreshers import grant_anew
from talentmarket.market.mechanisms.responses import respond
from talentmarket.market.mechanisms.returns import go_back
from talentmarket.market.mechanisms.search import search
from talentmarket.market.mechanisms.separation import separate
from talentmarket.market.mechanisms.settling import settle_in
from talentmarket.market.mechanisms.stock import move_stock
from talentmarket.market.mechanisms.transfers import release
from talentmarket.market.money.packages import wage_index
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY, STARTED, WENT_BACK
from talentmarket.market.records.world import APPROACHES_MADE, MOVES_MADE, MOVES_WRITTEN, World, alone, market_at
from talentmarket.market.tallies.census import FIRST_BIN, pay_quantile


@compiled
def write_month(world: World, month: int) -> None:
    """Write the state of every lab at the end of a month."""
    wages = wage_index(world.setting[0], month)
    for number in range(world.labs.size):
        lab = world.labs[number]
        row = world.months[month, number]
        row.headcount = lab.headcount
        row.stayers = lab.stayers
        row.talent = lab.talent
        row.loyalty = lab.loyalty
        row.top[0] = lab.top[0]
        row.top[1] = lab.top[1]
        low, reached = pay_quantile(lab, 0.1, FIRST_BIN)
        middle, reached = pay_quantile(lab, 0.5, reached)
        high, _ = pay_quantile(lab, 0.9, reached)
        row.pay[0], row.pay[1], row.pay[2] = low * wages, middle * wages, high * wages
        row.mission = lab.mission
        row.culture = lab.culture
        row.stock = lab.stock[month]


@compiled
def follow_hires(world: World, month: int) -> None:
    """Write down which of those who came with a raid have left the raider this month."""
    for row in range(world.counts[APPROACHES_MADE]):
        approach = world.approaches[row]
        came = approach.outcome in (STARTED, WENT_BACK)
        if came and approach.left == NOBODY and not holds_job_of(world, approach):
            approach.left = month


@compiled
def until_choice(world: World, month: int) -> None:
    """The first half of a month, up to the choice: what happens to people, and the offers they get."""
    settle_in(world, month)
    move_stock(world, month)
    pay_out(world, month)
    grant_anew(world, month)
    separate(world, month)
    go_back(world, month)
    contact(world, month)
    search(world, month)
    refer(world, month)
    raid(world, month)
    release(world, month)
    respond(world, month)


@compiled
def from_choice(world: World, month: int) -> None:
    """The second half of a month: the choice, and what follows from it."""
    choose(world, month)
    keep_promises(world, month)
    carry_out_moves(world, month)
    change_culture(world, month)
    produce(world, month)
    grow(world, month)
    follow_hires(world, month)
    write_month(world, month)


@compiled
def target_list_missing(world: World, month: int) -> bool:
    """Whether a campaign begins this month and its target list is not drawn up."""
    for number in range(world.campaigns.size):
        campaign = world.campaigns[number]
        if campaign.start == month and campaign.length == NOBODY:
            return True
    return False


@compiled
def run_halves(world: World, first: int, last: int) -> int:
    """Run halves of months: half 2m is month m up to the choice, half 2m + 1 the rest of it; returns the next half to run.

    Stops early, before a month whose moves might not fit into the record or whose target lists are not drawn up.
    """
    for half in range(first, last + 1):
        month = half // 2
        if half % 2 == 1:
            from_choice(world, month)
            continue
        full = world.counts[MOVES_MADE] + world.researchers.size > world.moves.size
        if target_list_missing(world, month) or (full and world.counts[MOVES_WRITTEN] > 0):
            return half
        until_choice(world, month)
    return last + 1


@compiled
def run_markets(markets: World, halves: np.ndarray, last: np.ndarray) -> None:
    """Run several markets, each from the half in `halves` (K,) to that in `last` (K,); `halves` becomes the next one to run.

    The one function that Python calls to run anything, so that the engine is compiled once.
    """
    for place in range(halves.size):
        halves[place] = run_halves(market_at(markets, place), halves[place], last[place])


def run_until_choice(world: World, month: int) -> None:
    """Run the first half of a month."""
    _run_half(world, 2 * month)


def run_from_choice(world: World, month: int) -> None:
    """Run the second half of a month."""
    _run_half(world, 2 * month + 1)


def _run_half(world: World, half: int) -> None:
    run_markets(alone(world), np.array([half]), np.array([half]))
