"""Vesting schedules: how much of a stock package belongs to its holder after so many months.

A schedule is a list of cumulative shares: `vested[k]` is the share of the package vested k months after the grant,
k = 0 ... LAST_MONTH.
"""

from __future__ import annotations

import numpy as np

from talentmarket.market.records.limits import LAST_MONTH
from talentmarket.scenario.schema import Tier
from talentmarket.scenario.schema.vesting import Schedule


def first_year_stock_share(tier: Tier) -> float:
    """Share of a tier's stock that accrues in the first year: so that it pays `first_year_share`, or evenly without one."""
    stock = tier.special * tier.stock_share
    if stock == 0.0:
        return 1.0
    if tier.first_year_share == 0.0 or tier.first_year_vesting is not None:
        return 1.0 / tier.years
    paid_in_cash = tier.running_pay + tier.special - stock
    return min(1.0, max(0.0, (tier.first_year_share * tier.total - paid_in_cash) / stock))


def cumulative_shares(tier: Tier) -> np.ndarray:
    """Cumulative vested share of a tier's stock by month since the grant; shape (LAST_MONTH + 1,), from 0 or more up to 1."""
    return schedule(tier.vesting, tier.years, tier.cliff, first_year_stock_share(tier))


def schedule(vesting: str | Schedule, years: int, cliff: int, first_year: float) -> np.ndarray:
    """Cumulative vested share by month since the grant, as a word or tranches say, and 0 before the cliff.

    `first_year` is what accrues in the first year where a word says the rest; shape (LAST_MONTH + 1,).
    """
    shares = vested_by(years, vesting, first_year) if isinstance(vesting, str) else in_tranches(vesting)
    shares[:cliff] = 0.0
    return shares


def in_tranches(tranches: Schedule) -> np.ndarray:
    """Cumulative vested share by month since the grant for tranches of (month, share); shape (LAST_MONTH + 1,)."""
    shares = np.zeros(LAST_MONTH + 1)
    for month, share in tranches:
        shares[month:] += share
    shares[tranches[-1][0] :] = 1.0  # whatever the shares' rounding
    return np.minimum(shares, 1.0)


def vested_by(years: int, vesting: str, first_year: float) -> np.ndarray:
    """Cumulative vested share by month since the grant, `first_year` of it in the first; shape (LAST_MONTH + 1,)."""
    months = np.arange(LAST_MONTH + 1, dtype=float)
    if years == 1:
        first_year = 1.0
    later = np.clip((months - 12.0) / max(12.0 * (years - 1), 1.0), 0.0, 1.0) * (1.0 - first_year)
    early = first_year * np.clip(months / 12.0, 0.0, 1.0)
    shares = early + later
    if vesting == "first_year_at_once":
        shares = first_year + later
    step = {"quarterly": 3, "annual": 12}.get(vesting, 1)
    shares = shares[(np.arange(LAST_MONTH + 1) // step) * step]
    shares[12 * years :] = 1.0
    return np.minimum(shares, 1.0)
