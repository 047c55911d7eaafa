"""talentmarket itself: the scenario file, through what the package offers everyone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.poaching import Poaching, Record, scenario_of
from talentmarket.market.simulate import Replicate

NAME = "talentmarket"


def record_of(tables: dict[str, dict[str, np.ndarray]], months: int) -> Record:
    """The benchmark's record from the tables of a replicate."""
    rows = tables["months"]
    headcount = rows["headcount"].reshape(months + 1, -1)[1:]
    paid = 12.0 * rows["wage_bill"].reshape(months + 1, -1)[1:]
    flows = np.zeros((months, headcount.shape[1], headcount.shape[1]), int)
    moved = tables["flows"]
    flows[moved["month"] - 1, moved["from"].codes, moved["to"].codes] = moved["moves"]
    return Record(headcount, paid / headcount, flows)


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    replicate = Replicate(scenario_of(market.people, market.months, market.seed), 0)

    def run() -> Record:
        replicate.advance(market.months)
        return record_of(replicate.tables(), market.months)

    return run
