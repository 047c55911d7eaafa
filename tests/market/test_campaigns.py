"""Whom a campaign asks, when, and with what."""

import math

import numpy as np
import pytest
from markets import assert_share, campaign, frames, lab, outside, quiet, run, run_to, tier

from talentmarket.market.numeric import chance

PEOPLE = 600
NOBODY_COMES = {"switching_cost": 100.0, "noise": 0.0}
EVERYBODY_COMES = {"mission_scale": 0.0, "noise": 0.0, "money_weight": 100.0}
RICH = tier(total=400.0, running_pay=1.5)


def raided(campaigns, months=12, home=None, choice=None, **sections):
    """Alpha's people are asked by Beta; nobody comes unless said otherwise."""
    labs = [lab("Alpha", PEOPLE, **(home or {})), lab("Beta", 50), lab("Gamma", 50), outside()]
    choices = NOBODY_COMES if choice is None else choice
    return quiet(labs=labs, campaigns=campaigns, run={"months": months}, choice=choices, **sections)


def best_of(scenario, labs=(0,)):
    """Rows of the people of some labs in the first month, most talented first."""
    people = run_to(scenario, 0).world.researchers
    rows = np.flatnonzero(np.isin(people["lab"], labs))
    return rows[np.argsort(-people["talent"][rows], kind="stable")]


def test_without_scouting_error_the_most_talented_are_asked_first():
    scenario = raided([campaign(approaches_per_month=7)])
    offers = run(scenario)["offers"]
    assert offers.researcher.tolist() == best_of(scenario)[: 12 * 7].tolist()
    assert offers["rank"].tolist() == list(range(1, 12 * 7 + 1))
    assert (offers.talent.diff().dropna() <= 0.0).all()
    assert offers.home.eq("Alpha").all()
    assert offers.lab.eq("Beta").all()


def test_the_list_follows_talent_as_scouted():
    error = 0.8
    scenario = raided([campaign(approaches_per_month=PEOPLE, scouting_error=error)], months=1)
    world = run_to(scenario, 0).world
    draws = np.array([chance.normal(world.key, chance.SCOUTING, who, 0, 0) for who in range(PEOPLE)])
    scouted = np.log(world.researchers["talent"][:PEOPLE]) + error * draws
    offers = run(scenario)["offers"]
    assert offers.researcher.tolist() == np.argsort(-scouted).tolist()
    assert offers.talent.is_monotonic_decreasing is False
    by_talent = offers.talent.rank(ascending=False)
    assert 0.4 < np.corrcoef(by_talent, offers["rank"])[0, 1] < 0.8


def test_only_the_targeted_labs_are_on_the_list():
    scenario = raided([campaign(approaches_per_month=PEOPLE, targets=["Alpha", "Gamma"])], months=2)
    offers = run(scenario)["offers"]
    assert offers.researcher.tolist() == best_of(scenario, labs=(0, 2)).tolist()
    assert offers.groupby("home").size().to_dict() == {"Alpha": PEOPLE, "Gamma": 50}


@pytest.mark.parametrize("per_month", [0, 1, 13])
def test_so_many_are_asked_each_month_of_the_campaign_and_none_before_or_after(per_month):
    tables = run(raided([campaign(start=4, months=5, approaches_per_month=per_month)]))
    alpha = tables["months"].query("lab == 'Alpha'").set_index("month")
    expected = [per_month if 4 <= month < 9 else 0 for month in range(13)]
    assert alpha.approached.tolist() == expected
    assert alpha.offers.tolist() == expected
    months = tables["offers"].groupby("month").size()
    assert months.to_dict() == {month: n for month, n in enumerate(expected) if n}


def test_a_campaign_ends_with_its_list():
    offers = run(raided([campaign(approaches_per_month=PEOPLE // 4)]))["offers"]
    assert len(offers) == PEOPLE
    assert offers.researcher.is_unique
    assert offers.month.max() == 4


def test_nobody_below_the_last_tier_is_asked():
    tiers = [tier("top", last_rank=5, total=50.0), tier("core", last_rank=23)]
    offers = run(raided([campaign(tiers=tiers)]))["offers"]
    assert offers["rank"].tolist() == list(range(1, 24))


def test_the_package_is_that_of_the_tier_of_the_rank():
    tiers = [tier("top", last_rank=5, total=50.0), tier("middle", last_rank=6, total=20.0), tier("core", last_rank=30)]
    offers = run(raided([campaign(approaches_per_month=30, tiers=tiers)], months=1))["offers"]
    assert offers.tier.tolist() == ["top"] * 5 + ["middle"] + ["core"] * 24
    assert offers.total.tolist() == [50.0] * 5 + [20.0] + [8.0] * 24
    assert offers.first_year.tolist() == pytest.approx([12.5] * 5 + [5.0] + [2.0] * 24)


def test_tiers_of_two_campaigns_do_not_mix():
    other = campaign("second", lab="Gamma", targets=["Beta"], tiers=[tier("all", total=11.0)])
    offers = run(raided([campaign(tiers=[tier("top", last_rank=5, total=50.0), tier("all")]), other]))["offers"]
    assert offers.query("campaign == 'second'").total.eq(11.0).all()
    assert offers.query("campaign == 'second'").tier.eq("all").all()
    assert sorted(offers.query("campaign == 'raid'").total.unique()) == [8.0, 50.0]


def test_inside_a_tier_the_package_falls_as_a_power_of_the_place_down_to_the_floor():
    tiers = [tier("top", last_rank=10, total=40.0), tier("core", total=30.0, rank_exponent=0.5, floor=9.0)]
    scenario = raided([campaign(approaches_per_month=100, tiers=tiers)], months=1)
    offers = run(scenario)["offers"]
    assert (offers.total[:10] == 40.0).all()
    core = offers[10:]
    expected = np.maximum(9.0, 30.0 * (core["rank"] - 10.0) ** -0.5)
    assert core.total.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-12)
    assert core.first_year.to_numpy() == pytest.approx(0.25 * expected.to_numpy(), rel=1e-12)
    assert (core.total == 9.0).any()
    # Every part of the package falls alike.
    flat = run(raided([campaign(approaches_per_month=100, tiers=[tier("core", total=30.0)])], months=1))["offers"]
    per_dollar = flat.certainty_equivalent.iloc[0] / 30.0
    assert (core.certainty_equivalent / core.total).to_numpy() == pytest.approx(np.full(90, per_dollar), rel=1e-9)


def test_who_refused_is_asked_again_with_a_sweeter_package_before_new_names():
    scenario = raided([campaign(approaches_per_month=6, retry_after=3, sweetener=1.2)], months=9)
    offers = run(scenario)["offers"]
    assert offers.groupby("month").size().eq(6).all()
    for month in range(1, 10):
        asked = offers[offers.month == month]
        turn = (month - 1) // 3  # months 1-3 are new names, all later ones the same names again
        assert asked.attempt.eq(turn + 1).all()
        first = 6 * ((month - 1) % 3) + 1
        assert asked["rank"].tolist() == list(range(first, first + 6))
        assert asked.total.to_numpy() == pytest.approx(8.0 * 1.2**turn)
    again = offers.groupby("rank").researcher.nunique()
    assert again.eq(1).all()


def test_new_names_are_asked_with_what_is_left_of_the_month():
    """Half of those asked get no offer, so that half the retries of a month make room for new names."""
    scenario = raided([campaign(approaches_per_month=40, offer=0.5, retry_after=1)], months=5)
    offers = run(scenario)["offers"]
    tables = run(scenario)["months"].query("lab == 'Alpha'").set_index("month")
    assert tables.approached.tolist() == [0, 40, 40, 40, 40, 40]
    for month in range(2, 6):
        before, now = offers[offers.month == month - 1], offers[offers.month == month]
        again = now[now.attempt > 1]
        assert set(again.researcher) <= set(before.researcher)
        assert now[now.attempt == 1]["rank"].min() > offers[offers.month < month]["rank"].max()


def test_without_retries_nobody_is_asked_twice():
    offers = run(raided([campaign(approaches_per_month=30, retry_after=0, sweetener=1.5)]))["offers"]
    assert offers.researcher.is_unique
    assert offers.total.eq(8.0).all()


def test_who_has_left_is_passed_over():
    scenario = raided([campaign(approaches_per_month=10)], home={"separation": 2.0})
    market = run_to(scenario, 12)
    tables = frames(market.tables())
    offers, left = tables["offers"], tables["moves"].set_index("researcher").month
    names = best_of(scenario)
    assert (market.world.target_lists[: len(names)] == names).all()
    assert offers.groupby("month").size().eq(10).all()
    asked = dict(zip(offers["rank"], offers.month, strict=True))
    assert (names[offers["rank"] - 1] == offers.researcher).all()
    month = 1
    skipped = 0
    for rank in range(1, offers["rank"].max() + 1):
        who = names[rank - 1]
        if rank in asked:
            month = asked[rank]
            assert left.get(who, 99) > month
        else:
            assert left.get(who, 99) <= month + (offers.month.eq(month).sum() == 10)
            skipped += 1
    assert skipped > 20


def test_who_refused_and_has_left_since_is_not_asked_again():
    scenario = raided([campaign(approaches_per_month=300, months=9, retry_after=4)], home={"separation": 2.0})
    tables = run(scenario)
    again = tables["offers"].query("attempt == 2")
    left = tables["moves"].set_index("researcher").month
    gone = {who for who, month in left.items() if month <= 5}
    assert len(again) > 100
    assert len(gone) > 100
    assert not any(left.get(who, 99) <= month for who, month in zip(again.researcher, again.month, strict=True))


def test_the_list_is_drawn_up_the_month_before_the_campaign_begins():
    scenario = raided([campaign(start=6, approaches_per_month=600)], home={"separation": 2.0})
    tables = run(scenario)
    gone = set(tables["moves"].query("month < 6").researcher)
    before = [who for who in best_of(scenario) if who not in gone]
    world = run_to(scenario, 6).world
    assert world.target_lists[: len(before)].tolist() == before
    assert world.campaigns[0]["length"] == len(before)


def test_the_funnel_loses_people_with_its_probabilities():
    """Engaged, offered and started within 4.5 standard errors each."""
    engage, offer, start = 0.5, 0.7, 0.8
    steps = {"engage": engage, "offer": offer, "start_work": start}
    home = quiet(
        labs=[lab("Alpha", 6000), lab("Beta", 0), outside()],
        campaigns=[campaign(approaches_per_month=6000, months=1, tiers=[RICH], **steps)],
        choice=EVERYBODY_COMES,
        run={"months": 1},
    )
    tables = run(home)
    alpha = tables["months"].query("lab == 'Alpha' and month == 1").iloc[0]
    assert alpha.approached == 6000
    assert_share(alpha.engaged, 6000, engage)
    assert_share(alpha.offers, alpha.engaged, offer)
    assert alpha.accepted == alpha.offers
    assert_share(alpha.started, alpha.accepted, start)
    assert (tables["offers"].outcome == "started").sum() == alpha.started
    assert (tables["offers"].outcome == "withdrew").sum() == alpha.accepted - alpha.started
    assert len(tables["moves"]) == alpha.started


def test_who_withdraws_stays_at_home():
    scenario = raided([campaign(start_work=0.0, tiers=[RICH])], choice=EVERYBODY_COMES)
    tables = run(scenario)
    assert set(tables["offers"].outcome) == {"withdrew"}
    assert len(tables["moves"]) == 0
    assert tables["months"].spend_packages.sum() == 0.0
    assert tables["months"].query("lab == 'Alpha'").headcount.eq(PEOPLE).all()


def test_who_comes_gets_the_package():
    scenario = raided([campaign(tiers=[tier(total=40.0, running_pay=2.0, stock_share=0.5, first_year_share=0.6)])],
                      choice=EVERYBODY_COMES)  # fmt: skip
    tables = run(scenario)
    moves = tables["moves"]
    assert set(moves.kind) == {"campaign"}
    assert moves.pay_after.to_numpy() == pytest.approx(np.full(len(moves), 2.0))
    assert moves.first_year.to_numpy() == pytest.approx(np.full(len(moves), 24.0), rel=1e-6)
    person = run_to(scenario, 12).world.researchers[moves.researcher.iloc[0]]
    assert (person["pay"], person["grant"], person["joined"], person["granted"]) == (2.0, 16.0, 1, 1)


def test_the_commitment_ends_at_its_rate():
    """The number of months a campaign lasts is geometric: its mean within 4.5 standard errors of 300 campaigns."""
    rate = 4.0
    names = [f"Raider {number}" for number in range(30)]
    scenario = quiet(
        labs=[lab("Alpha", 120), *(lab(name, 0) for name in names), outside()],
        campaigns=[campaign(name, lab=name, approaches_per_month=1, next_trend=rate) for name in names],
        run={"months": 60},
        choice=NOBODY_COMES,
    )
    lasted = []
    for replicate in range(10):
        offers = run(scenario, replicate)["offers"]
        months = offers.groupby("campaign").month.agg(["min", "max", "size"])
        assert (months["min"] == 1).all()
        assert (months["max"] == months["size"]).all()
        lasted += [months["size"].get(name, 0) for name in names]
    p = 1.0 - math.exp(-rate / 12.0)
    mean, sd = (1.0 - p) / p, math.sqrt(1.0 - p) / p
    assert abs(np.mean(lasted) - mean) < 4.5 * sd / math.sqrt(300)
    assert_share(lasted.count(0), 300, p)


def test_campaigns_of_one_lab_end_with_its_commitment():
    scenario = raided(
        [campaign("one", next_trend=3.0), campaign("two", targets=["Gamma"], next_trend=3.0)],
        months=40,
    )
    last = [run(scenario, replicate)["offers"].groupby("campaign").month.max() for replicate in range(5)]
    assert all(months["one"] == months["two"] for months in last if months["two"] < 5)
    assert any(months["two"] < 5 for months in last)


def test_two_raiders_may_ask_the_same_person_in_the_same_month():
    scenario = raided([campaign("one"), campaign("two", lab="Gamma", tiers=[tier(total=9.0)])], months=2)
    offers = run(scenario)["offers"]
    both = offers.pivot(index=["month", "rank"], columns="campaign")
    assert (both["researcher"]["one"] == both["researcher"]["two"]).all()
    assert (both["rival_value"]["one"] == both["offer_value"]["two"]).all()
    assert (both["rival_value"]["two"] == both["offer_value"]["one"]).all()


def test_an_ordinary_offer_is_a_rival_of_a_campaign_s():
    labs = [lab("Alpha", PEOPLE), lab("Beta", 0), lab("Gamma", 0, contact=12.0), outside()]
    raid = campaign(approaches_per_month=PEOPLE, months=1)
    offers = run(quiet(labs=labs, campaigns=[raid], run={"months": 1}))["offers"]
    assert_share(offers.rival_value.notna().sum(), PEOPLE, 1.0 - math.exp(-1.0))
    odds = np.exp(offers[["offer_value", "rival_value"]].sub(offers.stay_value, axis=0)).fillna(0.0)
    expected = odds.offer_value / (1.0 + odds.offer_value + odds.rival_value)
    assert offers.acceptance_probability.to_numpy() == pytest.approx(expected.to_numpy(), rel=1e-12)


def test_nominal_terms_do_not_grow_with_wages():
    """Running pay is promised in dollars of its day, whatever wages have done since the first month."""
    scenario = raided(
        [campaign(tiers=[RICH], months=6, start=6)], choice=EVERYBODY_COMES, population={"pay_growth": 0.2}
    )
    moves = run(scenario)["moves"]
    assert len(moves) == 60
    assert moves.pay_after.to_numpy() == pytest.approx(np.full(60, 1.5))
    assert moves.first_year.to_numpy() == pytest.approx(np.full(60, 100.0), rel=1e-6)
