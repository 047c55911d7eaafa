import math

import numpy as np
import pytest
from markets import assert_share, lab, outside, quiet, run_to

LABS = [lab("Alpha", 3000), lab("Beta", 1000), outside(2000)]
PEOPLE = 6000


def network(mean=4.0, within=0.7, replicate=0):
    scenario = quiet(labs=LABS, population={"ties_mean": mean, "ties_within_lab": within})
    world = run_to(scenario, 0, replicate).world
    ends = np.repeat(np.arange(PEOPLE), np.diff(world.ties.start))
    return ends, world.ties.other, world.researchers["lab"]


def test_who_is_tied_to_someone_is_tied_back():
    one, other, _ = network()
    there = np.lexsort((other, one))
    back = np.lexsort((one, other))
    assert (one[there] == other[back]).all()
    assert (other[there] == one[back]).all()


def test_nobody_is_tied_to_himself():
    one, other, _ = network(within=1.0)
    assert (one != other).all()


@pytest.mark.parametrize("mean", [0.5, 4.0, 20.0])
def test_people_have_the_mean_number_of_ties(mean):
    """Named by and naming: Poisson, so the mean over n people has variance 2 mean/n; within 4.5 standard errors."""
    one, _, _ = network(mean)
    assert abs(len(one) / PEOPLE - mean) < 4.5 * math.sqrt(2.0 * mean / PEOPLE) + 0.01 * mean
    degrees = np.bincount(one, minlength=PEOPLE)
    assert degrees.var() == pytest.approx(mean, rel=0.12)


@pytest.mark.parametrize("within", [0.0, 0.7, 1.0])
def test_ties_stay_within_the_lab_at_their_share(within):
    """The rest go anywhere, which may be the same lab."""
    one, other, labs = network(within=within)
    pairs = one < other
    for number, headcount in ((0, 3000), (1, 1000), (2, 2000)):
        ties = pairs & ((labs[one] == number) | (labs[other] == number))
        inside = ties & (labs[one] == labs[other])
        expected_inside = headcount * 2.0 * (within + (1.0 - within) * headcount / PEOPLE)
        crossing_out = headcount * 2.0 * (1.0 - within) * (1.0 - headcount / PEOPLE)
        crossing_in = (PEOPLE - headcount) * 2.0 * (1.0 - within) * headcount / PEOPLE
        share = expected_inside / (expected_inside + crossing_out + crossing_in)
        assert_share(inside.sum(), ties.sum(), share)


def test_without_ties_there_is_no_network():
    one, other, _ = network(mean=0.0)
    assert len(one) == len(other) == 0


def test_another_replicate_has_another_network():
    assert not np.array_equal(network()[1][:1000], network(replicate=1)[1][:1000])


@pytest.mark.parametrize("months", [0, 6])
def test_ties_know_where_they_are_and_find_each_other(months):
    labs = [lab("Alpha", 600, contact=1.0, separation=0.5), lab("Beta", 300, contact=1.0), outside(200)]
    world = run_to(quiet(labs=labs, population={"ties_mean": 4.0}, run={"months": 6}), months).world
    ties, mine = world.ties, np.repeat(np.arange(1100), np.diff(world.ties.start))
    assert (ties.lab == world.researchers["lab"][ties.other]).all()
    assert (ties.other[ties.back] == mine).all()
    assert (ties.back[ties.back] == np.arange(ties.other.size)).all()
