"""Summary measures of moves between labs: who moves together, for how much more, and what labs pay each other."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.measures.market import BY_CHOICE
from talentmarket.runs.measures.measure import Measure, inside, of_labs
from talentmarket.runs.measures.observed import Observed, share


def joint_moves(observed: Observed) -> np.ndarray:
    """Joint moves over moves between labs (R, 1)."""
    labs = inside(observed.scenario)
    between = observed.among("flows", "from", labs) & observed.among("flows", "to", labs)
    joint, every = (
        observed.sums("flows", "from", between, observed.values("flows", name)).sum(axis=1, keepdims=True)
        for name in ("joint", "moves")
    )
    return share(joint, every)


def movers_pay_rise(observed: Observed) -> np.ndarray:
    """Mean log change of running pay over chosen moves between labs (R, 1)."""
    labs = inside(observed.scenario)
    before, after = (observed.values("moves", name).astype(float) for name in ("pay_before", "pay_after"))
    chosen = observed.among("moves", "kind", BY_CHOICE) & (before > 0.0) & (after > 0.0)
    chosen &= observed.among("moves", "from", labs) & observed.among("moves", "to", labs)
    rise = np.log(np.where(chosen, after, 1.0) / np.where(chosen, before, 1.0))
    total, every = (
        observed.sums("moves", "from", chosen, weights).sum(axis=1, keepdims=True) for weights in (rise, None)
    )
    return share(total, every)


def net_fees(observed: Observed) -> np.ndarray:
    """Transfer fees and solidarity shares received less fees paid over the run (R, labs)."""
    received, paid = (of_labs(observed, observed.panel(name)) for name in ("fees_received", "fees_paid"))
    return (received - paid).sum(axis=1)


MARKET, LABS = "Market", "Labs"

TRANSFER_MEASURES = (
    Measure("joint_moves", "share", "Joint moves, of all moves between labs.", MARKET, "market", joint_moves),
    Measure(
        "movers_pay_rise",
        "log points",
        "Mean change of running pay in chosen moves between labs (ordinary or campaign).",
        MARKET,
        "market",
        movers_pay_rise,
    ),
    Measure("net_fees", "M$", "Transfer fees and solidarity shares received, less fees paid.", LABS, "labs", net_fees),
)
