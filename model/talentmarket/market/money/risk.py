"""What one dollar of restricted stock is worth to a risk-averse holder.

A holder with constant relative risk aversion keeps the share s of wealth in stock that cannot be sold for T years and
the rest in a risk-free account. One more dollar of the stock is worth, in dollars of cash (Hall and Murphy 2002),

    E[U'(W) S] / (E[U'(W)] exp(r T)),   W = (1 - s) exp(r T) + s S,   U'(W) = W**-rho,

where S is the lognormal gross return of the stock with mean exp((r + beta * premium) T) and volatility sigma.
"""

from __future__ import annotations

import numpy as np

from talentmarket.scenario.schema import Risk, Stock

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(201)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def restricted_value(years: np.ndarray, stock: Stock, risk: Risk) -> np.ndarray:
    """Value today of one dollar of stock that vests after `years` (array), by Gauss-Hermite quadrature.

    With `risk_aversion` and `equity_premium` 0 it is 1 at any time: the market's price.
    """
    time = np.asarray(years, dtype=float)[:, None]
    expected = risk.risk_free + stock.beta * risk.equity_premium
    log_gross = (expected - stock.volatility**2 / 2.0) * time + stock.volatility * np.sqrt(time) * NODES
    gross = np.exp(log_gross)
    safe = np.exp(risk.risk_free * time)
    wealth = (1.0 - risk.stock_share) * safe + risk.stock_share * gross
    marginal = wealth**-risk.risk_aversion
    return (marginal * gross) @ WEIGHTS / ((marginal @ WEIGHTS) * safe[:, 0])
