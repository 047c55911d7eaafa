import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markets import tier

import talentmarket as tm
from talentmarket.market.money.vesting import cumulative_shares, first_year_stock_share
from talentmarket.market.records.limits import LAST_MONTH
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
