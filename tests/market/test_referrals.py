"""Movers bring in former colleagues a month later, and joint moves are counted as such."""

import numpy as np
import pytest
from markets import assert_share, campaign, everything, lab, lively, outside, quiet, run, run_to, tier

from talentmarket.market.mechanisms.referrals import refer
from talentmarket.market.records.world import OFFERS_MADE
from talentmarket.scenario.schema import Scenario


def raided(referral, ties=6.0):
    """Beta wins the sixty best of Alpha in the first month."""
    labs = [lab("Alpha", 600), lab("Beta", 0), outside(50)]
    rich = campaign(months=1, approaches_per_month=60, tiers=[tier(total=100.0)])
    sure = {"noise": 0.0, "mission_scale": 0.0}
    return quiet(
        labs=labs, campaigns=[rich], choice=sure, population={"ties_mean": ties}, contacts={"referral": referral}
    )


def pairs_left_behind(world):
    """(mover, tie still at Alpha) of all who went."""
    lab_of, start, other = world.researchers["lab"], world.ties.start, world.ties.other
    movers = np.flatnonzero(world.researchers["joined"] == 1)
    return [(mover, tie) for mover in movers for tie in other[start[mover] : start[mover + 1]] if lab_of[tie] == 0]


@pytest.mark.parametrize("referral", [0.0, 0.3, 1.0])
def test_each_tie_left_behind_gets_an_offer_with_the_probability_of_a_referral(referral):
    world = run_to(raided(referral), 1).world
    pairs = pairs_left_behind(world)
    assert len(pairs) > 150
    refer(world, 2)
    offers = world.offers[: world.counts[OFFERS_MADE]]
    assert_share(len(offers), len(pairs), referral)
    assert set(offers["researcher"]) <= {tie for _, tie in pairs}
    assert (offers["lab"] == 1).all()
    premium = offers["pay"] / world.researchers["pay"][offers["researcher"]]
    assert ((premium > 0.4) & (premium < 4.0)).all()


def test_movers_refer_once():
    world = run_to(raided(1.0), 1).world
    refer(world, 2)
    made = world.counts[OFFERS_MADE]
    refer(world, 2)
    assert world.counts[OFFERS_MADE] == made > 0


def joint_by_hand(scenario):
    """Moves whose mover has a tie who made the same move this month before, or up to three months ago."""
    tables, world = run(scenario), run_to(scenario, 0).world
    start, other = world.ties.start, world.ties.other
    last, joint = {}, {}
    rank = {"separation": 0, "return": 1, "ordinary": 2, "campaign": 2, "growth": 3}
    moves = tables["moves"].assign(order=tables["moves"].kind.map(rank))
    assert moves.month.is_monotonic_increasing
    for month, who, origin, to in moves[["month", "researcher", "from", "to"]].itertuples(index=False):
        ties = other[start[who] : start[who + 1]]
        same = [last[tie] for tie in ties if tie in last and last[tie][1:] == (origin, to)]
        if any(month - when <= 3 for when, _, _ in same):
            joint[month, origin, to] = joint.get((month, origin, to), 0) + 1
        last[who] = (month, origin, to)
    return tables["flows"], joint


@pytest.mark.parametrize("make", [lively, everything])
def test_joint_moves_are_those_found_by_hand(make):
    flows, joint = joint_by_hand(make())
    by_name = flows[flows.joint > 0]
    found = dict(zip(zip(by_name.month, by_name["from"], by_name.to, strict=True), by_name.joint, strict=True))
    assert found == joint
    assert len(joint) > 5


def test_referrals_make_more_moves_joint():
    document = lively().model_dump()
    plain = run(Scenario.model_validate(document))["flows"]
    document["contacts"]["referral"] = 0.5
    referred = run(Scenario.model_validate(document))["flows"]

    def between(flows):
        return flows[(flows["from"] != "outside") & (flows.to != "outside")][["joint", "moves"]].sum()

    assert between(referred).joint > between(plain).joint + 4.5 * np.sqrt(between(plain).joint)
