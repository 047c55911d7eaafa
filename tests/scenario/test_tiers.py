"""Tiers go down the list: each ends at a higher rank than the one before."""

import pytest

from talentmarket.scenario.schema.agreement import tier_misfits


def misfits(*last_ranks):
    tiers = [{"name": f"tier {number}", "last_rank": rank} for number, rank in enumerate(last_ranks)]
    return [(one.steps, one.message) for one in tier_misfits({"tiers": tiers})]


@pytest.mark.parametrize("ranks", [(1,), (1, 2), (10, 11, 500)])
def test_tiers_that_go_down_the_list_fit(ranks):
    assert misfits(*ranks) == []


@pytest.mark.parametrize(
    ("ranks", "number", "found", "before"),
    [((10, 10), 1, 10, 10), ((10, 9), 1, 9, 10), ((0,), 0, 0, 0), ((10, 4, 10, 11), 1, 4, 10)],
)
def test_two_tiers_that_end_at_one_rank_or_go_up_do_not(ranks, number, found, before):
    steps, message = misfits(*ranks)[0]
    assert steps == ("tiers", number, "last_rank")
    assert message.startswith(f"is {found}, but must be above {before}")


def test_every_tier_is_held_against_the_deepest_before_it():
    assert [steps[1] for steps, _ in misfits(10, 4, 10, 11)] == [1, 2]
