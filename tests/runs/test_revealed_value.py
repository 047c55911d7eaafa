"""Sorkin's revealed values: recovered from flows that follow from known ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from talentmarket.runs.measures.revealed_value import comparable, revealed_values

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
        np.array([[0, 5, 5], [0, 0, 5], [0, 0, 0]]),  # nobody comes back
        np.array([[9, 0, 0], [0, 9, 0], [0, 0, 9]]),
    ],
)
def test_labs_that_moves_do_not_join_cannot_be_compared(moves):
    assert np.isnan(revealed_values(moves.astype(float), np.ones(3), np.ones(3))).all()


@pytest.mark.parametrize("third", [(0, 0), (7, 0), (0, 7)], ids=["apart", "only left", "only joined"])
def test_a_lab_that_moves_do_not_join_both_ways_leaves_the_others_their_values(third):
    left, joined = third
    moves = np.array([[0, 30, joined], [10, 0, joined], [left, left, 0]], dtype=float)
    found = revealed_values(moves, np.array([1.0, 2.0, 1.0]), np.array([3.0, 1.0, 1.0]))
    assert found == pytest.approx([np.log(2.0) / 2.0, -np.log(2.0) / 2.0, np.nan], nan_ok=True)


@pytest.mark.parametrize(("offers", "people"), [(0.0, 1.0), (1.0, 0.0)])
def test_a_lab_without_offers_or_people_leaves_the_others_their_values(offers, people):
    """It joins nobody either: the way from the first lab to the second leads through the third alone."""
    moves = np.array([[0, 0, 9, 0], [10, 0, 0, 0], [0, 9, 0, 5], [0, 0, 5, 0]], dtype=float)
    every = revealed_values(moves, np.ones(4), np.ones(4))
    assert not np.isnan(every).any()
    found = revealed_values(moves, np.array([1.0, 1.0, offers, 1.0]), np.array([1.0, 1.0, people, 1.0]))
    assert np.isnan(found).all()
    found = revealed_values(moves, np.array([1.0, 1.0, 1.0, offers]), np.array([1.0, 1.0, 1.0, people]))
    assert np.isnan(found).tolist() == [False, False, False, True]
    assert found[:3].sum() == pytest.approx(0.0, abs=1e-12)


def test_of_sets_equally_large_the_one_with_more_people_is_valued():
    moves = np.zeros((5, 5))
    moves[0, 1] = moves[1, 0] = moves[2, 3] = moves[3, 2] = 4.0
    for staff, valued in (([1, 1, 1, 2, 50], [2, 3]), ([3, 1, 1, 2, 50], [0, 1])):
        found = revealed_values(moves, np.ones(5), np.array(staff, dtype=float))
        assert np.flatnonzero(~np.isnan(found)).tolist() == valued


def test_the_larger_set_is_valued_even_if_it_has_fewer_people():
    moves = np.zeros((5, 5))
    moves[0, 1] = moves[1, 2] = moves[2, 0] = moves[3, 4] = moves[4, 3] = 4.0
    found = revealed_values(moves, np.ones(5), np.array([1.0, 1.0, 1.0, 90.0, 90.0]))
    assert np.flatnonzero(~np.isnan(found)).tolist() == [0, 1, 2]


def test_a_circle_is_enough():
    circle = np.array([[0.0, 4.0, 0.0], [0.0, 0.0, 4.0], [4.0, 0.0, 0.0]])
    assert revealed_values(circle, np.ones(3), np.ones(3)) == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


@pytest.mark.parametrize(("offers", "people"), [([1.0, 0.0], [1.0, 1.0]), ([1.0, 1.0], [0.0, 1.0])])
def test_without_offers_or_people_there_is_no_value(offers, people):
    moves = np.array([[0.0, 3.0], [2.0, 0.0]])
    assert np.isnan(revealed_values(moves, np.array(offers), np.array(people))).all()


def test_a_single_lab_has_no_value():
    assert np.isnan(revealed_values(np.zeros((1, 1)), np.ones(1), np.ones(1))).all()


@pytest.mark.parametrize("labs", [1, 2, 3, 5, 17, 64])
def test_labs_that_moves_join_both_ways_are_those_of_a_graph_s_strong_components(labs):
    draws = np.random.default_rng(labs)
    for density in (0.5 / labs, 1.0 / labs, 2.0 / labs, 0.5):
        moves = (draws.random((labs, labs)) < density).astype(float)
        _, member_of = connected_components(moves, connection="strong")
        sizes = np.bincount(member_of)
        largest = comparable(moves, np.ones(labs), 1.0 + np.arange(labs) * 1e-6)
        assert len(largest) == sizes.max()
        assert len(np.unique(member_of[largest])) == 1
