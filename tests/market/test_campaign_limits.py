"""When a campaign stops: offers, hires, budget; and never a step beyond."""

import pytest
from markets import campaign, frames, lab, outside, quiet, run, run_to, tier

EVERYBODY_COMES = {"mission_scale": 0.0, "noise": 0.0, "money_weight": 100.0}
EVEN = {"money_weight": 2.0, "noise": 1.0}
RICH = tier(total=400.0, running_pay=1.5)


def raided(months=24, choice=None, **changes):
    labs = [lab("Alpha", 400, separation=0.1), lab("Beta", 50), outside()]
    return quiet(labs=labs, campaigns=[campaign(**changes)], run={"months": months}, choice=choice or EVEN)


def came(offers):
    return offers[offers.outcome.isin(["started", "returned"])]


@pytest.mark.parametrize("most", [1, 7, 10, 25])
@pytest.mark.parametrize("retry_after", [0, 2])
def test_offers_end_at_their_number_to_the_offer(most, retry_after):
    offers = run(raided(max_offers=most, retry_after=retry_after))["offers"]
    assert len(offers) == most


@pytest.mark.parametrize("most", [1, 3, 10, 25])
@pytest.mark.parametrize("choice", [EVERYBODY_COMES, EVEN], ids=["everybody comes", "half come"])
def test_hires_end_at_their_number_to_the_person(most, choice):
    tables = run(raided(max_hires=most, choice=choice, tiers=[RICH]))
    assert len(came(tables["offers"])) == most
    assert (tables["moves"].kind == "campaign").sum() == most


def test_no_more_offers_are_open_at_a_time_than_posts_are_left():
    offers = run(raided(max_hires=10, approaches_per_month=8, tiers=[tier(total=9.0)]))["offers"]
    hired = 0
    for _, month in offers.groupby("month"):
        assert len(month) <= 10 - hired
        hired += len(came(month))
    assert hired == 10


def test_a_search_for_one_post_stops_at_the_first_who_comes_and_counts_the_refusals():
    for replicate in range(20):
        offers = run(raided(max_hires=1, start_work=0.7), replicate)["offers"]
        assert offers.groupby("month").size().eq(1).all()
        assert (offers.outcome.iloc[:-1].isin(["refused", "withdrew"])).all()
        assert offers.outcome.iloc[-1] == "started"


@pytest.mark.parametrize("budget", [0.5, 8.0, 100.0, 101.5, 333.0])
@pytest.mark.parametrize("choice", [EVERYBODY_COMES, EVEN], ids=["everybody comes", "half come"])
def test_the_budget_is_never_exceeded_and_used_up(budget, choice):
    package = tier(total=8.0, running_pay=1.5)
    tables = run(raided(budget=budget, months=80, choice=choice, tiers=[package], approaches_per_month=20))
    spent = tables["months"].spend_packages.sum()
    assert spent <= budget
    assert spent > budget - 8.0
    assert spent == pytest.approx(came(tables["offers"]).total.sum())


def test_the_budget_covers_all_open_offers_of_a_month():
    package = tier(total=10.0, running_pay=1.5)
    offers = run(raided(budget=95.0, tiers=[package], approaches_per_month=20))["offers"]
    left = 95.0
    for _, month in offers.groupby("month"):
        assert month.total.sum() <= left
        left -= came(month).total.sum()


def test_sweetened_packages_count_against_the_budget_at_their_size():
    sweet = {"retry_after": 1, "sweetener": 1.5, "approaches_per_month": 5}
    tables = run(raided(budget=300.0, choice=EVEN, tiers=[tier(total=8.0)], **sweet))
    offers = tables["offers"]
    assert offers.attempt.max() > 2
    assert came(offers).total.max() > 8.0
    assert 0.0 < tables["months"].spend_packages.sum() <= 300.0
    left = 300.0
    for _, month in offers.groupby("month"):
        assert month.total.sum() <= left + 1e-9
        left -= came(month).total.sum()


def test_who_withdraws_costs_nothing_and_fills_no_post():
    tables = run(raided(max_hires=5, budget=41.0, start_work=0.5, choice=EVERYBODY_COMES, tiers=[tier()]))
    offers = tables["offers"]
    assert (offers.outcome == "withdrew").sum() > 0
    assert len(came(offers)) == 5
    assert tables["months"].spend_packages.sum() == 40.0


def test_who_goes_back_has_been_paid_for_and_leaves_no_post():
    going = {"return_rate": 120.0, "return_months": 6}
    tables = run(raided(max_hires=5, choice=EVERYBODY_COMES, tiers=[tier()], **going))
    assert (tables["offers"].outcome == "returned").sum() == 5
    assert len(came(tables["offers"])) == 5
    assert tables["months"].spend_packages.sum() == 40.0


def test_without_limits_a_campaign_goes_on():
    tables = run(raided(choice=EVERYBODY_COMES, tiers=[tier()]))
    assert tables["months"].approached.sum() == 24 * 10


def test_limits_of_one_campaign_leave_the_others_alone():
    def asked(limit):
        labs = [lab("Alpha", 200), lab("Beta", 50), lab("Gamma", 200), outside()]
        campaigns = [campaign("limited", max_offers=limit), campaign("free", targets=["Gamma"])]
        market = run_to(quiet(labs=labs, campaigns=campaigns), 12)
        return frames(market.tables())["offers"].query("campaign == 'free'").reset_index(drop=True)

    assert asked(3).equals(asked(0))
    assert len(asked(3)) == 120
