"""What can happen, as codes: each with its name in tables and the words in which people are told of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

NOBODY = -1  # no researcher, no lab, no offer, no month yet

# Ends of an approach.
OUTCOMES = {
    "did not engage": "no answer",
    "no offer": "no offer",
    "refused": "refused",
    "took another offer": "another offer",
    "withdrew": "did not start",
    "started": "came",
    "returned": "went back",
    "waiting": "waiting",
}
SILENT, NO_OFFER, REFUSED, TOOK_ANOTHER, WITHDREW, STARTED, WENT_BACK, WAITING = range(len(OUTCOMES))

# Kinds of move.
KINDS = {
    "separation": "left for own reasons",
    "ordinary": "took an ordinary offer",
    "campaign": "took a raid's offer",
    "return": "went back to the old lab",
    "growth": "was hired to fill a vacancy",
}
BY_SEPARATION, BY_ORDINARY_OFFER, BY_CAMPAIGN, BY_RETURN, BY_GROWTH = range(len(KINDS))

# Terms of the choice in the order of `choice.terms.Terms`, and chance where the noise decided against them: what people
# stay or go for.
REASONS = {
    "money": "the money",
    "mission": "the mission",
    "compute": "the compute",
    "ties": "colleagues",
    "upside": "belief in the stock",
    "fairness": "fairness of pay",
    "taste": "personal taste",
    "friction": "the cost of moving",
    "counter": "the counter-offer",
    "chance": "the mood of the day",
}
CHANCE = list(REASONS).index("chance")

# Parts of the choice on which a refusal may hang: each was away when the choice was asked again.
PARTS = {
    "mission": "the mission",
    "moving_cost": "the cost of moving",
    "stock": "unvested stock",
    "ties": "colleagues",
}
MISSION, MOVING_COST, UNVESTED_STOCK, TIES = range(len(PARTS))


class Named(NamedTuple):
    """A column of names, as codes into a tuple of them."""

    codes: np.ndarray
    names: tuple[str, ...]
