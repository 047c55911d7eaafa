"""One market: its chance, its rules and state in records, its record. Rows are never created or deleted in a run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.market.chance import Key


class Ties(NamedTuple):
    """The co-author network: the ties of i are `other[start[i]:start[i + 1]]`."""

    start: np.ndarray
    other: np.ndarray


class World(NamedTuple):
    """Everything of one market; N researchers, L labs, C campaigns, M months."""

    key: Key
    setting: np.recarray  # (1,)
    labs: np.recarray  # (L,)
    campaigns: np.recarray  # (C,)
    tiers: np.recarray  # (1 + tiers + L,): row 0 for no package, the last ones for the labs' awards and equity
    researchers: np.recarray  # (N,)
    jobs: np.recarray  # (N,): what of their jobs only moves need to know
    ties: Ties
    line: np.ndarray  # (N + 1,) cumulative talent ** contact_talent, or empty where all are equally sought
    lists: np.ndarray  # ranked researchers, campaign after campaign
    book: np.recarray  # the month's offers
    waiting: np.recarray  # offers that wait for a transfer window
    counts: np.ndarray  # rows used and the like: see the constants below
    approaches: np.recarray  # the record, in the order they were made
    moves: np.recarray  # the record, emptied by the caller of a run
    months: np.recarray  # (M + 1, L), the record
    flows: np.ndarray  # (M + 1, L, L): moves from row to column
    flow_talent: np.ndarray  # (M + 1, L, L)
    flow_joint: np.ndarray  # (M + 1, L, L): joint moves


# Places in `World.counts`: rows used; which moves are written; who took an offer last this month, or NOBODY.
OFFERS_MADE, APPROACHES_MADE, MOVES_MADE, MOVES_WRITTEN, LATEST_MOVER, OFFERS_WAITING = range(6)
WRITTEN_MOVES = {"none": 0, "between_labs": 1, "all": 2}
