"""Chance: every draw is a pure function of who asks what, when, and of the seed.

The generator is Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"):
ten rounds of multiplication turn a counter of four 32-bit words and a key of two into four random words. The key is
(seed, replicate), the counter is (researcher, counterpart, month, decision). Nothing is ever drawn from a stream, so no draw
depends on another, on their order, or on whether anyone looks. Two decisions never share a counter.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from talentmarket.market.numeric.compiled import compiled, inlined
from talentmarket.market.numeric.elementary import cosine_of_turn, ln, whole

# Decisions. The numbers are part of the model's results: they never change and are never used again.
TALENT = 1
LOYALTY = 2
WEALTH = 3
PAY = 4
TENURE = 5
TIES = 6
STOCK = 7
SEPARATION = 8
CONTACT = 9
SCOUTING = 10
ENGAGEMENT = 11
OFFER = 12
START = 13
RETURN = 14
COMMITMENT = 15
TASTE = 16
CHOICE = 17
CANDIDATE = 18
EVENT = 40
DETECTION = 41
SEARCH = 42
REFERRAL = 43
VACANCY = 50

MASK = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
SIX = np.uint64(6)
TWENTY_SIX = np.uint64(26)
TO_UNIT_32 = 2.0**-32
TO_UNIT_52 = 2.0**-52

Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


class Key(NamedTuple):
    """Seed and replicate, each below 2**32, as unsigned 64-bit words."""

    seed: np.uint64
    replicate: np.uint64


def key_of(seed: int, replicate: int) -> Key:
    """The key of one replicate of a run."""
    return Key(np.uint64(seed), np.uint64(replicate))


@inlined
def philox(counter: Words, key: tuple[np.uint64, np.uint64]) -> Words:
    """Philox 4x32-10: four counter words and two key words to four random words (uint64 below 2**32)."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        product_0 = MULTIPLIER_0 * c0
        product_1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> HALF) ^ c1 ^ k0,
            product_1 & MASK,
            (product_0 >> HALF) ^ c3 ^ k1,
            product_0 & MASK,
        )
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


@inlined
def words(key: Key, decision: int, researcher: int, counterpart: int, month: int) -> Words:
    """Four random words for one question."""
    return philox(
        (np.uint64(researcher), np.uint64(counterpart), np.uint64(month), np.uint64(decision)),
        (key.seed, key.replicate),
    )


@inlined
def unit(word: np.uint64) -> float:
    """A 32-bit word as a number in the open interval (0, 1)."""
    return (whole(word) + 0.5) * TO_UNIT_32


@inlined
def uniform(key: Key, decision: int, researcher: int, counterpart: int, month: int) -> float:
    """A number in the open interval (0, 1), with 52 random bits."""
    w0, w1, _, _ = words(key, decision, researcher, counterpart, month)
    return (whole((w0 >> SIX) << TWENTY_SIX | w1 >> SIX) + 0.5) * TO_UNIT_52


@inlined
def normal_of(word_0: np.uint64, word_1: np.uint64) -> float:
    """A standard normal from two words (Box and Muller 1958)."""
    return math.sqrt(-2.0 * ln(unit(word_0))) * cosine_of_turn(unit(word_1))


@inlined
def normal(key: Key, decision: int, researcher: int, counterpart: int, month: int) -> float:
    """A standard normal draw."""
    w0, w1, _, _ = words(key, decision, researcher, counterpart, month)
    return normal_of(w0, w1)


@inlined
def gumbel_of(probability: float) -> float:
    """A standard Gumbel by inversion, -ln(-ln u)."""
    return -ln(-ln(probability))


@inlined
def gumbel(key: Key, decision: int, researcher: int, counterpart: int, month: int) -> float:
    """A standard Gumbel draw."""
    return gumbel_of(uniform(key, decision, researcher, counterpart, month))


@compiled
def happens(key: Key, decision: int, researcher: int, counterpart: int, month: int, probability: float) -> bool:
    """Whether an event of this probability happens; never at 0, always at 1."""
    return uniform(key, decision, researcher, counterpart, month) < probability
