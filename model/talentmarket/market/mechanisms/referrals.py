"""Whoever has moved to another lab brings in former colleagues: some ties left behind get an offer there.

In the month after the move, each tie still at the lab left gets an ordinary offer with probability `referral`. About
one move in forty is made jointly (Marx and Timmermans 2017).
"""

from __future__ import annotations

from talentmarket.market.jobs.ordinary import offer_job
from talentmarket.market.jobs.recruiting import leaves_alone, takes_referrals
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import LATEST_MOVER, World


@compiled
def bring_in(world: World, researcher: int, month: int) -> None:
    """Let one mover of the month before name former colleagues to the new lab."""
    setting = world.setting[0]
    mover = world.researchers[researcher]
    if not takes_referrals(world, int(mover.lab), month):
        return
    for position in range(world.ties.start[researcher], world.ties.start[researcher + 1]):
        other = world.ties.other[position]
        person = world.researchers[other]
        named = chance.happens(world.key, chance.REFERRAL, other, researcher, month, setting.referral)
        left_alone = leaves_alone(world.labs[mover.lab], person)
        if named and person.lab == mover.previous_lab and person.joined != month and not left_alone:
            _, _, w2, w3 = chance.words(world.key, chance.REFERRAL, other, researcher, month)
            offer_job(world, other, int(mover.lab), (w2, w3), month)


@compiled
def refer(world: World, month: int) -> None:
    """All offers of the month that movers of the month before have brought about."""
    setting = world.setting[0]
    researcher = int(world.counts[LATEST_MOVER])
    world.counts[LATEST_MOVER] = NOBODY
    if setting.referral == 0.0:
        return
    while researcher != NOBODY:
        mover = world.researchers[researcher]
        between_labs = mover.lab != setting.outside and mover.previous_lab != setting.outside
        if between_labs and mover.joined == month - 1:
            bring_in(world, researcher, month)
        researcher = int(world.jobs[researcher].mover_before)
