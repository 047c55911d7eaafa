"""One market: its chance, its rules and state in records, its record. Rows are never created or deleted in a run."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from talentmarket.market.numeric.chance import Key
from talentmarket.market.numeric.compiled import inlined
from talentmarket.market.records import (
    Approach,
    Campaign,
    Job,
    Lab,
    Month,
    Move,
    Offer,
    Records,
    Researcher,
    Setting,
    Tier,
)


class Ties(NamedTuple):
    """The co-author network: the ties of i are `other[start[i]:start[i + 1]]`.

    Where they are is kept beside them, so that nobody has to look for each of them.
    """

    start: np.ndarray  # (N + 1,)
    other: np.ndarray
    lab: np.ndarray  # where `other` is
    back: np.ndarray  # place of the same tie among those of `other`


DRAWS_AT_ONCE = 16
CALLS_AT_ONCE = 1024
CHOICES_AT_ONCE = 256


class Workspace(NamedTuple):
    """Where draws and calls lie side by side for a moment; nothing in it outlives the rule that put it there."""

    words: np.ndarray  # (4, events drawn at once)
    gaps: np.ndarray  # (events drawn at once,): from each event to the next
    available: np.ndarray  # (events drawn at once,): whether a candidate was found
    researcher: np.ndarray  # (calls,)
    lab: np.ndarray  # (calls,)
    home: np.ndarray  # (calls,)
    shocks: np.ndarray  # (3, calls): the words of the pay, and the one that thins the calls
    premium: np.ndarray  # (calls,): offered over current or ordinary pay
    log_wealth: np.ndarray  # (2, choices): with the offer, and with staying
    noise: np.ndarray  # (2, choices): of the offer, and of staying
    taste: np.ndarray  # (2, choices): for the lab that offers, and for home
    ties: np.ndarray  # (2, choices): log-odds of those there, and at home
    staying: np.ndarray  # (choices,): value of staying, with its noise


def empty_workspace() -> Workspace:
    """A workspace with room for what a rule handles at once."""

    def words(rows: int, columns: int) -> np.ndarray:
        return np.zeros((rows, columns), dtype=np.uint64)

    return Workspace(
        words=words(4, DRAWS_AT_ONCE),
        gaps=np.zeros(DRAWS_AT_ONCE),
        available=np.zeros(DRAWS_AT_ONCE, dtype=np.bool_),
        researcher=np.zeros(CALLS_AT_ONCE, dtype=np.uint32),
        lab=np.zeros(CALLS_AT_ONCE, dtype=np.uint16),
        home=np.zeros(CALLS_AT_ONCE, dtype=np.uint16),
        shocks=words(3, CALLS_AT_ONCE),
        premium=np.zeros(CALLS_AT_ONCE),
        log_wealth=np.zeros((2, CHOICES_AT_ONCE)),
        noise=np.zeros((2, CHOICES_AT_ONCE)),
        taste=np.zeros((2, CHOICES_AT_ONCE)),
        ties=np.zeros((2, CHOICES_AT_ONCE)),
        staying=np.zeros(CHOICES_AT_ONCE),
    )


class World(NamedTuple):
    """Everything of one market; N researchers, L labs, C campaigns, T tiers, M months.

    Several markets of a scenario lie side by side in the same form, one dimension more in front of each array: `market_of`
    is one of them. They take turns with one workspace, and their keys are an array (K, 2).
    """

    key: Key
    setting: Records[Setting]  # (1,)
    labs: Records[Lab]  # (L,)
    campaigns: Records[Campaign]  # (C,)
    tiers: Records[Tier]  # (1 + T + 2 L,): row 0 for no package, the last ones for the labs' awards and equity; and
    # as many again for each event that may change them
    researchers: Records[Researcher]  # (N,)
    jobs: Records[Job]  # (N,): what of their jobs only moves need to know
    employers: np.ndarray  # (N,): the lab of each once more, a byte each, for those who look at many people's labs
    ties: Ties
    exposure: np.ndarray  # (N + 1,) cumulative talent ** contact_talent, or empty where all are equally sought
    target_lists: np.ndarray  # ranked researchers, campaign after campaign
    offers: Records[Offer]  # of the month
    waiting: Records[Offer]  # offers that wait for a transfer window
    workspace: Workspace
    counts: np.ndarray  # rows used and the like: see the constants below
    approaches: Records[Approach]  # the record, in the order they were made
    moves: Records[Move]  # the record, emptied by the caller of a run
    months: Records[Month]  # (M + 1, L), the record
    flows: np.ndarray  # (M + 1, L, L): moves from row to column
    flow_talent: np.ndarray  # (M + 1, L, L)
    flow_joint: np.ndarray  # (M + 1, L, L): joint moves
    leaving: np.ndarray  # (N,): who would leave and waits, as far as `counts` says; whoever has a new job does not
    flow_ordinary: np.ndarray  # (M + 1, L, L): moves with an ordinary offer
    flow_chosen: np.ndarray  # (M + 1, L, L): with that or a campaign's
    flow_lower: np.ndarray  # (M + 1, L, L): of the chosen, to less total compensation
    flow_rise: np.ndarray  # (M + 1, L, L): sum over the chosen of the change of its logarithm


# Places in `World.counts`: rows used; which moves are written; who took an offer last this month, or NOBODY.
OFFERS_MADE, APPROACHES_MADE, MOVES_MADE, MOVES_WRITTEN, LATEST_MOVER, OFFERS_WAITING, WAITING_TO_LEAVE = range(7)
WRITTEN_MOVES = {"none": 0, "between_labs": 1, "all": 2}


def market_of(markets: Any, place: int) -> World:
    """One of several markets that lie side by side; it shares their memory."""
    return World(
        Key(markets.key[place, 0], markets.key[place, 1]),
        markets.setting[place],
        markets.labs[place],
        markets.campaigns[place],
        markets.tiers[place],
        markets.researchers[place],
        markets.jobs[place],
        Ties(markets.ties.start[place], markets.ties.other[place], markets.ties.lab[place], markets.ties.back[place]),
        markets.exposure[place],
        markets.target_lists[place],
        markets.offers[place],
        markets.waiting[place],
        markets.workspace,
        markets.counts[place],
        markets.approaches[place],
        markets.moves[place],
        markets.months[place],
        markets.flows[place],
        markets.flow_talent[place],
        markets.flow_joint[place],
        markets.leaving[place],
        markets.flow_ordinary[place],
        markets.flow_chosen[place],
        markets.flow_lower[place],
        markets.flow_rise[place],
    )


# For compiled rules: Numba returns no part of an array to Python.
market_at = inlined(market_of)


def alone(world: World) -> World:
    """A market as the only one of several that lie side by side; it shares its memory."""
    told: dict[str, Any] = {"key": np.array([world.key]), "ties": Ties(*(each[np.newaxis] for each in world.ties))}
    rest: dict[str, Any] = {
        name: getattr(world, name)[np.newaxis] for name in World._fields if name not in (*told, "workspace")
    }
    return world._replace(**told, **rest)
