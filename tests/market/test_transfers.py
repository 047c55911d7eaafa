"""Fees, who bears them and who gets them; windows; what waits for them."""

import numpy as np
import pytest
from markets import ALIKE, assert_same_tables, campaign, everything, lab, lively, outside, quiet, run, run_to, tier

from talentmarket.scenario.schema import Scenario

ANNUITY = sum(1.04 ** (-k / 12.0) / 12.0 for k in range(1, 49))


def under(scenario, **transfer):
    document = scenario.model_dump()
    document["transfer"] |= transfer
    return Scenario.model_validate(document)


def between(tables):
    moves = tables["moves"]
    return moves[(moves["from"] != "outside") & (moves.to != "outside")]


def test_twelve_windows_are_none():
    one, other = run(lively()), run(under(lively(), windows=list(range(1, 13))))
    assert_same_tables(one, other)


def test_a_fee_that_the_labs_bargain_over_moves_money_and_nobody():
    """Coase: the same people, the same day, the same terms; each fee is what the rule says, and none is lost."""
    free, paid = run(lively()), run(under(lively(), fee_years_of_pay=0.5, fee_share=0.1, borne_by="coase"))
    months = paid["months"].copy()
    months[["fees_paid", "fees_received"]] = 0.0
    assert_same_tables({**paid, "months": months}, free)
    moves = between(paid).merge(
        paid["offers"], how="left", left_on=["researcher", "month"], right_on=["researcher", "decided"]
    )
    ordinary = moves[moves.kind == "ordinary"]
    fees = paid["months"].groupby("lab").fees_paid.sum()
    assert fees.sum() == pytest.approx(paid["months"].fees_received.sum(), rel=1e-12)
    assert fees["outside"] == 0.0
    at_least = 0.5 * ordinary.pay_before.sum()
    special = 0.1 * (moves[moves.kind == "campaign"].total).sum()
    campaigns = 0.5 * moves[moves.kind == "campaign"].pay_before.sum()
    assert at_least + campaigns < fees.sum() < at_least + campaigns + special


def test_each_seller_gets_the_fees_of_those_who_left():
    document = lively().model_dump()
    document["campaigns"] = []
    paid = run(under(Scenario.model_validate(document), fee_years_of_pay=1.0, borne_by="coase"))
    received = paid["months"].groupby("lab").fees_received.sum()
    spent = paid["months"].groupby("lab").fees_paid.sum()
    moves = between(paid)
    for name in ("Alpha", "Beta", "Gamma"):
        assert received[name] == pytest.approx(moves[moves["from"] == name].pay_before.sum(), rel=1e-6)
        assert spent[name] == pytest.approx(moves[moves.to == name].pay_before.sum(), rel=1e-6)


def test_solidarity_goes_to_where_a_career_began():
    document = lively().model_dump()
    document["campaigns"] = []
    scenario = under(Scenario.model_validate(document), fee_years_of_pay=1.0, borne_by="coase", solidarity=0.25)
    paid = run(scenario)
    first = run_to(scenario, 0).world.researchers["lab"]
    names = np.array([each.name for each in scenario.labs])
    moves = between(paid)
    origin = names[first[moves.researcher.to_numpy()]]
    received = paid["months"].groupby("lab").fees_received.sum()
    for name in names:
        sold = 0.75 * moves.pay_before[moves["from"] == name].sum()
        raised = 0.25 * moves.pay_before[origin == name].sum()
        assert received[name] == pytest.approx(sold + raised, rel=1e-6)
    assert received["outside"] > 0.0


@pytest.mark.parametrize("fee", [0.2, 1.0])
def test_a_fee_that_the_buyer_bears_shrinks_the_offer(fee):
    """Everybody at 1 M$ a year gets an offer of 3 M$ a year; the logit sees 3 M$ less the fee, spread over the horizon."""
    labs = [lab("Alpha", 400), lab("Beta", 0), outside()]
    raid = campaign(months=1, approaches_per_month=400, tiers=[tier(total=12.0, running_pay=3.0, stock_share=0.0)])
    scenario = quiet(labs=labs, campaigns=[raid], population=ALIKE, choice={"mission_scale": 0.0})
    tables = run(under(scenario, fee_years_of_pay=fee))
    offers = tables["offers"]
    weight = 4.0 * (1.0 - offers.loyalty.to_numpy(dtype=float))
    offered = weight * np.log(2.0 + 3.0 * ANNUITY - fee)
    assert offers.offer_value.to_numpy() == pytest.approx(offered, rel=1e-6)
    assert offers.total.to_numpy() == pytest.approx(12.0 * (1.0 - fee / (3.0 * ANNUITY)), rel=1e-6)
    came = (offers.outcome == "started").sum()
    assert tables["months"].fees_paid.sum() == pytest.approx(fee * came, rel=1e-9)


def test_a_fee_above_the_worth_of_an_offer_ends_all_moves_between_labs():
    tables = run(under(lively(), fee_years_of_pay=100.0))
    assert between(tables).kind.isin(["return"]).all()
    assert len(tables["offers"]) == 0
    assert len(tables["moves"]) > 100


def test_moves_between_labs_fall_into_windows_and_others_do_not_wait():
    tables = run(under(lively(), windows=[3, 9]))
    chosen = between(tables)[lambda moves: moves.kind.isin(["ordinary", "campaign"])]
    assert set(chosen.month) == {3, 9, 15, 21}
    others = tables["moves"].drop(between(tables).index)
    assert set(others.month) == set(range(1, 25))


def test_offers_wait_for_the_next_window_or_for_the_end():
    tables = run(under(lively(), windows=[3, 9]))
    offers = tables["offers"]
    decided = offers[offers.decided > 0]
    assert (decided.outcome != "waiting").all()
    assert (offers[offers.decided < 0].outcome == "waiting").all()
    expected = np.ceil((decided.month - 3) / 6) * 6 + 3
    at_a_lab = decided[decided.decided == expected]
    free = decided[decided.decided < expected]
    assert len(at_a_lab) > 50
    left = tables["moves"].query("to == 'outside'")
    for row in free.itertuples():  # weighed early only by people who had gone to the outside
        gone = left[(left.researcher == row.researcher) & (left.month < row.decided)]
        assert len(gone) > 0


def test_no_offer_is_lost_while_it_waits():
    """In a market where nothing else happens, all that was made since the last window is weighed in the next."""
    labs = [lab("Alpha", 300), lab("Beta", 0), outside()]
    raid = campaign(months=6, approaches_per_month=20, tiers=[tier(total=100.0)])
    scenario = quiet(labs=labs, campaigns=[raid], choice={"noise": 0.0, "mission_scale": 0.0})
    offers = run(under(scenario, windows=[7]))["offers"]
    assert offers.outcome.eq("started").all()
    assert offers.decided.eq(7).all()
    assert sorted(offers.month.unique()) == [1, 2, 3, 4, 5, 6]
    assert len(offers) == 120
    waiting = run(under(scenario, windows=[1]))["offers"]
    assert waiting[waiting.month > 1].outcome.eq("waiting").all()


def test_limits_of_a_campaign_count_the_offers_that_wait():
    labs = [lab("Alpha", 300), lab("Beta", 0), outside()]
    raid = campaign(months=12, approaches_per_month=20, max_hires=30, tiers=[tier(total=100.0)])
    scenario = quiet(labs=labs, campaigns=[raid], choice={"noise": 0.0, "mission_scale": 0.0})
    offers = run(under(scenario, windows=[7]))["offers"]
    assert len(offers) == 30
    assert offers.outcome.eq("started").all()


def test_no_one_joins_a_lab_they_are_at():
    moves = run(everything())["moves"]
    assert (moves["from"] != moves.to).all()
