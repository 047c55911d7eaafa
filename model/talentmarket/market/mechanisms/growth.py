"""Labs below the head-count they aim at hire from outside at their ordinary terms.

The aim is headcount * exp(growth * month/12). For each vacancy up to `candidates_per_vacancy` people drawn at random
are asked, one after the other, until one outside prefers the job (with the choice of `preferences.py`). It pays what the
lab pays for that talent, or what it posts where it posts pay (`posting.py`).
"""

from __future__ import annotations

import numpy as np

from talentmarket.market.choice.preferences import (
    offer_terms_given,
    offer_terms_with_ties,
    offered_wealth,
    staying_terms_given,
    staying_terms_with_ties,
)
from talentmarket.market.choice.shocks import draw_noise, draw_tastes
from talentmarket.market.choice.terms import log_of, most_ties_term, staying_wealth, total
from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.offers import Proposal, package_of
from talentmarket.market.jobs.ordinary import ordinary_package, pay_of_vacancy
from talentmarket.market.jobs.recruiting import vacancies
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key, Words
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Records, Researcher
from talentmarket.market.records.codes import BY_GROWTH, NOBODY
from talentmarket.market.records.limits import MOST_LABS
from talentmarket.market.records.world import DRAWS_AT_ONCE, World

CALLS = 16  # of four draws each, in search of one candidate outside
ASKED_AT_ONCE = DRAWS_AT_ONCE


@inlined
def call_words(key: Key, number: int, turn: tuple[int, int], call: int, month: int) -> Words:
    """Four random words that name researchers; `turn` is (vacancy, how many were asked before)."""
    vacancy, asked = turn
    return chance.words(key, chance.CANDIDATE, vacancy * CALLS + call, number + MOST_LABS * asked, month)


@inlined
def named(researchers: Records[Researcher], word: np.uint64) -> int:
    """The researcher whom a random word names."""
    return int(chance.unit(word) * researchers.size)


@inlined
def can_be_asked(world: World, researcher: int, month: int) -> bool:
    """Whether someone is outside and has not moved this month."""
    return world.employers[researcher] == world.setting[0].outside and world.researchers[researcher].joined != month


@inlined
def first_free(world: World, words: Words, month: int) -> int:
    """The first of the researchers whom four words name who can be asked, or NOBODY."""
    for word in words:
        researcher = named(world.researchers, word)
        if can_be_asked(world, researcher, month):
            return researcher
    return NOBODY


@inlined
def find_candidates(world: World, number: int, vacancy: int, first: int, month: int) -> None:
    """Put a candidate for each of the turns from `first` into the workspace, and whether one was found.

    Who is the first outside of those whom a turn's first words name is settled without a branch: nobody could guess it.
    """
    workspace, outside = world.workspace, world.setting[0].outside
    for place in range(ASKED_AT_ONCE):
        words = call_words(world.key, number, (vacancy, first + place), 0, month)
        workspace.words[0, place], workspace.words[1, place], workspace.words[2, place], workspace.words[3, place] = (
            words
        )
    for place in range(ASKED_AT_ONCE):
        candidate = NOBODY
        for nth in range(3, -1, -1):  # the first is the last to be kept
            researcher = named(world.researchers, workspace.words[nth, place])
            candidate = researcher if world.employers[researcher] == outside else candidate
        call = 1
        if candidate != NOBODY and not can_be_asked(world, candidate, month):
            candidate, call = NOBODY, 0  # has just come: the turn is gone through once more
        while candidate == NOBODY and call < CALLS:
            words = call_words(world.key, number, (vacancy, first + place), call, month)
            candidate = first_free(world, words, month)
            call += 1
        workspace.available[place] = candidate != NOBODY
        workspace.researcher[place] = max(candidate, 0)
        workspace.lab[place] = number
        workspace.home[place] = outside


@inlined
def propose(world: World, place: int, number: int, month: int) -> Proposal:
    """What a lab proposes to a candidate in the workspace."""
    researcher = int(world.workspace.researcher[place])
    pay = pay_of_vacancy(world, researcher, number, month)
    package = ordinary_package(world.setting[0], world.labs[number], pay, month)
    return Proposal(researcher, number, package.pay, package.bonus, package.stock, package.vesting)


@inlined
def comes(world: World, place: int, proposal: Proposal, month: int) -> bool:
    """Whether a job beats staying outside for a candidate in the workspace.

    Nobody's ties are looked up where none at home and all of them at the lab would not tip the choice.
    """
    workspace, researcher = world.workspace, proposal.researcher
    there = (log_of(offered_wealth(world, proposal, month)), workspace.taste[0, place])
    here = (log_of(staying_wealth(world, researcher, month)), workspace.taste[1, place])
    noise_there, noise_here = workspace.noise[0, place], workspace.noise[1, place]
    most = most_ties_term(world.setting[0])
    job = total(offer_terms_with_ties(world, proposal, there, most, month)) + noise_there
    if not job > total(staying_terms_with_ties(world, researcher, here, 0.0, month)) + noise_here:
        return False
    job = total(offer_terms_given(world, proposal, there, month)) + noise_there
    return job > total(staying_terms_given(world, researcher, here, month)) + noise_here


@inlined
def fill_vacancy(world: World, number: int, vacancy: int, remaining: int, month: int) -> int:
    """Ask people until one comes, `remaining` of them at most; returns how many were asked.

    Several are looked up at a time, so that draws lie side by side and fetches do not wait for each other. It makes no
    difference: nothing changes until one comes.
    """
    setting = world.setting[0]
    most = min(setting.candidates_per_vacancy, remaining)
    for first in range(0, most, ASKED_AT_ONCE):
        find_candidates(world, number, vacancy, first, month)
        draw_noise(world.key, world.workspace, setting.noise, ASKED_AT_ONCE, month)
        draw_tastes(world.key, world.workspace, setting, ASKED_AT_ONCE)
        for place in range(min(ASKED_AT_ONCE, most - first)):
            if world.workspace.available[place]:
                proposal = propose(world, place, number, month)
                if comes(world, place, proposal, month):
                    move(world, proposal.researcher, number, package_of(proposal), BY_GROWTH, month)
                    return first + place + 1
    return most


@compiled
def fill(world: World, number: int, places: int, month: int) -> None:
    """Fill what can be filled of one lab's vacant places; in a month it asks no more often than there are people outside."""
    remaining = world.labs[world.setting[0].outside].headcount
    for vacancy in range(places):
        remaining -= fill_vacancy(world, number, vacancy, remaining, month)


@compiled
def grow(world: World, month: int) -> None:
    """Let every lab that refills hire up to its aim."""
    for number in range(world.labs.size):
        if world.labs[number].refill:
            fill(world, number, vacancies(world, number, month), month)
