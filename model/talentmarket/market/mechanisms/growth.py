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
)
from talentmarket.market.choice.shocks import draw_noise, draw_tastes
from talentmarket.market.choice.terms import log_of, most_ties_term, staying_wealth, total
from talentmarket.market.jobs.moving import move
from talentmarket.market.jobs.offers import make_offer, package_of, take_back
from talentmarket.market.jobs.ordinary import ordinary_package, pay_of_vacancy
from talentmarket.market.jobs.recruiting import vacancies
from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key, Words
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records import Records, Researcher
from talentmarket.market.records.codes import BY_GROWTH, NOBODY
from talentmarket.market.records.limits import MOST_LABS
from talentmarket.market.records.world import DRAWS_AT_ONCE, OFFERS_MADE, World

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
def first_free(world: World, words: Words, month: int) -> int:
    """The first of the researchers whom four words name who is outside and has not moved this month, or NOBODY."""
    for word in words:
        researcher = named(world.researchers, word)
        person = world.researchers[researcher]
        if person.lab == world.setting[0].outside and person.joined != month:
            return researcher
    return NOBODY


@inlined
def draw_candidates(world: World, number: int, vacancy: int, first: int, month: int) -> None:
    """Draw the first words of `ASKED_AT_ONCE` turns and look where the people are whom they name."""
    workspace = world.workspace
    for place in range(ASKED_AT_ONCE):
        words = call_words(world.key, number, (vacancy, first + place), 0, month)
        workspace.words[0, place], workspace.words[1, place], workspace.words[2, place], workspace.words[3, place] = (
            words
        )
    for nth in range(4):
        for place in range(ASKED_AT_ONCE):
            workspace.home[place] = world.researchers[named(world.researchers, workspace.words[nth, place])].lab


@inlined
def find_candidates(world: World, number: int, vacancy: int, first: int, month: int) -> None:
    """Put a candidate for each of the turns from `first` into the workspace, and whether one was found."""
    workspace = world.workspace
    draw_candidates(world, number, vacancy, first, month)
    for place in range(ASKED_AT_ONCE):
        words = (
            workspace.words[0, place],
            workspace.words[1, place],
            workspace.words[2, place],
            workspace.words[3, place],
        )
        researcher = first_free(world, words, month)
        call = 1
        while researcher == NOBODY and call < CALLS:
            words = call_words(world.key, number, (vacancy, first + place), call, month)
            researcher = first_free(world, words, month)
            call += 1
        workspace.available[place] = researcher != NOBODY
        workspace.researcher[place] = max(researcher, 0)
        workspace.lab[place] = number
        workspace.home[place] = world.setting[0].outside


@inlined
def hire(world: World, place: int, number: int, month: int) -> bool:
    """Offer the package of a vacancy to a candidate in the workspace, who comes if that beats staying outside."""
    workspace = world.workspace
    researcher = workspace.researcher[place]
    pay = pay_of_vacancy(world, researcher, number, month)
    package = ordinary_package(world.setting[0], world.labs[number], pay, month)
    offer = make_offer(world, researcher, number, package, month)
    row = world.counts[OFFERS_MADE] - 1
    there = (log_of(offered_wealth(world, row, month)), workspace.taste[0, place])
    here = (log_of(staying_wealth(world, researcher, month)), workspace.taste[1, place])
    noise = workspace.noise[0, place]
    staying = total(staying_terms_given(world, researcher, here, month)) + workspace.noise[1, place]
    # Nobody's ties are looked up where even all of them at the lab would not tip the choice.
    most = most_ties_term(world.setting[0])
    comes = total(offer_terms_with_ties(world, row, there, most, month)) + noise > staying
    if comes:
        comes = total(offer_terms_given(world, row, there, month)) + noise > staying
    if comes:
        move(world, researcher, number, package_of(offer), BY_GROWTH, month)
    take_back(world)
    return comes


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
            if world.workspace.available[place] and hire(world, place, number, month):
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
