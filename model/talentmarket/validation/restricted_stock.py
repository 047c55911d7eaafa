"""Hall and Murphy (2002): what one more dollar of restricted stock is worth to a holder who cannot sell it.

The table holds the values to two digits; the model's discount comes from its own quadrature (`market/risk.py`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.comparison.intervals import Interval
from talentmarket.market.money.risk import restricted_value
from talentmarket.scenario.schema import Risk, Stock
from talentmarket.validation.check import Check, Effort, exactly

GROUP = "Restricted stock"
SOURCE = "Hall and Murphy 2002, recomputed"
ROUNDING = 0.005
RISK_FREE, PREMIUM = 0.04, 0.055  # a year
HALF, TWO_THIRDS = 0.5, 0.67  # of wealth in the stock


class Row(NamedTuple):
    """A row of the table: whose stock, after how many years, at which risk aversion; value at either share of wealth."""

    stock: str
    years: float
    aversion: float
    half: float
    two_thirds: float


TABLE = (
    Row("listed", 1.0, 2.0, 0.95, 0.91),
    Row("listed", 1.0, 3.0, 0.90, 0.85),
    Row("listed", 4.0, 2.0, 0.83, 0.73),
    Row("listed", 4.0, 3.0, 0.70, 0.59),
    Row("private", 4.0, 2.0, 0.41, 0.30),
    Row("private", 4.0, 3.0, 0.30, 0.21),
)
VOLATILITY = {"listed": 0.35, "private": 0.70}
BETA = {"listed": 1.2, "private": 1.8}


def _check(row: Row, held: float, published: float) -> Check:
    stock = Stock(
        volatility=VOLATILITY[row.stock],
        beta=BETA[row.stock],
        drift=0.0,
        success_rate=0.0,
        success_size=1.0,
        upside=1.0,
    )
    holder = Risk(risk_aversion=row.aversion, risk_free=RISK_FREE, equity_premium=PREMIUM, stock_share=held)
    value = float(restricted_value(np.array([row.years]), stock, holder)[0])
    years = f"{row.years:g} year{'s' if row.years > 1 else ''}"
    name = f"{row.stock}, {years}, aversion {row.aversion:g}, {held:g} of wealth"
    target = Interval(published - ROUNDING, published + ROUNDING)
    return Check(GROUP, name, target, value, exactly(value), "$ per $", SOURCE)


def checks(effort: Effort) -> list[Check]:
    """Every cell of the table; nothing is simulated, so that effort makes no difference."""
    return [_check(row, held, cell) for row in TABLE for held, cell in ((HALF, row.half), (TWO_THIRDS, row.two_thirds))]
