"""The words of the record: codes of what can happen, and columns of names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Ends of an approach.
SILENT, NO_OFFER, REFUSED, TOOK_ANOTHER, WITHDREW, STARTED, WENT_BACK, WAITING = range(8)
OUTCOMES = ("did not engage", "no offer", "refused", "took another offer", "withdrew", "started", "returned", "waiting")

# Kinds of move.
BY_SEPARATION, BY_ORDINARY_OFFER, BY_CAMPAIGN, BY_RETURN, BY_GROWTH = range(5)
KINDS = ("separation", "ordinary", "campaign", "return", "growth")

# Terms of the choice, and chance where the noise decided against them.
REASONS = ("money", "mission", "compute", "ties", "upside", "fairness", "taste", "friction", "counter", "chance")
CHANCE = REASONS.index("chance")


class Named(NamedTuple):
    """A column of names, as codes into a tuple of them."""

    codes: np.ndarray
    names: tuple[str, ...]
