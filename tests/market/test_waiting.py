"""Whoever would leave waits for stock that is about to vest."""

import math

import numpy as np
import pytest
from markets import ALIKE, assert_share, campaign, everything, lab, outside, quiet, run, run_to, tier

from talentmarket.market.jobs.waiting import months_until_tranche
from talentmarket.market.records.world import WAITING_TO_LEAVE
from talentmarket.scenario.schema import Scenario

RATE = 0.6
CLIFF = {"years_of_pay": 1.0, "years": 1, "vesting": "annual", "cliff": 0}


def cliff_at(people, patience, **changes):
    """People who joined within some months of the start, and whose stock of a year's pay vests twelve months after."""
    labs = [lab("Alpha", people, separation=RATE, equity=CLIFF, tenure_mean=0.5), lab("Beta", 0), outside()]
    return quiet(labs=labs, choice={"patience": patience}, population=ALIKE, **{"run": {"months": 14}, **changes})


def exits_by_age(scenario):
    """Exits by months since joining, of people who were there for at most seven months at the start; how many these were."""
    young = run_to(scenario, 0).world.researchers["joined"] >= -7
    left = run(scenario)["moves"].query("kind == 'separation'")
    left = left[young[left.researcher.to_numpy()]]
    before = left[left.tenure < 8]
    return left.groupby("tenure").size().reindex(range(16), fill_value=0), int(young.sum()) - len(before)


def test_nobody_leaves_just_before_a_cliff_and_those_who_waited_leave_after_it():
    """Of those there at the start of age 8, 1 - exp(-4h/12) are struck before 12 and leave at 13, with that month's own."""
    left, there = exits_by_age(cliff_at(6000, 4))
    hazard = RATE / 12.0
    once = 1.0 - math.exp(-hazard)
    assert left.loc[8:11].sum() == 0
    waited = 1.0 - math.exp(-4.0 * hazard)
    assert_share(left[12], there, math.exp(-4.0 * hazard) * once)
    assert_share(left[13], there, waited + math.exp(-5.0 * hazard) * once)
    assert left[13] > 4.0 * left[12]


def test_without_patience_exits_do_not_know_the_cliff():
    left, there = exits_by_age(cliff_at(6000, 0))
    assert_share(left.loc[8:11].sum(), there, 1.0 - math.exp(-4.0 * RATE / 12.0))


def test_patience_says_how_long_before_the_cliff_people_wait():
    left, _ = exits_by_age(cliff_at(3000, 2))
    assert left[9] > 0
    assert left.loc[10:11].sum() == 0


def wait_of(vesting, years_of_pay, age, patience=6):
    """Months that someone waits whose stock of so many years of pay vests over four years."""
    stock = {"years_of_pay": years_of_pay, "years": 4, "vesting": vesting, "cliff": 0}
    labs = [lab("Alpha", 1, equity=stock), outside()]
    world = run_to(quiet(labs=labs, choice={"patience": patience}, population=ALIKE), 0).world
    person = world.researchers[0]
    person["grant"], person["granted"] = years_of_pay * person["pay"], -age
    person["vesting"] = world.labs["equity_vesting"][0]
    return months_until_tranche(
        world.setting[0], person, world.jobs[0], world.labs[0], world.tiers[int(person["vesting"])], 0
    )


@pytest.mark.parametrize(
    ("vesting", "years_of_pay", "age", "patience", "wait"),
    [
        ("annual", 1.0, 10, 6, 2),  # a quarter of a year's pay for two months
        ("annual", 1.0, 9, 6, 0),  # for three months it is not more than the pay
        ("annual", 1.01, 9, 6, 3),
        ("annual", 4.0, 7, 4, 0),  # further off than anyone's patience
        ("annual", 4.0, 48, 6, 0),  # all has vested
        ("quarterly", 2.0, 11, 6, 1),  # an eighth of a year's pay is more than one month of it
        ("quarterly", 2.0, 10, 6, 0),
        ("monthly", 3.9, 11, 6, 0),  # a twelfth of a year's pay is not
        ("monthly", 4.1, 11, 6, 1),
    ],
)
def test_a_tranche_is_awaited_if_it_is_worth_more_than_the_pay_until_then(vesting, years_of_pay, age, patience, wait):
    assert wait_of(vesting, years_of_pay, age, patience) == wait


def test_a_new_job_ends_the_wait():
    """Everybody at Alpha goes to Beta, where nobody separates; who waited at Alpha does not leave from there."""
    best = tier(total=400.0, running_pay=1.5, stock_share=0.0, first_year_share=0.98875)
    raid = campaign(start=3, months=1, approaches_per_month=5000, tiers=[best])
    scenario = cliff_at(1500, 4, campaigns=[raid], run={"months": 14})
    scenario = scenario.model_copy(update={"choice": scenario.choice.model_copy(update={"noise": 0.0})})
    world = run_to(scenario, 2).world
    waiting = np.flatnonzero(world.jobs["leaves"] > 3)  # the others leave before the raid
    assert len(waiting) > 20
    moves = run(scenario)["moves"]
    raided = moves.query("kind == 'campaign'").researcher
    assert set(waiting) <= set(raided)
    assert not ((moves["from"] == "Beta") & (moves.kind == "separation")).any()


def test_the_list_of_those_who_wait_is_that_of_the_jobs():
    document = everything().model_dump()
    document["choice"] |= {"patience": 5, "exit_response": 0.5}
    for each in document["labs"]:
        each["separation"] = 1.0
    market = run_to(Scenario.model_validate(document), 0)
    most = 0
    for month in range(1, 25):
        market.advance(1)
        world = market.world
        listed = world.leaving[: world.counts[WAITING_TO_LEAVE]]
        leaves = world.jobs["leaves"]
        assert len(set(listed)) == len(listed)
        assert set(listed[leaves[listed] > 0]) == set(np.flatnonzero(leaves > 0))
        assert (leaves[leaves > 0] > month).all()
        assert (world.researchers["lab"][leaves > 0] != world.setting[0].outside).all()
        most = max(most, len(listed))
    assert most > 20
