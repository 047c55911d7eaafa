"""Whoever earns less than colleagues of the same level looks around, and hears from more labs.

    rate of calls by lab l on i, on top of ordinary contacts = envious_search * contact_l * min(1, max(0, ln(reference_i / pay_i)))

with `calling_rate` in place of contact_l where labs call as far as they have room. Pay below the reference raises search, pay above it does nothing (Card, Mas, Moretti and Saez 2012). The calls are a
process of their own beside that of `contacts.py`, so that everybody else's luck stays what it was.
"""

from __future__ import annotations

from talentmarket.market.choice.terms import shortfall_at_home
from talentmarket.market.jobs.arrivals import block_ends, blocks, draw_events, draw_gaps, struck
from talentmarket.market.jobs.ordinary import offer_job
from talentmarket.market.jobs.recruiting import calling_rate, leaves_alone
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import DRAWS_AT_ONCE, World

LARGEST_SHORTFALL = 1.0  # log points


@inlined
def search_block(world: World, block: int, number: int, month: int) -> None:
    """The calls of one lab on those of a block of researchers who look around."""
    lab = world.labs[number]
    bound = world.setting[0].envious_search * lab.contact
    with_room = calling_rate(world, number, month) / lab.contact
    words = world.workspace.words
    first, last, length = block_ends(world.exposure, block, world.researchers.size)
    place = 0.0
    drawn = 0
    previous = NOBODY
    while True:
        draw_events(world, chance.SEARCH, block, number, drawn, month)
        draw_gaps(world.workspace, bound)
        for nth in range(DRAWS_AT_ONCE):
            place += world.workspace.gaps[nth]
            if place >= length:
                return
            researcher = struck(world.exposure, first, last, place)
            person = world.researchers[researcher]
            at_a_lab = person.lab != world.setting[0].outside  # the outside is no employer whose pay could be unfair
            if researcher == previous or person.lab == number or person.joined == month or not at_a_lab:
                continue
            if leaves_alone(lab, person):
                continue
            below = min(shortfall_at_home(world, researcher), LARGEST_SHORTFALL)
            if chance.unit(words[1, nth]) < below * with_room:
                previous = researcher
                offer_job(world, researcher, number, (words[2, nth], words[3, nth]), month)
        drawn += DRAWS_AT_ONCE


@compiled
def search(world: World, month: int) -> None:
    """All offers of the month to those who look around."""
    if world.setting[0].envious_search == 0.0:
        return
    for block in range(blocks(world.researchers.size)):
        for number in range(world.labs.size):
            if world.labs[number].contact > 0.0:
                search_block(world, block, number, month)
