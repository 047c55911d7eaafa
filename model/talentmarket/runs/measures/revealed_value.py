"""What labs are worth to people, revealed by who moves where (Sorkin 2018).

A chosen move from j to k needs someone at j (share g_j of the people), an offer by k (share f_k of the offers) and a
preference for k over j. In a logit the flow against the flow back is then

    M_jk / M_kj = exp(V~_k - V~_j),   V~_k = V_k + ln(f_k / g_k),

and exp(V~) solves  exp(V~_k) * sum_j M_kj = sum_j M_jk * exp(V~_j):  the flows alone give V~, and size and offers are
then taken out of it. Only labs that can be reached from each other by moves can be compared.
"""

from __future__ import annotations

import numpy as np


def revealed_values(moves: np.ndarray, offers: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Values of labs in log-odds, their mean 0.

    Parameters
    ----------
    moves
        Chosen moves from row to column (L, L); the diagonal does not count.
    offers
        What each lab makes of all offers, in any unit (L,).
    people
        Whom each lab has, in any unit (L,).

    Returns
    -------
    numpy.ndarray
        (L,); not a number for all labs if some pair of them is not joined by moves both ways, be it by way of others,
        or if a lab makes no offers or has nobody.
    """
    flows = np.where(np.eye(len(moves), dtype=bool), 0.0, moves)
    undefined = np.full(len(flows), np.nan)
    if len(flows) < 2 or min(offers.min(), people.min()) <= 0.0:
        return undefined
    if not _all_joined(flows):
        return undefined
    balance = flows.T - np.diag(flows.sum(axis=1))
    # The rows add up to zero, so one says nothing new; in its place the values are scaled.
    balance[-1] = 1.0
    weights = np.linalg.solve(balance, np.eye(len(flows))[-1])
    values: np.ndarray = np.log(weights) - np.log(offers / people)
    return values - values.mean()


def _all_joined(flows: np.ndarray) -> bool:
    """Whether moves lead from every lab to every other: the number of ways, of as many steps as there are labs or fewer."""
    labs = len(flows)
    ways = np.linalg.matrix_power(np.eye(labs) + (flows > 0.0), labs)
    return bool(ways.min() > 0.0)
