"""Logarithm, exponential and cosine against extended precision."""

import numpy as np
import pytest

from talentmarket.market.numeric import elementary
from talentmarket.market.numeric.compiled import compiled

MANY = 200_000


@compiled
def logarithms_of(numbers, results):
    for row in range(numbers.size):
        results[row] = elementary.ln(numbers[row])


@compiled
def powers_of(numbers, results):
    for row in range(numbers.size):
        results[row] = elementary.exp(numbers[row])


@compiled
def cosines_of(numbers, results):
    for row in range(numbers.size):
        results[row] = elementary.cosine_of_turn(numbers[row])


def found(function, numbers):
    results = np.zeros(numbers.size)
    function(numbers, results)
    return results


def units_in_the_last_place(got, exact):
    return np.max(np.abs(got - exact) / np.spacing(np.abs(exact).astype(float)))


@pytest.mark.parametrize("scale", [0.1, 10.0, 690.0])
def test_logarithm_and_exponential_are_within_two_units_in_the_last_place(scale):
    numbers = np.random.default_rng(1).uniform(-scale, scale, MANY)
    powers = found(powers_of, numbers)
    assert units_in_the_last_place(powers, np.exp(numbers.astype(np.longdouble))) <= 2.0
    logarithms = found(logarithms_of, powers)
    assert units_in_the_last_place(logarithms, np.log(powers.astype(np.longdouble))) <= 2.0


def test_logarithms_of_shares_are_exact_near_both_ends():
    shares = np.concatenate([2.0 ** -np.arange(1.0, 54.0), 1.0 - 2.0 ** -np.arange(2.0, 54.0)])
    logarithms = found(logarithms_of, shares)
    assert units_in_the_last_place(logarithms, np.log(shares.astype(np.longdouble))) <= 2.0
    assert elementary.ln(1.0) == 0.0
    assert elementary.exp(0.0) == 1.0


def test_cosine_of_a_share_of_a_turn():
    shares = np.random.default_rng(2).random(MANY)
    cosines = found(cosines_of, shares)
    exact = np.cos(2.0 * np.pi * shares.astype(np.longdouble))
    assert np.max(np.abs(cosines - exact)) < 2e-15


def test_whole_words_become_numbers():
    for word in (0, 1, 12345, 2**32 - 1, 2**52 - 1):
        assert elementary.whole(np.uint64(word)) == float(word)
