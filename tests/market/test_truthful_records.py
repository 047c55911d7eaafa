"""What each refusal would have taken, who is still there, and what movers get in all: by choosing or counting anew."""

from copy import deepcopy

import numpy as np
import pytest
from markets import campaign, everything, lab, outside, quiet, run, small

from talentmarket.market.mechanisms.choice import choose
from talentmarket.market.money.packages import liquid_wealth
from talentmarket.market.month import run_from_choice, run_until_choice
from talentmarket.market.records.world import APPROACHES_MADE, OFFERS_MADE
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.schema import Scenario

MONTHS = 4


def without_stock(world, month):
    """Make what has vested wealth, and take the rest away."""
    for person in world.researchers:
        person.wealth = liquid_wealth(person, world.labs[person.lab], world.tiers[person.vesting], month)
        person.grant = 0.0


def set_to_zero(name):
    def change(world, month):
        world.setting[name] = 0.0

    return change


CHANGES = {
    "without_mission": set_to_zero("mission_scale"),
    "without_moving_cost": set_to_zero("switching_cost"),
    "without_stock": without_stock,
    "without_ties": set_to_zero("tie_value"),
}


@pytest.fixture(scope="module")
def market():
    """A small market in which everything happens, and people with unvested stock are raided as well."""
    document = everything().model_dump()
    document["population"]["scale"] = 0.1
    document["transfer"]["windows"] = []
    document["choice"] |= {"mission_scale": 1.0, "switching_cost": 0.2, "tie_value": 0.4, "size_value": 0.3}
    document["run"]["months"] = MONTHS
    for each in document["labs"][:2]:
        each["equity"]["years_of_pay"] = 5.0
    for raid in document["campaigns"]:
        raid.update(start=1, engage=1.0, offer=1.0)
    return Replicate(Scenario.model_validate(document), 0)


def chosen(world):
    """Rows of the approaches behind the offers of the month, and whether each offer was taken."""
    offers = world.offers[: world.counts[OFFERS_MADE]]
    by_campaign = offers["approach"] >= 0
    return offers["approach"][by_campaign], offers["chosen"][by_campaign]


@pytest.fixture(scope="module")
def answers(market):
    """By part: what the record says of every offer, what the month chosen anew without it gives, and what happened."""
    found = {name: ([], [], []) for name in CHANGES}
    for month in range(1, MONTHS + 1):
        assert market.begin_month() == month
        run_until_choice(market.world, month)
        anew = {name: deepcopy(market.world) for name in CHANGES}
        as_it_is = deepcopy(market.world)
        choose(as_it_is, month)
        rows, taken = chosen(as_it_is)
        for name, change in CHANGES.items():
            change(anew[name], month)
            choose(anew[name], month)
            same_rows, taken_anew = chosen(anew[name])
            assert (rows == same_rows).all()
            told, other, happened = found[name]
            told += as_it_is.approaches[name][rows].tolist()
            other += taken_anew.tolist()
            happened += taken.tolist()
        run_from_choice(market.world, month)
        market.month = month
    return found


@pytest.mark.parametrize("name", CHANGES)
def test_an_offer_would_be_taken_if_the_month_chosen_anew_without_the_part_takes_it(answers, name):
    told, anew, happened = answers[name]
    assert told == anew
    assert anew != happened  # else the part would decide nothing here


def test_only_offers_that_were_weighed_have_an_answer(market, answers):
    made = market.world.approaches[: market.world.counts[APPROACHES_MADE]]
    silent = made["decided"] == -1
    assert not any(made[name][silent].any() for name in CHANGES)


def test_hires_are_followed_until_they_leave_and_the_first_staff_until_it_does():
    """The month in which each hire left, and who is still there since month 0, counted by hand from the moves."""
    scenario = small()
    tables = run(scenario)
    moves, offers, months = tables["moves"], tables["offers"], tables["months"]
    came = offers[offers.outcome.isin(["started", "returned"])]
    for hire in came.itertuples():
        later = moves[(moves.researcher == hire.researcher) & (moves.month > hire.decided)].month
        assert hire.left == (later.min() if len(later) else -1)
    assert (came.left > 0).any()
    assert (offers.left[~offers.index.isin(came.index)] == -1).all()
    first = moves.drop_duplicates("researcher")  # the moves are in their order, so these are everybody's first
    for name, rows in months.groupby("lab"):
        gone = [(first["from"].eq(name) & first.month.le(month)).sum() for month in rows.month]
        assert rows.stayers.tolist() == (rows.headcount.iloc[0] - np.array(gone)).tolist()


def test_rewards_are_pay_and_a_year_s_part_of_the_package_and_flows_add_them_up():
    """A package of 8 M$ over four years is 2 M$ a year, whatever of it is running pay; staff had pay alone."""
    labs = [lab("Alpha", 60), lab("Beta", 0), outside()]
    tables = run(quiet(labs=labs, campaigns=[campaign(approaches_per_month=60)], run={"months": 2}))
    moves, flows = tables["moves"], tables["flows"]
    assert moves.reward_before.to_numpy() == pytest.approx(moves.pay_before.to_numpy(), rel=1e-6)
    assert moves.reward_after.to_numpy() == pytest.approx(2.0, rel=1e-6)
    assert moves.pay_after.to_numpy() == pytest.approx(1.5, rel=1e-6)
    rise = np.log(2.0 / moves.reward_before.to_numpy(dtype=float))
    assert flows.rise.sum() == pytest.approx(rise.sum(), rel=1e-5)
    assert flows.lower.sum() == (rise < 0.0).sum()
    assert (flows.chosen.sum(), flows.ordinary.sum()) == (len(moves), 0)


def test_flows_tell_ordinary_and_chosen_moves_apart():
    tables = run(small())
    moves, flows = tables["moves"], tables["flows"]
    assert flows.ordinary.sum() == moves.kind.eq("ordinary").sum() > 0
    assert flows.chosen.sum() == moves.kind.isin(["ordinary", "campaign"]).sum() > flows.ordinary.sum()
    by_choice = moves[moves.kind.isin(["ordinary", "campaign"])]
    assert flows.lower.sum() == (by_choice.reward_after < by_choice.reward_before).sum()
