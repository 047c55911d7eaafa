"""The researchers who are drawn: an equal share of every lab, the same people in every run, and whoever came by a raid."""

from __future__ import annotations

import numpy as np

MOST_DRAWN = 700
MOST_WON = 200
GOLDEN = 0.6180339887498949  # who is drawn
PLASTIC = 0.7548776662466927  # in which order: another irrational, so that the two have nothing to do with each other


def quotas(headcounts: np.ndarray, most: int = MOST_DRAWN) -> np.ndarray:
    """How many researchers of each lab to draw, in proportion to its head-count in the first month; all if they fit.

    Parameters
    ----------
    headcounts
        Shape (L,), researchers.
    most
        Cap on the sum, beyond one for each lab that has anyone.
    """
    if headcounts.sum() <= most:
        return headcounts.copy()
    wanted = np.floor(most * headcounts / headcounts.sum()).astype(int)
    return np.maximum(wanted, np.minimum(headcounts, 1))


def sampled(headcounts: np.ndarray, most: int = MOST_DRAWN) -> np.ndarray:
    """Numbers of the researchers to draw, lab after lab of the first month.

    Who is drawn follows from the researcher's number alone: a run and its twin, and every month, show the same people.
    """
    first = np.concatenate([[0], np.cumsum(headcounts)])
    drawn = []
    for lab, quota in enumerate(quotas(headcounts, most)):
        rows = np.arange(first[lab], first[lab + 1])
        key = (rows * GOLDEN) % 1.0
        drawn.append(np.sort(rows[np.argsort(key, kind="stable")[:quota]]))
    return np.concatenate(drawn)


def with_won(drawn: np.ndarray, won: np.ndarray, most: int = MOST_WON) -> np.ndarray:
    """The sample, and those whom raids have won who are not in it.

    Parameters
    ----------
    drawn
        Numbers of the sample.
    won
        Numbers of those who came by a raid, first come first; some may stand in it twice.
    most
        How many of them are added at most.
    """
    fresh = won[~np.isin(won, drawn)]
    _, places = np.unique(fresh, return_index=True)
    return np.concatenate([drawn, fresh[np.sort(places)][:most]])
