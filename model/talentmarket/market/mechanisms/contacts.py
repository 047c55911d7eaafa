"""Recruiters of every lab reach people elsewhere, at random, with an ordinary offer.

P(lab l reaches i in a month) = 1 - exp(-contact_l/12 * talent_i**contact_talent), people outside `reach_outside` times
as often; labs that mind their size or a pact call less (`recruiting.py`). The offer is current pay times a lognormal premium of mean `premium_mean`, or posted pay (`posting.py`).
"""

from __future__ import annotations

import numpy as np

from talentmarket.market.jobs.arrivals import block_ends, blocks, draw_events, draw_gaps, struck
from talentmarket.market.jobs.ordinary import offer_at, offered_factor, pay_of_call
from talentmarket.market.jobs.recruiting import calling_rate, leaves_alone
from talentmarket.market.money.posting import anyone_posts
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import exp
from talentmarket.market.records import Lab, Records, Researcher
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import DRAWS_AT_ONCE, Workspace, World

Call = tuple[int, int]  # researcher and lab


@compiled
def is_passed_over(world: World, number: int, person: Researcher, word: np.uint64, month: int) -> bool:
    """Whether a call that would have reached someone else is not made: for a pact, or because this one is outside."""
    setting = world.setting[0]
    lab = world.labs[number]
    if person.lab != setting.outside:
        return leaves_alone(lab, person)
    return chance.unit(word) * lab.contact_bound >= calling_rate(world, number, month) * setting.reach_outside


@inlined
def draw_premia(workspace: Workspace, labs: Records[Lab], calls: int) -> None:
    """Draw what the calls in the workspace offer over current pay, or over what the lab pays ordinarily."""
    for call in range(calls):
        workspace.premium[call] = chance.normal_of(workspace.shocks[0, call], workspace.shocks[1, call])
    if anyone_posts(labs):
        for call in range(calls):
            lab = labs[workspace.lab[call]]
            workspace.premium[call] = offered_factor(lab, workspace.shocks[0, call], workspace.premium[call])
        return
    for call in range(calls):
        lab = labs[workspace.lab[call]]
        workspace.premium[call] = lab.premium_mu + lab.premium_sigma * workspace.premium[call]
    for call in range(calls):
        workspace.premium[call] = exp(workspace.premium[call])


@inlined
def answer_calls(world: World, calls: int, previous: Call, month: int) -> Call:
    """Write the offers of the calls in the workspace; a lab that calls someone twice makes one offer.

    A first pass only looks where people are, so that the processor fetches many of them at a time. `previous`
    and what is returned are the (researcher, lab) of the latest offer.
    """
    workspace = world.workspace
    for call in range(calls):
        workspace.home[call] = world.researchers[workspace.researcher[call]].lab
    draw_premia(workspace, world.labs, calls)
    for call in range(calls):
        researcher, number = workspace.researcher[call], workspace.lab[call]
        person = world.researchers[researcher]
        if (
            workspace.home[call] == number
            or person.joined == month
            or (researcher == previous[0] and number == previous[1])
        ):
            continue
        if is_passed_over(world, number, person, workspace.shocks[2, call], month):
            continue
        previous = (researcher, number)
        lab = world.labs[number]
        offer_at(world, researcher, number, pay_of_call(world.setting[0], lab, person, workspace.premium[call]), month)
    return previous


@inlined
def call_block(world: World, block: int, number: int, waiting: tuple[int, Call], month: int) -> tuple[int, Call]:
    """Put the calls of one lab in one block of researchers into the workspace.

    `waiting` and what is returned are the number of calls in the workspace and the latest offer, as in `answer_calls`.
    """
    workspace = world.workspace
    bound, rate = world.labs[number].contact_bound, calling_rate(world, number, month)
    first, last, length = block_ends(world.exposure, block, world.researchers.size)
    calls, previous = waiting
    place = 0.0
    drawn = 0
    while True:
        draw_events(world, chance.CONTACT, block, number, drawn, month)
        draw_gaps(world.workspace, bound)
        if calls + DRAWS_AT_ONCE > workspace.researcher.size:
            previous = answer_calls(world, calls, previous, month)
            calls = 0
        for nth in range(DRAWS_AT_ONCE):
            place += workspace.gaps[nth]
            if place >= length:
                return calls, previous
            workspace.researcher[calls] = struck(world.exposure, first, last, place)
            workspace.lab[calls] = number
            workspace.shocks[0, calls] = workspace.words[2, nth]
            workspace.shocks[1, calls] = workspace.words[3, nth]
            workspace.shocks[2, calls] = workspace.words[1, nth]
            calls += int(chance.unit(workspace.words[1, nth]) * bound < rate)
        drawn += DRAWS_AT_ONCE


@compiled
def contact(world: World, month: int) -> None:
    """All ordinary offers of the month."""
    for block in range(blocks(world.researchers.size)):
        waiting = (0, (NOBODY, NOBODY))
        for number in range(world.labs.size):
            if world.labs[number].contact_bound > 0.0:
                waiting = call_block(world, block, number, waiting, month)
        answer_calls(world, *waiting, month)
