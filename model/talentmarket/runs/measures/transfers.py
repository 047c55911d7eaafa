"""Summary measures of moves between labs: who moves together, for how much more, and what labs pay each other."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.measures.market import moves_between
from talentmarket.runs.measures.measure import Measure, of_labs
from talentmarket.runs.measures.observed import Observed, share


def joint_moves(observed: Observed) -> np.ndarray:
    """Joint moves over moves between labs (R, 1)."""
    return share(moves_between(observed, "joint"), moves_between(observed, "moves"))


def movers_pay_rise(observed: Observed) -> np.ndarray:
    """Mean log change of total compensation over chosen moves between labs (R, 1)."""
    return share(moves_between(observed, "rise"), moves_between(observed, "chosen"))


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
        "Mean change of total compensation (running pay and a year's part of bonus and stock) in chosen moves between labs "
        "(ordinary or campaign).",
        MARKET,
        "market",
        movers_pay_rise,
    ),
    Measure(
        "net_fees",
        "M$",
        "Transfer fees and solidarity shares received, less fees paid.",
        LABS,
        "labs",
        net_fees,
        bounded=False,
    ),
)
