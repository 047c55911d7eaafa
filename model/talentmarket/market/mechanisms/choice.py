"""Everyone who has an offer weighs staying against every offer of the month and takes the best.

The values are those of `preferences.py`; all decide at once, on the state at the start of the month's choices.
"""

from __future__ import annotations

from talentmarket.market.choice.explanation import describe
from talentmarket.market.choice.preferences import offer_terms_with_ties, offered_wealth, staying_terms_with_ties
from talentmarket.market.choice.shocks import draw_noise, draw_tastes
from talentmarket.market.choice.terms import log_of, staying_wealth, ties_at_home, ties_term, total
from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.world import CHOICES_AT_ONCE, OFFERS_MADE, World

STAY = NOBODY


@inlined
def look_up(world: World, first: int, last: int) -> None:
    """Put who has the offers `first` to `last - 1`, the labs that made them and the homes into the workspace."""
    workspace = world.workspace
    for place in range(last - first):
        offer = world.offers[first + place]
        workspace.researcher[place] = offer.researcher
        workspace.lab[place] = offer.lab
        workspace.home[place] = world.researchers[offer.researcher].lab


@inlined
def count_ties(world: World, first: int, last: int) -> None:
    """Put the log-odds of the ties at the labs that offer and at home into the workspace."""
    workspace = world.workspace
    for place in range(last - first):
        workspace.ties[1, place] = ties_at_home(world, workspace.researcher[place])
    for place in range(last - first):
        workspace.ties[0, place] = ties_term(world, workspace.researcher[place], workspace.lab[place])


@inlined
def count_money(world: World, first: int, last: int, month: int) -> None:
    """Put the logarithms of the wealth that goes with each offer and with staying into the workspace."""
    log_wealth = world.workspace.log_wealth
    for place in range(last - first):
        log_wealth[0, place] = offered_wealth(world, world.offers[first + place], month)
        log_wealth[1, place] = staying_wealth(world, world.workspace.researcher[place], month)
    for place in range(last - first):
        log_wealth[0, place] = log_of(log_wealth[0, place])
        log_wealth[1, place] = log_of(log_wealth[1, place])


@inlined
def best_option(world: World, researcher: int, staying: float) -> int:
    """Row of the offer that wins, or STAY; `staying` is the value of that. Whoever is indifferent stays."""
    best, most = STAY, staying
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        offer = world.offers[row]
        if offer.value > most:
            best, most = row, offer.value
        row = int(offer.next_offer)
    return best


@inlined
def decide(world: World, researcher: int, staying: float, month: int) -> None:
    """Let someone choose among the offers, all of which are valued."""
    best = best_option(world, researcher, staying)
    if best != STAY:
        world.offers[best].chosen = True
    row = int(world.researchers[researcher].latest_offer)
    while row != NOBODY:
        if world.offers[row].approach != NOBODY:
            describe(world, row, best, month)
        row = int(world.offers[row].next_offer)


@inlined
def weigh(world: World, first: int, last: int, month: int) -> None:
    """Value the offers, and staying for everyone who has one of them."""
    workspace = world.workspace
    for place in range(last - first):
        precomputed = (workspace.log_wealth[0, place], workspace.taste[0, place])
        offer = world.offers[first + place]
        terms = offer_terms_with_ties(world, offer, precomputed, workspace.ties[0, place], month)
        offer.value = total(terms) + workspace.noise[0, place]
    for place in range(last - first):
        precomputed = (workspace.log_wealth[1, place], workspace.taste[1, place])
        researcher = workspace.researcher[place]
        terms = staying_terms_with_ties(world, researcher, precomputed, workspace.ties[1, place], month)
        workspace.staying[place] = total(terms) + workspace.noise[1, place]


@compiled
def choose(world: World, month: int) -> None:
    """Mark the offers that are taken.

    In passes over many offers: draws and logarithms lie side by side in the vector units, fetches do not wait for
    each other.
    """
    made = world.counts[OFFERS_MADE]
    setting = world.setting[0]
    for first in range(0, made, CHOICES_AT_ONCE):
        last = min(first + CHOICES_AT_ONCE, made)
        look_up(world, first, last)
        draw_noise(world.key, world.workspace, setting.noise, last - first, month)
        draw_tastes(world.key, world.workspace, setting, last - first)
        count_ties(world, first, last)
        count_money(world, first, last, month)
        weigh(world, first, last, month)
        for place in range(last - first):
            researcher = world.workspace.researcher[place]
            if (
                world.researchers[researcher].latest_offer == first + place
            ):  # the latest to a person is the last of theirs
                decide(world, researcher, world.workspace.staying[place], month)
