"""What labs are worth to people, revealed by who moves where (Sorkin 2018).

A chosen move from j to k needs someone at j (share g_j of the people), an offer by k (share f_k of the offers) and a
preference for k over j. In a logit the flow against the flow back is then

    M_jk / M_kj = exp(V~_k - V~_j),   V~_k = V_k + ln(f_k / g_k),

and exp(V~) solves  exp(V~_k) * sum_j M_kj = sum_j M_jk * exp(V~_j):  the flows alone give V~, and size and offers are
then taken out of it. Only labs that can be reached from each other by moves can be compared: the largest such set is.
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
        (L,); not a number for a lab outside the `comparable` ones, and for all if these are fewer than two.
    """
    values = np.full(len(moves), np.nan)
    labs = comparable(moves, offers, people)
    if len(labs) > 1:
        values[labs] = _values(moves[np.ix_(labs, labs)], offers[labs], people[labs])
    return values


def revealed_values_by_run(moves: np.ndarray, offers: np.ndarray, people: np.ndarray) -> np.ndarray:
    """`revealed_values` of each run (R, L) from its moves (R, L, L) and people (R, L): where all labs compare, all at once."""
    values = np.empty(people.shape)
    there = (people > 0.0).all(axis=1) & (offers > 0.0).all()
    joined = there & _joined_both_ways(moves > 0.0).all(axis=(1, 2)) & (len(offers) > 1)
    values[joined] = _values(moves[joined], offers, people[joined])
    for run in np.flatnonzero(~joined):
        values[run] = revealed_values(moves[run], offers, people[run])
    return values


def _values(moves: np.ndarray, offers: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Values of labs that moves join both ways (..., L), size and offers taken out, less their mean."""
    adjusted = _values_of_flows(moves) - np.log(offers / people)
    return adjusted - adjusted.mean(axis=-1, keepdims=True)


def comparable(moves: np.ndarray, offers: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Positions (n,) of the labs of the largest set that moves join both ways, be it by way of others of the set.

    Only labs that make offers and have people count; of sets equally large, the one with more people is taken.
    """
    labs = np.flatnonzero((offers > 0.0) & (people > 0.0))
    if len(labs) == 0:
        return labs
    together = _joined_both_ways(moves[np.ix_(labs, labs)] > 0.0)  # each row the set of one lab
    sizes, staff = together.sum(axis=1), together @ people[labs]
    return labs[together[np.lexsort((staff, sizes))[-1]]]


def _joined_both_ways(moves: np.ndarray) -> np.ndarray:
    """Which labs moves join both ways, by way of others or not (..., L, L), from which moves there are (..., L, L).

    By squaring, as SciPy's sparse graphs take a quarter of a second to import, at every start.
    """
    labs = moves.shape[-1]
    reached = moves | np.eye(labs, dtype=bool)
    for _ in range(labs.bit_length()):
        reached = reached @ reached
    return reached & reached.swapaxes(-1, -2)


def _values_of_flows(moves: np.ndarray) -> np.ndarray:
    """V~ of labs that moves join both ways (..., L), but for a constant."""
    unit = np.eye(moves.shape[-1])
    flows = np.where(unit == 1.0, 0.0, moves)
    balance = flows.swapaxes(-1, -2) - unit * flows.sum(axis=-1, keepdims=True)
    # The rows add up to zero, so one says nothing new; in its place the values are scaled.
    balance[..., -1, :] = 1.0
    values: np.ndarray = np.log(np.linalg.solve(balance, unit[:, -1:]))[..., 0]
    return values
