"""How numbers read everywhere."""

from __future__ import annotations

import math

import pytest

from talentmarket.numbers import count, decimals, fixed, mean_and_interval, money, number, percent, signed

NAN = math.nan


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (0.095, "0.095"),
        (0.1234, "0.123"),
        (-2.5, "−2.5"),
        (79.123, "79.1"),
        (99.5, "100"),
        (12345.6, "12,346"),
        (NAN, "–"),
        (math.inf, "–"),
    ],
)
def test_a_number_alone(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "spread", "places"),
    [(17.321, 0.34, 2), (1234.5, 25.0, 0), (0.5, 1e-6, 4), (3.0, 0.0, 0), (0.123456, 0.0, 4), (12.3456, 1e-12, 2)],
)
def test_decimals_follow_the_spread_and_without_one_the_value(value: float, spread: float, places: int) -> None:
    assert decimals(value, spread) == places
    assert decimals(value, spread, most=1) == min(places, 1)


def test_a_mean_and_its_interval_have_the_same_decimals() -> None:
    assert mean_and_interval(-0.001, -0.35, 0.348) == ("0.00", "−0.35 to 0.35")
    assert mean_and_interval(12.3456, NAN, NAN) == ("12.35", "–")
    assert mean_and_interval(NAN, NAN, NAN) == ("–", "–")


def test_zero_has_no_sign() -> None:
    assert [signed(fixed(value, 1)) for value in (4.0, 0.04, -0.04, -4.0)] == ["+4.0", "0.0", "0.0", "−4.0"]
    assert [signed(number(value)) for value in (4, 0, -4, NAN)] == ["+4", "0", "−4", "–"]


def test_numbers_and_their_units_stay_together() -> None:
    assert [percent(share) for share in (0.0, 0.0043, 0.0095, 0.5, -0.004, NAN)] == [
        "0\u00a0%",
        "0.4\u00a0%",
        "1\u00a0%",
        "50\u00a0%",
        "−0.4\u00a0%",
        "–",
    ]
    assert [percent(share, 1) for share in (0.1234, -0.00001, -0.2)] == ["12.3\u00a0%", "0.0\u00a0%", "−20.0\u00a0%"]
    assert [money(value) for value in (79.1, 1250.0, 0.5, NAN)] == ["79.1\u00a0M$", "1,250\u00a0M$", "0.5\u00a0M$", "–"]
    assert [count(1, "run"), count(2000, "run"), count(2, "person", "people")] == ["1 run", "2,000 runs", "2 people"]
