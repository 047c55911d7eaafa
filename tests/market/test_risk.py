import numpy as np
import pytest

from talentmarket.market.money.risk import restricted_value
from talentmarket.scenario.schema import Risk, Stock

LISTED = {"volatility": 0.35, "beta": 1.2}
PRIVATE = {"volatility": 0.70, "beta": 1.8}


def value(years, stock, **risk):
    holder = {"risk_aversion": 2.0, "risk_free": 0.04, "equity_premium": 0.055, "stock_share": 0.5}
    share = Stock(drift=0.0, success_rate=0.0, success_size=1.0, upside=1.0, **stock)
    values = restricted_value(np.atleast_1d(years), share, Risk(**{**holder, **risk}))
    return values if np.ndim(years) else float(values[0])


# Hall and Murphy (2002), recomputed: the value of one more dollar of restricted stock.
@pytest.mark.parametrize(
    ("stock", "years", "aversion", "share", "published"),
    [
        (LISTED, 1, 2.0, 0.50, 0.95),
        (LISTED, 1, 2.0, 0.67, 0.91),
        (LISTED, 1, 3.0, 0.50, 0.90),
        (LISTED, 1, 3.0, 0.67, 0.85),
        (LISTED, 4, 2.0, 0.50, 0.83),
        (LISTED, 4, 2.0, 0.67, 0.73),
        (LISTED, 4, 3.0, 0.50, 0.70),
        (LISTED, 4, 3.0, 0.67, 0.59),
        (PRIVATE, 4, 2.0, 0.50, 0.41),
        (PRIVATE, 4, 2.0, 0.67, 0.30),
        (PRIVATE, 4, 3.0, 0.50, 0.30),
        (PRIVATE, 4, 3.0, 0.67, 0.21),
    ],
)
def test_the_value_of_restricted_stock_is_the_published_one(stock, years, aversion, share, published):
    assert value(years, stock, risk_aversion=aversion, stock_share=share) == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize("stock", [LISTED, PRIVATE])
def test_stock_that_vests_today_is_worth_its_price(stock):
    assert value(0.0, stock) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("stock", [LISTED, PRIVATE])
def test_waiting_longer_is_worth_less(stock):
    assert (np.diff(value(np.arange(0.0, 8.01, 0.25), stock)) < 0.0).all()


@pytest.mark.parametrize("years", [0.25, 1.0, 4.0])
def test_the_risk_averse_the_undiversified_and_holders_of_volatile_stock_value_it_less(years):
    by_aversion = [value(years, LISTED, risk_aversion=aversion) for aversion in (0.5, 1.0, 2.0, 3.0, 5.0)]
    by_share = [value(years, LISTED, stock_share=share) for share in (0.1, 0.3, 0.5, 0.67, 0.9)]
    by_volatility = [value(years, {**LISTED, "volatility": volatility}) for volatility in (0.1, 0.2, 0.35, 0.7, 1.0)]
    for values in (by_aversion, by_share, by_volatility):
        assert (np.diff(values) < 0.0).all()


def test_without_risk_aversion_and_premium_stock_is_worth_its_price_at_any_time():
    values = value(np.linspace(0.0, 10.0, 41), PRIVATE, risk_aversion=0.0, equity_premium=0.0)
    assert values == pytest.approx(np.ones(41), abs=1e-9)


def test_the_risk_neutral_value_the_premium_they_expect():
    assert value(4.0, LISTED, risk_aversion=0.0) == pytest.approx(np.exp(1.2 * 0.055 * 4.0), rel=1e-9)


def test_the_quadrature_agrees_with_a_plain_integral():
    """The same expectation as a Riemann sum over 400,001 points of the normal density."""
    years, aversion, share, rate, premium = 3.0, 2.5, 0.6, 0.03, 0.05
    nodes = np.linspace(-12.0, 12.0, 400_001)
    density = np.exp(-(nodes**2) / 2.0)
    gross = np.exp((rate + 1.2 * premium - 0.35**2 / 2.0) * years + 0.35 * np.sqrt(years) * nodes)
    safe = np.exp(rate * years)
    marginal = ((1.0 - share) * safe + share * gross) ** -aversion
    expected = (density * marginal * gross).sum() / ((density * marginal).sum() * safe)
    risk = {"risk_aversion": aversion, "risk_free": rate, "equity_premium": premium, "stock_share": share}
    assert value(years, LISTED, **risk) == pytest.approx(expected, rel=1e-8)
