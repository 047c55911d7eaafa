"""Counter-offers, titles and re-levelling: by hand, at their limits, and without a dollar lost."""

import math

import numpy as np
import pytest
from markets import ALIKE, answering, assert_share, campaign, frames, lab, outside, quiet, run, run_to, tier

from talentmarket.scenario.schema import Scenario

ANNUITY = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))
NO_MISSION = {"mission_scale": 0.0}


def raided(response, labs=200, raid=None, **sections):
    """Beta offers everybody at Alpha 3 M$ a year, all running pay, in the first month; Alpha answers."""
    package = tier(total=12.0, running_pay=3.0, stock_share=0.0)
    campaigns = [campaign(**{"months": 1, "approaches_per_month": labs, "tiers": [package], **(raid or {})})]
    people = [lab("Alpha", labs, response=response), lab("Beta", 0), outside()]
    run_of = {"run": {"months": 6}, "choice": NO_MISSION, **sections}
    return quiet(labs=people, campaigns=campaigns, **run_of)


def alpha(tables):
    return tables["months"].query("lab == 'Alpha'").set_index("month")


def test_a_counter_offer_that_matches_the_money_leaves_a_coin_toss():
    """With everything else alike, P(go) = 1/2; without, the logit of the money alone."""
    matched = run(raided({"counter_share": 1.0}, labs=2000, population=ALIKE))["offers"]
    assert matched.acceptance_probability.to_numpy() == pytest.approx(0.5, abs=1e-9)
    assert_share((matched.outcome == "started").sum(), 2000, 0.5)
    bare = run(raided({}, labs=2000, population=ALIKE))["offers"]
    odds = (2.0 + 3.0 * ANNUITY) / (2.0 + 1.0 * ANNUITY)
    weight = 4.0 * (1.0 - bare.loyalty.to_numpy())
    assert bare.acceptance_probability.to_numpy() == pytest.approx(1.0 / (1.0 + odds**-weight), rel=1e-5)


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_a_counter_offer_closes_its_share_of_the_difference(share):
    offers = run(raided({"counter_share": share}, population=ALIKE))["offers"]
    stay = math.log(2.0 + (1.0 + share * 2.0) * ANNUITY)
    money = 4.0 * (1.0 - offers.loyalty.to_numpy(dtype=float)) * stay
    assert offers.stay_value.to_numpy() == pytest.approx(money, rel=1e-6)


def test_no_counter_offer_is_worth_more_than_the_cap():
    offers = run(raided({"counter_share": 1.0, "counter_cap": 2.0}, population=ALIKE))["offers"]
    money = 4.0 * (1.0 - offers.loyalty.to_numpy(dtype=float)) * math.log(2.0 + ANNUITY + 2.0)
    assert offers.stay_value.to_numpy() == pytest.approx(money, rel=1e-6)


def test_those_who_stay_get_their_raise_and_it_costs_what_it_is_worth():
    scenario = raided({"counter_share": 1.0}, population=ALIKE)
    before, after = run_to(scenario, 0).world.researchers["pay"], run_to(scenario, 1).world.researchers
    stayed = after["lab"] == 0
    assert after["pay"][stayed] == pytest.approx(3.0, rel=1e-9)
    months = alpha(run(scenario))
    assert months.counters[1] == 200
    assert months.counters_accepted[1] == stayed.sum()
    assert months.spend_counters[1] == pytest.approx((after["pay"] - before)[stayed].sum() * ANNUITY, rel=1e-9)
    assert months.spend_counters.drop(1).eq(0.0).all()


def test_the_budget_is_never_exceeded_and_is_spent_in_the_order_of_the_offers():
    budget = 7.5 * 2.0 * ANNUITY
    tables = run(
        raided({"counter_share": 1.0, "counter_budget": budget}, population=ALIKE, choice={**NO_MISSION, "noise": 0.0})
    )
    months = alpha(tables)
    assert months.counters[1] == 8  # seven whole ones, and what is left for an eighth
    assert months.spend_counters.sum() <= budget * (1.0 + 1e-12)
    offers = tables["offers"]
    stayed = offers[offers.outcome == "refused"]
    assert len(stayed) == 7  # whoever is indifferent stays
    assert sorted(stayed["rank"]) == list(range(1, 8))


def test_what_was_not_accepted_is_there_for_the_next_month():
    """Everybody goes in spite of the counter-offer, so the budget is untouched."""
    raid = {"months": 2, "approaches_per_month": 100}
    sure = {**NO_MISSION, "noise": 0.0}
    package = raided({"counter_share": 0.5, "counter_budget": 3.0}, population=ALIKE, choice=sure, raid=raid)
    months = alpha(run(package))
    assert months.spend_counters.sum() == 0.0
    assert months.counters[1] == months.counters[2] > 0


def test_a_lab_that_learns_of_nothing_answers_nothing():
    silent, deaf = raided({}), raided({"detection": 0.0, "counter_share": 1.0, "title": 1.0})
    for name, table in run(silent).items():
        assert table.equals(run(deaf)[name]), name


def test_a_lab_may_answer_those_approached_alone():
    """Beta approaches half of Alpha with 3 M$, and calls everybody with ordinary offers besides."""

    def counters(to, offer):
        document = raided({"counter_share": 1.0, "counter_to": to}, raid={"offer": offer}).model_dump()
        document["labs"][1].update(contact=12.0, premium_mean=3.0)
        return alpha(run(Scenario.model_validate(document))).counters

    assert counters("approached", 0.0).sum() == 0
    assert counters("approached", 1.0)[1] == 200
    assert counters("approached", 1.0).drop(1).sum() == 0
    assert counters("anyone", 0.0)[1] > 100


def called(practice, response=None, people=200, **sections):
    """Beta offers nearly everybody at Alpha 3 M$ a year in the first month, without a campaign."""
    answers = {"response": response or {}, "ordinary_response": {"detection": 1.0, **practice}}
    labs = [
        lab("Alpha", people, **answers),
        lab("Beta", 0, contact=60.0, premium_mean=3.0, premium_sigma=0.0),
        outside(),
    ]
    run_of = {"run": {"months": 1}, "choice": NO_MISSION, "population": ALIKE}
    return quiet(labs=labs, **run_of | sections)


@pytest.mark.parametrize(
    ("practice", "raised"),
    [
        ({"counter_share": 0.25}, 0.5),
        ({"counter_share": 1.0}, 2.0),
        ({"counter_share": 1.0, "counter_cap": 2.0}, 2.0 / ANNUITY),
    ],
)
def test_practice_counters_its_share_of_an_ordinary_offer_up_to_its_cap(practice, raised):
    scenario = called(practice)
    world, months = run_to(scenario, 1).world, alpha(run(scenario))
    stayed = world.researchers["lab"] == 0
    countered = stayed & (world.researchers["pay"] > 1.0)
    assert countered.sum() > 20
    assert stayed.sum() - countered.sum() < 10  # whom nobody called
    assert world.researchers["pay"][countered] == pytest.approx(1.0 + raised, rel=1e-9)
    assert months.spend_practice[1] == pytest.approx(countered.sum() * raised * ANNUITY, rel=1e-9)
    assert months[["counters", "counters_accepted", "exits_avoided", "spend_counters"]].eq(0).all(axis=None)


def test_practice_does_not_answer_a_campaign_and_learns_of_offers_at_its_own_rate():
    def practising(**practice):
        document = raided({"detection": 0.0}).model_dump()
        document["labs"][0]["ordinary_response"] |= {"detection": 1.0, "counter_share": 1.0, **practice}
        return Scenario.model_validate(document)

    def kept(**practice):
        """Who stayed with a raise of 1 M$ a year."""
        spent = alpha(run(called({"counter_share": 0.5, **practice}, people=400))).spend_practice[1]
        return round(spent / ANNUITY)

    assert alpha(run(practising())).spend_practice.sum() == 0.0
    assert kept() > 100
    assert_share(kept(detection=0.3), kept(), 0.3)
    document = raided({}, labs=60).model_dump()
    plain = run(Scenario.model_validate(document))
    document["labs"][0]["ordinary_response"] |= {"detection": 0.9, "counter_cap": 9.0}
    for name, table in run(Scenario.model_validate(document)).items():
        assert table.equals(plain[name]), name


@pytest.mark.parametrize(("policy", "practice"), [(0.5, 0.25), (0.25, 0.5)])
def test_where_policy_and_practice_both_answer_the_larger_counter_offer_is_made(policy, practice):
    """What practice pays is outside the budget, which here has room for two counter-offers of the policy."""
    budget = 2.0 * policy * 2.0 * ANNUITY
    response = {"counter_share": policy, "counter_budget": budget}
    sure = {**NO_MISSION, "noise": 0.0, "switching_cost": 9.0}  # nobody goes
    world = run_to(called({"counter_share": practice}, response, people=80, choice=sure), 1).world
    raised = np.round(world.researchers["pay"] - 1.0, 9)
    assert set(raised) <= {0.0, 2.0 * policy, 2.0 * practice}
    assert (raised == 2.0 * policy).sum() == (2 if policy > practice else 0)
    assert (raised == 2.0 * practice).sum() > 70
    assert world.labs["counter_spent"][0] == pytest.approx(budget if policy > practice else 0.0, rel=1e-9)


def test_offers_are_learnt_of_at_the_rate_of_detection():
    months = alpha(run(raided({"detection": 0.3, "counter_share": 0.5}, labs=5000)))
    assert_share(months.counters[1], 5000, 0.3)


def test_a_title_is_worth_its_log_points():
    offers = run(raided({"title": 0.05}))["offers"].set_index("researcher").sort_index()
    bare = run(raided({}))["offers"].set_index("researcher").sort_index()
    assert (offers.stay_value - bare.stay_value).to_numpy() == pytest.approx(4.0 * 0.05, rel=1e-4)


def test_the_answer_is_named_as_the_reason_where_it_decided():
    sure = {**NO_MISSION, "noise": 0.0}
    offers = run(raided({"counter_share": 1.0, "title": 0.05}, population=ALIKE, choice=sure))["offers"]
    assert set(offers.outcome) == {"refused"}
    assert set(offers.reason) == {"counter"}


def test_an_exit_is_avoided_if_the_same_person_would_have_gone_without_the_answer():
    """Counted inside the run, with the same luck as in a run without the answer."""
    with_it, without = raided({"counter_share": 0.8, "title": 0.02}, labs=1000), raided({}, labs=1000)
    went = set(run(without)["moves"].researcher)
    stays = set(range(1000)) - set(run(with_it)["moves"].researcher)
    assert alpha(run(with_it)).exits_avoided[1] == len(went & stays) > 50


def fair(response, months=30, raid=None):
    """Beta approaches 10 a month at Alpha and offers nobody anything; Alpha re-levels all the same."""
    campaigns = [campaign(months=5, offer=0.0, **(raid or {}))]
    return quiet(campaigns=campaigns, run={"months": months}, choice={"noise": 0.0})


def reviewed(months=30, **response):
    people = [lab("Alpha", 200, response={"fair_trigger": 25, "fair_delay": 2, **response}), lab("Beta", 50), outside()]
    document = fair({}, months).model_dump()
    document["labs"] = people
    return Scenario.model_validate(document)


def test_the_trigger_and_the_delay_say_when():
    """25 approaches are reached in the third month; two months later all of Alpha, and nobody else, has the raise."""
    scenario = reviewed(fair_raise=0.1)
    start = run_to(scenario, 0).world.researchers["pay"].copy()
    for month, factor in ((4, 1.0), (5, 1.1), (12, 1.1)):
        people = run_to(scenario, month).world.researchers
        assert people["pay"][:200] == pytest.approx(factor * start[:200], rel=1e-12)
        assert people["pay"][200:] == pytest.approx(start[200:], rel=1e-12)
    spent = alpha(run(scenario)).spend_fair
    assert spent[5] == pytest.approx(0.1 * start[:200].sum() * ANNUITY, rel=1e-9)
    assert spent.drop(5).eq(0.0).all()


@pytest.mark.parametrize("moves_scale", [False, True])
def test_newcomers_follow_a_raise_that_moves_the_scale(moves_scale):
    """The raise comes in the fifth month: who is hired from then on gets it, too, and who came before has it once."""
    scenario = reviewed(8, fair_raise=0.1, raise_moves_scale=moves_scale)
    document = scenario.model_dump()
    document["labs"][0].update(refill=True, separation=2.0)
    document["labs"][2].update(headcount=100)
    scenario = Scenario.model_validate(document)
    hired = run(scenario)["moves"].query("kind == 'growth'")
    level = np.where(moves_scale & (hired.month >= 5), 1.1, 1.0)
    assert hired.pay_after.to_numpy() == pytest.approx(level * hired.talent.to_numpy() ** 0.5, rel=1e-6)
    assert min((hired.month < 5).sum(), (hired.month >= 5).sum()) > 50
    assert run_to(scenario, 8).world.labs["pay_level"][0] == pytest.approx(1.1 if moves_scale else 1.0, rel=1e-12)


def test_without_a_trigger_nothing_happens():
    assert alpha(run(reviewed(fair_trigger=0, fair_raise=0.5, fair_award=3.0))).spend_fair.eq(0.0).all()
    assert alpha(run(reviewed(fair_trigger=51, fair_raise=0.5, fair_award=3.0))).spend_fair.eq(0.0).all()


def test_awards_go_by_level_to_the_highest_ones():
    world = run_to(reviewed(fair_award=0.5, fair_ratio=3.0, fair_levels=2), 5).world
    people = world.researchers[:200]
    assert people["grant"] == pytest.approx(np.choose(people["level"], [0.0, 0.0, 0.5, 1.5]), rel=1e-12)
    assert not world.researchers["grant"][200:].any()
    spent = alpha(run(reviewed(fair_award=0.5, fair_ratio=3.0, fair_levels=2))).spend_fair[5]
    assert spent == pytest.approx(people["grant"].sum(), rel=1e-9)


def test_an_award_vests_by_quarters_over_two_years_and_is_left_behind():
    """Everybody leaves at some month: what is forfeited is the share that has not vested by then."""
    people = [
        lab("Alpha", 300, separation=0.0, response={"fair_trigger": 1, "fair_delay": 0, "fair_award": 8.0}),
        lab("Beta", 0),
        outside(),
    ]
    document = fair({}, 30).model_dump()
    document["labs"] = people
    leave = {"name": "all leave", "month": 0, "hazard": 0.0, "reprice": {}, "set": {"labs.Alpha.separation": 12.0}}
    for month, unvested in ((3, 8.0), (4, 7.0), (10, 5.0), (24, 1.0), (25, 0.0)):
        document["events"] = [{**leave, "month": month}]
        left = run(Scenario.model_validate(document))["moves"].query("month == @month")
        assert len(left) > 100
        assert left.forfeited.to_numpy() == pytest.approx(unvested, rel=1e-6)


def test_what_an_award_meets_of_an_older_package_joins_it():
    """Wealth takes what had vested; the rest and the award vest together, and nothing is lost."""
    package = tier(total=46.0)  # 40 M$ of stock
    raids = [campaign(months=1, approaches_per_month=30, tiers=[package])]
    back = campaign("back", lab="Alpha", targets=["Beta"], start=10, months=1, offer=0.0, approaches_per_month=5)
    labs = [lab("Alpha", 100), lab("Beta", 0, response={"fair_trigger": 1, "fair_award": 2.0}), outside()]
    scenario = quiet(labs=labs, campaigns=[*raids, back], choice={"noise": 0.0, **NO_MISSION}, run={"months": 12})
    before, after = run_to(scenario, 9).world, run_to(scenario, 10).world
    came = np.flatnonzero(after.researchers["lab"] == 1)
    assert len(came) == 30
    vested = before.tiers["vested"][before.researchers["vesting"][came], 9]
    first = before.tiers["vested"][before.researchers["vesting"][came], 9] * 40.0
    assert after.researchers["grant"][came] == pytest.approx(40.0 - first + 2.0, rel=1e-9)
    wealth = after.researchers["wealth"][came] - before.researchers["wealth"][came]
    assert wealth == pytest.approx(40.0 * vested, rel=1e-9)


@pytest.fixture(scope="module")
def tables():
    return run(answering())


def test_in_a_market_full_of_answers_people_and_budgets_add_up(tables):
    months = tables["months"]
    assert months.groupby("month").headcount.sum().eq(1600).all()
    assert (months.counters_accepted <= months.counters).all()
    assert (months.exits_avoided >= 0).all()
    spent = months.groupby("lab").spend_counters.sum()
    assert (spent <= 150.0 * (1 + 1e-12)).all()
    assert spent.drop("outside").gt(10.0).all()
    assert months.query("lab != 'outside'").groupby("lab").spend_fair.sum()["Alpha"] > 0.0


def test_the_totals_of_pay_are_those_of_the_people_after_all_raises():
    world = run_to(answering(), 24).world
    people = world.researchers
    for number, own in enumerate(world.labs):
        there = people["lab"] == number
        for level in range(4):
            pay = people["pay"][there & (people["level"] == level)].sum()
            assert own["level_pay"][level] == pytest.approx(pay, rel=1e-9)
        assert own["pay_bins"].sum() == there.sum()


def test_envy_follows_a_counter_offer():
    """The raise of one lifts the reference of the others of the level: their envy term falls by its own formula."""
    one = raided(
        {"counter_share": 1.0}, raid={"approaches_per_month": 1}, choice={**NO_MISSION, "noise": 0.0, "envy": 1.0}
    )
    before, after = run_to(one, 0).world, run_to(one, 1).world
    changed = np.flatnonzero(after.researchers["pay"] != before.researchers["pay"])
    assert len(changed) == 1
    star = changed[0]
    level = after.researchers["level"][star]
    lifted = after.labs["level_pay"][0][level] - before.labs["level_pay"][0][level]
    assert lifted == pytest.approx(after.researchers["pay"][star] - before.researchers["pay"][star], rel=1e-9)
    assert frames(run_to(one, 1).tables())["months"].query("lab == 'Alpha'").counters.sum() == 1
