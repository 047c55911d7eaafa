import math

import numpy as np
import pytest
from markets import assert_share, campaign, lab, outside, quiet, run, run_to, tier

PEOPLE = 4000
EVERYBODY_COMES = {"mission_scale": 0.0, "noise": 0.0, "money_weight": 100.0}


def raided(return_rate, return_months, months=14, people=PEOPLE, **labs):
    raid = campaign(
        start=2,
        months=1,
        approaches_per_month=people,
        return_rate=return_rate,
        return_months=return_months,
        tiers=[tier(total=100.0)],
    )
    return quiet(
        labs=[lab("Alpha", people), lab("Beta", 0, **labs), outside()],
        campaigns=[raid],
        choice=EVERYBODY_COMES,
        run={"months": months},
    )


def test_people_go_back_at_the_rate_in_the_first_months_and_never_later():
    """Each month's returns within 4.5 standard errors of those who are left."""
    tables = run(raided(0.6, 6))
    moves = tables["moves"]
    assert (moves.kind == "campaign").sum() == PEOPLE
    back = moves[moves.kind == "return"]
    assert set(back.tenure) == {1, 2, 3, 4, 5, 6}
    assert (back.month == 2 + back.tenure).all()
    p, left = 1.0 - math.exp(-0.6 / 12.0), PEOPLE
    for month in range(1, 7):
        returned = (back.tenure == month).sum()
        assert_share(returned, left, p)
        left -= returned


def test_who_goes_back_goes_home_at_the_old_pay_and_leaves_the_stock_behind():
    scenario = raided(3.0, 4, people=300)
    tables = run(scenario)
    moves = tables["moves"]
    went, back = (moves[moves.kind == kind].set_index("researcher") for kind in ("campaign", "return"))
    assert len(back) > 100
    assert set(back["from"]) == {"Beta"}
    assert set(back.to) == {"Alpha"}
    assert (back.pay_after == went.pay_before.loc[back.index]).all()
    assert (back.first_year == back.pay_after).all()
    stock = 100.0 - 4 * 1.5
    first_year = (25.0 - 1.5) / stock
    assert back.forfeited.to_numpy() == pytest.approx(
        stock * (1.0 - first_year * back.tenure.to_numpy() / 12), rel=1e-6
    )
    people = run_to(scenario, 14).world.researchers[back.index.to_numpy()]
    assert (people["grant"] == 0.0).all()
    assert (people["lab"] == 0).all()


def test_the_outcome_says_who_went_back():
    tables = run(raided(3.0, 4, people=300))
    returned = tables["offers"].query("outcome == 'returned'").researcher
    assert set(returned) == set(tables["moves"].query("kind == 'return'").researcher)
    assert tables["months"].query("lab == 'Alpha'").returned.sum() == len(returned)
    assert tables["months"].query("lab == 'Beta'").returned.sum() == 0
    assert set(tables["offers"].outcome) == {"started", "returned"}


@pytest.mark.parametrize(("rate", "months"), [(0.0, 12), (5.0, 0)])
def test_nobody_goes_back_without_a_rate_or_a_time(rate, months):
    assert set(run(raided(rate, months, people=200))["moves"].kind) == {"campaign"}


def test_who_has_left_the_raider_does_not_go_back():
    """Those who have separated since are outside for good, even while returns are possible."""
    moves = run(raided(1.0, 12, people=500, separation=4.0))["moves"]
    per_person = moves.groupby("researcher").kind.agg(list)
    assert per_person.map(tuple).isin([("campaign",), ("campaign", "return"), ("campaign", "separation")]).all()
    assert np.unique(per_person.map(len)).tolist() == [1, 2]
