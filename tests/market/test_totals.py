"""Nobody and no dollar is lost: the record agrees with itself, and the labs' running totals with a recount of the people."""

import numpy as np
import pytest
from markets import frames, lively, run, run_to

from talentmarket.market.money.vesting import cumulative_shares
from talentmarket.market.records.limits import PAY_BINS
from talentmarket.market.tallies.census import pay_bin


@pytest.fixture(scope="module")
def scenario():
    return lively()


@pytest.fixture(scope="module")
def market(scenario):
    return run_to(scenario, scenario.run.months)


@pytest.fixture(scope="module")
def tables(market):
    return frames(market.tables())


@pytest.fixture(scope="module")
def labs(scenario):
    return [lab.name for lab in scenario.labs]


def by_month_and_lab(series, labs, months=24):
    """Sums by (month, lab) as an array (months + 1, L), 0 where there is nothing."""
    return series.unstack(fill_value=0).reindex(index=range(months + 1), columns=labs, fill_value=0).to_numpy()


def column(tables, name, labs):
    return tables["months"].pivot(index="month", columns="lab", values=name)[labs].to_numpy()


def test_the_market_is_lively_enough_for_these_tests(tables):
    assert set(tables["moves"].kind) == {"separation", "ordinary", "campaign", "return", "growth"}
    assert set(tables["offers"].outcome) == {"refused", "took another offer", "withdrew", "started", "returned"}
    assert set(tables["offers"].campaign) == {"raid", "second"}
    assert len(tables["moves"]) > 1000


def test_nobody_is_created_or_lost(tables, scenario):
    assert tables["months"].groupby("month").headcount.sum().eq(scenario.researchers).all()
    assert tables["months"].groupby("month").top1_share.sum().to_numpy() == pytest.approx(np.ones(25))
    assert tables["months"].groupby("month").top10_share.sum().to_numpy() == pytest.approx(np.ones(25))
    talent = tables["months"].groupby("month").talent.sum()
    assert talent.to_numpy() == pytest.approx(np.full(25, talent[0]), rel=1e-12)


def test_heads_change_by_hires_and_departures(tables, labs):
    headcount, hires, departures = (column(tables, name, labs) for name in ("headcount", "hires", "departures"))
    assert (np.diff(headcount, axis=0) == (hires - departures)[1:]).all()
    assert not hires[0].any()
    assert not departures[0].any()


def test_hires_and_departures_are_those_of_the_moves(tables, labs):
    moves = tables["moves"]
    for name, end in (("hires", "to"), ("departures", "from")):
        recount = by_month_and_lab(moves.groupby(["month", end]).size(), labs)
        assert (column(tables, name, labs) == recount).all()


def test_heads_are_those_of_the_moves(tables, labs, scenario):
    """The head-counts of every month follow from the first month's and the list of moves alone."""
    at = np.repeat(np.arange(len(labs)), [lab.headcount for lab in scenario.labs])
    headcount = column(tables, "headcount", labs)
    for month in range(1, 25):
        for move in tables["moves"].query("month == @month").itertuples():
            assert labs[at[move.researcher]] == move._3  # the column `from`
            at[move.researcher] = labs.index(move.to)
        assert (np.bincount(at, minlength=len(labs)) == headcount[month]).all()


def test_flows_are_the_sums_of_the_moves(tables):
    recount = tables["moves"].groupby(["month", "from", "to"]).talent.agg(["size", "sum"])
    flows = tables["flows"].set_index(["month", "from", "to"]).sort_index()
    assert (flows.index == recount.index).all()
    assert (flows.moves == recount["size"]).all()
    assert flows.talent.to_numpy() == pytest.approx(recount["sum"].to_numpy(), rel=1e-12)


def test_rows_of_the_flows_are_departures_and_columns_hires(tables, labs):
    flows = tables["flows"]
    for name, end in (("hires", "to"), ("departures", "from")):
        recount = by_month_and_lab(flows.groupby(["month", end]).moves.sum(), labs)
        assert (column(tables, name, labs) == recount).all()


def test_nobody_moves_to_where_he_is_or_twice_in_a_month(tables):
    moves = tables["moves"]
    assert (moves["from"] != moves.to).all()
    assert not moves.duplicated(["month", "researcher"]).any()


def test_pay_and_tenure_carry_on_from_move_to_move(tables):
    for _, own in tables["moves"].groupby("researcher"):
        growth = np.exp(0.03 / 12.0 * np.diff(own.month))
        assert own.pay_before.to_numpy()[1:] == pytest.approx(own.pay_after.to_numpy()[:-1] * growth, rel=1e-6)
        assert (own.tenure.to_numpy()[1:] == np.diff(own.month)).all()


def test_offers_are_counted_at_the_raided_lab(tables, labs):
    offers = tables["offers"]
    counted = {
        "offers": offers,
        "accepted": offers[offers.outcome.isin(["started", "returned", "withdrew"])],
        "started": offers[offers.outcome.isin(["started", "returned"])],
    }
    for name, rows in counted.items():
        assert (column(tables, name, labs) == by_month_and_lab(rows.groupby(["month", "home"]).size(), labs)).all()
    back = tables["moves"].query("kind == 'return'")
    assert (column(tables, "returned", labs) == by_month_and_lab(back.groupby(["month", "to"]).size(), labs)).all()


def test_fewer_and_fewer_get_through_the_funnel(tables):
    steps = ["approached", "engaged", "offers", "accepted", "started"]
    counts = tables["months"][steps].to_numpy()
    assert (np.diff(counts, axis=1) <= 0).all()
    assert (np.diff(counts.sum(axis=0)) < 0).all()


def test_each_start_is_a_move(tables):
    offers, moves = tables["offers"], tables["moves"].query("kind == 'campaign'")
    started = offers[offers.outcome.isin(["started", "returned"])]
    keys = ["month", "researcher"]
    both = started.merge(moves, on=keys, suffixes=("", "_move"))
    assert len(both) == len(started) == len(moves)
    assert (both.home == both["from"]).all()
    assert (both.lab == both.to).all()
    assert both.first_year_move.to_numpy() == pytest.approx(both.first_year.to_numpy(), rel=1e-6)


def test_packages_are_spent_by_the_lab_that_hires(tables, labs):
    started = tables["offers"][tables["offers"].outcome.isin(["started", "returned"])]
    recount = by_month_and_lab(started.groupby(["month", "lab"]).total.sum(), labs)
    assert column(tables, "spend_packages", labs) == pytest.approx(recount, rel=1e-12)


def test_forfeited_stock_is_that_of_the_moves(tables, labs):
    recount = by_month_and_lab(tables["moves"].groupby(["month", "from"]).forfeited.sum().astype(float), labs)
    assert column(tables, "forfeited", labs) == pytest.approx(recount, rel=1e-5, abs=1e-6)
    assert recount.sum() > 0.0


def test_special_pay_is_what_vests_while_its_holder_is_there(tables, labs, scenario):
    """Bonus and first tranche in the month of the start, then each tranche at its price, up to the month of leaving."""
    index = column(tables, "stock", labs)
    tiers = {
        (campaign.name, tier.name): (tier, cumulative_shares(tier))
        for campaign in scenario.campaigns
        for tier in campaign.tiers
    }
    expected = np.zeros((25, len(labs)))
    for offer in tables["offers"][tables["offers"].outcome.isin(["started", "returned"])].itertuples():
        tier, vested = tiers[offer.campaign, offer.tier]
        special = offer.total * (1.0 - tier.running_pay * tier.years / tier.total)
        later = tables["moves"].query("researcher == @offer.researcher and month > @offer.month").month
        last = min(later, default=24)
        lab, price = labs.index(offer.lab), index[:, labs.index(offer.lab)]
        expected[offer.month, lab] += special * (1.0 - tier.stock_share)
        tranches = special * tier.stock_share * np.diff(vested, prepend=0.0)[: last - offer.month + 1]
        at = slice(offer.month, last + 1)
        expected[at, lab] += tranches * price[at] / price[offer.month]
    assert column(tables, "spend_paid", labs) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_totals_of_every_lab_are_a_recount_of_its_people(market):
    world = market.world
    people, setting = world.researchers, world.setting[0]
    assert (world.employers == people["lab"]).all()
    for number, lab in enumerate(world.labs):
        here = people[people["lab"] == number]
        assert lab["headcount"] == len(here)
        assert lab["talent"] == pytest.approx(here["talent"].sum(), rel=1e-9)
        assert lab["loyalty"] == pytest.approx(here["loyalty"].sum(), rel=1e-9)
        for band in range(2):
            assert lab["top"][band] == np.count_nonzero(here["talent"] >= setting["top_bounds"][band])
        for level in range(4):
            peers = here[here["level"] == level]
            assert lab["level_count"][level] == len(peers)
            assert lab["level_pay"][level] == pytest.approx(peers["pay"].sum(), rel=1e-9, abs=1e-9)
        assert (
            lab["pay_bins"].tolist() == np.bincount([pay_bin(pay) for pay in here["pay"]], minlength=PAY_BINS).tolist()
        )


def test_the_last_month_s_row_is_a_recount_of_the_people(market, tables, labs):
    people = market.world.researchers
    last = tables["months"].query("month == 24").set_index("lab")
    best = market.world.setting["top_bounds"][0]
    wages = np.exp(0.03 * 2.0)
    for number, name in enumerate(labs):
        here, row = people[people["lab"] == number], last.loc[name]
        assert row.talent_mean == pytest.approx(here["talent"].mean(), rel=1e-9)
        assert row.loyalty_mean == pytest.approx(here["loyalty"].mean(), rel=1e-9)
        for probability, quantile in ((0.1, row.pay_p10), (0.5, row.pay_p50), (0.9, row.pay_p90)):
            exact = np.quantile(here["pay"], probability, method="inverted_cdf") * wages
            assert quantile == pytest.approx(exact, rel=0.033)  # one bin is 3.2 % wide
        for name_of_share, bound in zip(("top1_share", "top10_share"), best, strict=True):
            share = np.count_nonzero(here["talent"] >= bound) / np.count_nonzero(people["talent"] >= bound)
            assert row[name_of_share] == pytest.approx(share, rel=1e-9)


def test_no_offer_of_the_month_is_left_over(market):
    assert (market.world.researchers["latest_offer"] == -1).all()


def test_the_replicate_says_what_it_was(tables, scenario):
    row = tables["replicates"].iloc[0]
    assert (row.replicate, row.seed, row.researchers, row.error) == (0, 7, scenario.researchers, "")
    people = run_to(scenario, 0).world.researchers
    people = people[people["lab"] != 3]
    discounted = sum(1.04 ** (-k / 12) / 12 for k in range(1, 49))
    pay_part = discounted * people["pay"] / (people["wealth"] + discounted * people["pay"])
    assert row.log_odds_per_log_pay == pytest.approx((4.0 * (1 - people["loyalty"]) * pay_part).mean(), rel=1e-12)


def test_the_mission_s_worth_in_pay_lies_between_nothing_and_all(scenario):
    row = run(scenario)["replicates"].iloc[0]
    people = run_to(scenario, 0).world.researchers
    loyalty = people["loyalty"][people["lab"] != 3].mean()
    # Alpha's mission of .8 is the strongest, Beta's of .5 the weakest.
    effect = 4.0 * 0.25 * loyalty * (0.8 - 0.5)
    assert row.mission_pay_share == pytest.approx(1.0 - np.exp(-effect / row.log_odds_per_log_pay), rel=1e-9)


def test_where_nobody_is_of_the_top_the_labs_have_a_share_of_nothing():
    document = lively().model_dump()
    document["population"]["scale"] = 0.01
    document["run"]["months"] = 2
    replicate = run_to(type(lively()).model_validate(document), 2, replicate=1)
    assert (replicate.world.researchers["talent"] < replicate.world.setting["top_bounds"][0][0]).all()
    assert frames(replicate.tables())["months"].top1_share.eq(0.0).all()
