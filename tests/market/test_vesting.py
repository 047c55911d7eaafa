import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markets import campaign, quiet, tier
from pydantic import ValidationError

import talentmarket as tm
from talentmarket.market.money.vesting import cumulative_shares, first_year_stock_share
from talentmarket.market.records.limits import LAST_MONTH
from talentmarket.market.setup.campaigns import tiers_of
from talentmarket.scenario.schema import Tier


def shares(**changes):
    return cumulative_shares(Tier(**tier(**changes)))


def the_article_s_package():
    return tm.load("meta_raid").campaigns[0].tiers[0]


@st.composite
def packages(draw):
    """A package that adds up: the first year pays what it must in cash and any part of the stock."""
    years = draw(st.integers(1, 10))
    running_pay = draw(st.floats(0.1, 5.0))
    special = draw(st.floats(0.0, 500.0))
    stock_share = draw(st.floats(0.0, 1.0))
    total = running_pay * years + special
    least = (running_pay + special * (1.0 - stock_share)) / total
    most = least + special * stock_share / total
    first_year = 1.0 if years == 1 else min(1.0, least + draw(st.floats(0.0, 1.0)) * (most - least))
    return Tier(
        **tier(
            years=years,
            running_pay=running_pay,
            total=total,
            stock_share=stock_share,
            first_year_share=first_year,
            vesting=draw(st.sampled_from(["monthly", "quarterly", "annual", "first_year_at_once"])),
            cliff=draw(st.integers(0, 12)),
        )
    )


def test_the_article_s_package_pays_105_in_the_first_year_and_300_in_four():
    package = the_article_s_package()
    assert (package.total, package.years, package.running_pay) == (300.0, 4, 2.0)
    assert (package.stock_share, package.first_year_share) == (0.9, 0.35)
    assert package.vesting == "first_year_at_once"
    special = 300.0 - 4 * 2.0
    bonus, stock = 29.2, 262.8
    assert (special * 0.1, special * 0.9) == pytest.approx((bonus, stock))
    vested = cumulative_shares(package)
    assert stock * vested[0] == pytest.approx(73.8)
    assert 2.0 + bonus + stock * vested[12] == pytest.approx(105.0)
    assert 4 * 2.0 + bonus + stock * vested[48] == pytest.approx(300.0)


def test_the_article_s_package_waits_a_year_and_then_vests_in_equal_monthly_parts():
    stock = 262.8 * cumulative_shares(the_article_s_package())
    assert stock[:13] == pytest.approx(np.full(13, 73.8))
    assert np.diff(stock)[12:48] == pytest.approx(np.full(36, (262.8 - 73.8) / 36))
    assert (np.diff(stock)[12:48] > 0.0).all()
    assert stock[48:] == pytest.approx(np.full(LAST_MONTH - 47, 262.8))
    assert stock[47] < 262.7


def test_monthly_vesting_is_a_twelfth_of_the_year_each_month():
    # 8 M$ over 4 years: 6 M$ running pay, 2 M$ stock; a first year of 2.3 M$ is .8 M$ of stock, 40 %.
    vested = shares(first_year_share=2.3 / 8.0)
    assert vested[[0, 1, 6, 12]] == pytest.approx([0.0, 0.4 / 12, 0.2, 0.4])
    assert vested[[13, 30, 48]] == pytest.approx([0.4 + 0.6 / 36, 0.7, 1.0])


def test_quarterly_vesting_waits_for_the_end_of_each_quarter():
    vested, monthly = shares(vesting="quarterly"), shares(vesting="monthly")
    for month in range(49):
        assert vested[month] == monthly[month - month % 3]
    assert len(np.unique(vested)) == 17


def test_annual_vesting_waits_for_the_end_of_each_year():
    vested = shares(vesting="annual", first_year_share=2.3 / 8.0)
    assert np.unique(vested) == pytest.approx([0.0, 0.4, 0.6, 0.8, 1.0])
    assert vested[[11, 12, 23, 24]] == pytest.approx([0.0, 0.4, 0.4, 0.6])


@pytest.mark.parametrize("vesting", ["monthly", "quarterly", "first_year_at_once"])
def test_before_the_cliff_nothing_vests_and_then_all_that_has_accrued(vesting):
    with_cliff, without = shares(vesting=vesting, cliff=10), shares(vesting=vesting)
    assert (with_cliff[:10] == 0.0).all()
    assert (with_cliff[10:] == without[10:]).all()
    assert without[9] > 0.0


def test_a_package_of_one_year_vests_within_it():
    vested = shares(years=1, first_year_share=1.0)
    assert vested[:13] == pytest.approx(np.arange(13) / 12)
    at_once = shares(years=1, first_year_share=1.0, vesting="first_year_at_once")
    assert (at_once == 1.0).all()
    assert shares(years=1, first_year_share=1.0, vesting="annual")[[11, 12]].tolist() == [0.0, 1.0]


AMAZON = ((12, 0.05), (24, 0.15), (30, 0.2), (36, 0.2), (42, 0.2), (48, 0.2))
GOOGLE = tuple(
    (month, share / 12) for month, share in zip(range(1, 49), np.repeat([33, 33, 22, 12], 12) / 100, strict=True)
)
HALF_YEARLY = tuple((6 * n, 0.125) for n in range(1, 9))


@pytest.mark.parametrize(
    ("tranches", "months", "vested"),
    [
        (AMAZON, [11, 12, 23, 24, 29, 30, 36, 47, 48, 120], [0.0, 0.05, 0.05, 0.2, 0.2, 0.4, 0.6, 0.8, 1.0, 1.0]),
        (GOOGLE, [0, 1, 12, 24, 30, 36, 48], [0.0, 0.0275, 0.33, 0.66, 0.77, 0.88, 1.0]),
        (HALF_YEARLY, [5, 6, 11, 12, 42, 47, 48], [0.0, 0.125, 0.125, 0.25, 0.875, 0.875, 1.0]),
        (((18, 0.5), (42, 0.5)), [17, 18, 41, 42], [0.0, 0.5, 0.5, 1.0]),
        (((0, 1.0),), [0, 1], [1.0, 1.0]),
    ],
)
def test_stock_vests_in_the_tranches_that_are_written(tranches, months, vested):
    got = shares(vesting=tranches, first_year_share=0.0)
    assert got[months] == pytest.approx(vested, abs=1e-12)
    assert got[48] == got[LAST_MONTH] == 1.0


def test_a_cliff_holds_tranches_back_too_also_beyond_a_year():
    assert shares(vesting=AMAZON, cliff=30)[[29, 30]] == pytest.approx([0.0, 0.4])
    assert shares(cliff=18)[[17, 18, 19]] == pytest.approx([0.0, 18 / 48, 19 / 48])


def test_without_a_share_for_the_first_year_words_vest_evenly():
    assert shares(first_year_share=0.0)[:49] == pytest.approx(np.arange(49) / 48)
    assert shares(first_year_share=0.0, vesting="annual")[[11, 12, 24]] == pytest.approx([0.0, 0.25, 0.5])


def test_the_first_year_s_pay_follows_from_the_schedule():
    """Running pay, bonus, and what vests in it."""
    rows = {"even": {}, "Amazon": {"vesting": AMAZON}, "late": {"cliff": 18}, "half cash": {"stock_share": 0.5}}
    tiers = [tier(name, last_rank=n + 1, total=48.0, **terms) for n, (name, terms) in enumerate(rows.items())]
    first_years = tiers_of(quiet(campaigns=[campaign(tiers=tiers)]))["first_year"][1:5]
    assert first_years == pytest.approx([1.5 + 42 / 4, 1.5 + 42 * 0.05, 1.5, 1.5 + 21 + 21 / 4], rel=1e-12)


@pytest.mark.parametrize(
    "accepted",
    [
        {"stock_share": 0.0, "total": 108.0, "running_pay": 2.0, "first_year_share": 0.944},
        {"stock_share": 0.0, "total": 108.0, "running_pay": 2.0, "first_year_share": 0.0},
        {"vesting": AMAZON, "total": 300.0, "running_pay": 2.0, "first_year_share": 0.055},  # (2 + .05 * 292) / 300
        {"total": 300.0, "running_pay": 2.0, "first_year_share": 0.0065},  # running pay alone
    ],
)
def test_three_digits_of_a_first_year_share_are_enough(accepted):
    assert Tier(**tier(**accepted)).first_year_share == accepted["first_year_share"]


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (
            {"stock_share": 0.0, "total": 108.0, "running_pay": 2.0, "first_year_share": 0.943},
            "must be 0.9444, running",
        ),
        (
            {"vesting": AMAZON, "total": 300.0, "running_pay": 2.0, "first_year_share": 0.35},
            "must be 0.0553, as vesting",
        ),
        (
            {"cliff": 13, "first_year_share": 0.25},
            "must be 0.1875, as vesting and cliff say; 0 lets it follow from them",
        ),
        ({"cliff": 49}, "is 49 months, longer than the grant: all of it has vested after 48"),
        ({"vesting": ((12, 0.5), (60, 0.5))}, "ends with month 60, after the grant, which has 4 years"),
        ({"vesting": ((12, 0.5), (24, 0.4))}, "vests 0.9 of the stock in all, but its shares must add up to 1"),
        ({"vesting": ((12, 0.5), (12, 0.5))}, "has month 12, but it must come after month 12 of the tranche before"),
        ({"vesting": (0.05, 0.15, 0.4, 0.4)}, "must be a pair [months since the grant, share that vests then]"),
        ({"vesting": ((12.5, 1.0),)}, "has month 12.5, but it must be a whole number from 0 to 120"),
        ({"vesting": ((12, -0.5), (24, 1.5))}, "has share -0.5, but it must be above 0 and at most 1"),
        ({"vesting": ()}, "vests 0 of the stock in all"),
        ({"vesting": "montly"}, "did you mean 'monthly'?"),
    ],
)
def test_schedules_that_cannot_be_are_refused_in_words(refused, message):
    with pytest.raises(ValidationError) as caught:
        Tier(**tier(**refused))
    assert message in str(caught.value)


def test_a_package_without_stock_holds_nothing_back():
    cash = Tier(**tier(stock_share=0.0, first_year_share=(1.5 + 2.0) / 8.0))
    assert first_year_stock_share(cash) == 1.0


@settings(max_examples=200, derandomize=True, deadline=None)
@given(packages())
def test_any_package_vests_once_and_never_backwards(package):
    vested = cumulative_shares(package)
    assert vested.shape == (LAST_MONTH + 1,)
    assert (vested >= 0.0).all()
    assert (vested <= 1.0).all()
    tranches = np.diff(vested, prepend=0.0)
    assert (tranches >= -1e-12).all()
    assert tranches.sum() == pytest.approx(1.0, abs=1e-12)
    assert (vested[12 * package.years :] == 1.0).all()
    assert (vested[: package.cliff] == 0.0).all()


@settings(max_examples=200, derandomize=True, deadline=None)
@given(packages())
def test_the_first_year_pays_its_share_of_any_package(package):
    special = package.total - package.running_pay * package.years
    stock = special * package.stock_share
    first_year = package.running_pay + special - stock + stock * cumulative_shares(package)[12]
    assert first_year == pytest.approx(package.first_year_share * package.total, rel=1e-6, abs=1e-6)
