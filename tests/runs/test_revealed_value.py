"""Sorkin's revealed values: recovered from flows that follow from known ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentmarket.runs.measures.revealed_value import revealed_values

LABS = 4
numbers = st.lists(st.floats(-3.0, 3.0), min_size=LABS, max_size=LABS).map(np.array)
shares = st.lists(st.floats(0.01, 1.0), min_size=LABS, max_size=LABS).map(np.array)


def flows(values, offers, people):
    """Expected moves from row to column in a logit between one's own lab and one offer."""
    preferred = 1.0 / (1.0 + np.exp(values[:, None] - values[None, :]))
    return people[:, None] * offers[None, :] * preferred


@settings(derandomize=True, deadline=None, max_examples=50)
@given(values=numbers, offers=shares, people=shares)
def test_expected_flows_reveal_the_values_exactly(values, offers, people):
    found = revealed_values(flows(values, offers, people), offers, people)
    assert found == pytest.approx(values - values.mean(), abs=1e-8)


def test_two_labs_by_hand():
    """Flows of 30 and 10, twice the offers, a third of the people: ln 3 - ln 2 - ln 3 between the two."""
    found = revealed_values(np.array([[0.0, 30.0], [10.0, 0.0]]), np.array([1.0, 2.0]), np.array([3.0, 1.0]))
    assert found == pytest.approx([np.log(2.0) / 2.0, -np.log(2.0) / 2.0])


def test_moves_within_a_lab_do_not_count():
    values, offers, people = np.array([0.5, -0.2, 1.0]), np.ones(3), np.ones(3)
    moves = flows(values, offers, people)
    assert revealed_values(moves + 9.0 * np.eye(3), offers, people) == pytest.approx(
        revealed_values(moves, offers, people)
    )


def test_sizes_of_flows_and_units_do_not_matter():
    values, offers, people = np.array([0.5, -0.2, 1.0]), np.array([0.2, 0.3, 0.1]), np.array([1.0, 2.0, 3.0])
    moves = flows(values, offers, people)
    assert revealed_values(7.0 * moves, 3.0 * offers, 9.0 * people) == pytest.approx(values - values.mean())


@pytest.mark.parametrize(
    "moves",
    [
        np.zeros((3, 3)),
        np.array([[0, 5, 5], [5, 0, 5], [0, 0, 0]]),  # nobody leaves the third
        np.array([[0, 5, 0], [5, 0, 0], [0, 0, 0]]),  # nobody comes there either
        np.array([[9, 0, 0], [0, 9, 0], [0, 0, 9]]),
    ],
)
def test_labs_that_moves_do_not_join_cannot_be_compared(moves):
    assert np.isnan(revealed_values(moves.astype(float), np.ones(3), np.ones(3))).all()


def test_a_circle_is_enough():
    circle = np.array([[0.0, 4.0, 0.0], [0.0, 0.0, 4.0], [4.0, 0.0, 0.0]])
    assert revealed_values(circle, np.ones(3), np.ones(3)) == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


@pytest.mark.parametrize(("offers", "people"), [([1.0, 0.0], [1.0, 1.0]), ([1.0, 1.0], [0.0, 1.0])])
def test_without_offers_or_people_there_is_no_value(offers, people):
    moves = np.array([[0.0, 3.0], [2.0, 0.0]])
    assert np.isnan(revealed_values(moves, np.array(offers), np.array(people))).all()


def test_a_single_lab_has_no_value():
    assert np.isnan(revealed_values(np.zeros((1, 1)), np.ones(1), np.ones(1))).all()
