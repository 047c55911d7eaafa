"""The co-author network: sparse, undirected, denser within a lab.

Researcher i names a number of co-authors (Poisson with half the mean number of ties); each is a colleague of the
first month's lab with probability `ties_within_lab`, else anyone. Naming makes a tie for both, so the mean number of
ties is `ties_mean`. Someone named twice is a tie that counts twice; nobody is tied to himself.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key
from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.records import Setting
from talentmarket.market.records.world import Ties

MOST_NAMED = 100


@compiled
def number_named(key: Key, mean: float, researcher: int) -> int:
    """A Poisson draw by inversion."""
    probability = chance.uniform(key, chance.TIES, researcher, 0, 0)
    term = math.exp(-mean)
    reached = term
    number = 0
    while probability > reached and number < MOST_NAMED:
        number += 1
        term *= mean / number
        reached += term
    return number


@compiled
def named(key: Key, researcher: int, nth: int, within_lab: float, among: tuple[int, int, int]) -> int:
    """The nth co-author that a researcher names, or the researcher again where the lot falls so.

    `among` holds the first row and the number of the researcher's colleagues, and the number of all researchers.
    """
    first, people, everybody = among
    w0, w1, _, _ = chance.words(key, chance.TIES, researcher, nth + 1, 0)
    place = chance.unit(w1)
    return first + int(place * people) if chance.unit(w0) < within_lab else int(place * everybody)


@compiled
def link(
    key: Key, setting: Setting, headcounts: np.ndarray, start: np.ndarray, other: np.ndarray, back: np.ndarray
) -> None:
    """Count the ties into `start` where `other` is empty, else write them and their places there.

    `start[i + 1]` is the cursor of i.
    """
    everybody = start.size - 1
    researcher = 0
    first = 0
    for people in headcounts:
        for _ in range(people):
            for nth in range(number_named(key, setting.ties_mean / 2.0, researcher)):
                tie = named(key, researcher, nth, setting.ties_within_lab, (first, people, everybody))
                if tie == researcher:
                    continue
                if other.size > 0:
                    here, there = start[researcher + 1], start[tie + 1]
                    other[here], back[here] = tie, there
                    other[there], back[there] = researcher, here
                start[researcher + 1] += 1
                start[tie + 1] += 1
            researcher += 1
        first += people


@compiled
def link_markets(
    keys: np.ndarray, setting: Setting, headcounts: np.ndarray, start: np.ndarray, other: np.ndarray, back: np.ndarray
) -> None:
    """`link` several markets that lie side by side."""
    for place in range(start.shape[0]):
        link(Key(keys[place, 0], keys[place, 1]), setting, headcounts, start[place], other[place], back[place])


def networks(keys: np.ndarray, setting: Setting, headcounts: np.ndarray) -> Ties:
    """Draw the networks of several replicates, side by side; empty where the mean number of ties is 0."""
    start = np.zeros((len(keys), int(headcounts.sum()) + 1), dtype=np.int64)
    nobody = np.zeros((len(keys), 0), dtype=np.int32)
    if setting.ties_mean == 0.0:
        return Ties(start, nobody, nobody.astype(np.int8), nobody)
    link_markets(keys, setting, headcounts, start, nobody, nobody)
    ends = np.cumsum(start, axis=1)
    room = (len(keys), ends[:, -1].max())
    other, back = np.zeros(room, dtype=np.int32), np.zeros(room, dtype=np.int32)
    if other.size:
        first = np.zeros((len(keys), 1), dtype=np.int64)
        link_markets(keys, setting, headcounts, np.concatenate([first, ends[:, :-1]], axis=1), other, back)
    labs = np.repeat(np.arange(len(headcounts), dtype=np.int8), headcounts)
    return Ties(ends, other, labs[other], back)
