"""A lab, or the outside world: its rules, what its responses have come to, and the running totals of its people."""

from __future__ import annotations

from typing import Annotated

from talentmarket.market.records.limits import (
    LAST_MONTH,
    MOST_LABS,
    MOST_LEVELS,
    MOST_MONTHS,
    NEWCOMER_MONTHS,
    PAY_BINS,
    STRANGER_MONTHS,
)
from talentmarket.market.records.record import F8, I8, Bool, F8s, I1s, I4s, I8s


class Lab:
    """One lab."""

    initial_headcount: I8  # of the first month
    initial_pay_level: F8  # of the first month
    growth: F8  # a year
    refill: Bool
    mission: F8
    culture: F8
    fit: Annotated[F8s, MOST_LABS]  # share of each lab's mission that speaks to the people here
    log_compute: F8  # against the reference
    pay_level: F8
    tenure_mean: F8  # years
    separation: F8
    contact: F8
    contact_bound: F8
    pact: Annotated[I1s, MOST_LABS]  # 1 for each lab whose people its recruiters leave alone
    premium_mu: F8
    premium_sigma: F8
    posting: I8  # see posting.py
    posted_sigma: F8
    posted_highest: F8  # in units of ordinary pay
    posted_lowest: F8
    posted_slope: F8  # k / (1 + k)
    drift: F8
    volatility: F8
    success_probability: F8
    success_log: F8
    upside: F8
    restricted_value: Annotated[F8s, LAST_MONTH + 1]  # of one dollar that vests in k months
    stock: Annotated[F8s, MOST_MONTHS + 1]  # index by month; 1 in month 0
    equity: F8  # stock that those who come get, in years of running pay
    equity_vesting: I8  # row of the tiers whose vesting it follows
    refresher: F8  # stock granted anew on each anniversary, in years of running pay
    refresher_vesting: I8  # row of the tiers whose vesting it follows
    repricing: F8  # log points that the next month adds to the index
    detection: F8
    counter_to_anyone: Bool  # else only to those to whom a campaign made an offer
    counter_share: F8
    counter_cap: F8
    counter_budget: F8
    title: F8
    practice_detection: F8  # of ordinary offers, as are the next two
    practice_share: F8
    practice_cap: F8
    fair_trigger: I8
    fair_delay: I8
    fair_levels: I8
    fair_award: F8
    fair_ratio: F8
    fair_raise: F8
    raise_moves_scale: Bool
    award_vesting: I8  # row of the tiers whose vesting a fair award follows
    # What its responses have come to.
    counter_spent: F8
    counter_pending: F8  # offered this month
    approaches: I8
    fair_month: I8  # of the pay review; NOBODY until it is decided on
    # Running totals, kept up to date with every move.
    headcount: I8
    stayers: I8  # there since before the first month
    talent: F8
    loyalty: F8
    top: Annotated[I8s, 2]  # how many of the top 1 % and 10 %
    pay_bins: Annotated[I4s, PAY_BINS]  # head-count by log pay
    level_pay: Annotated[F8s, MOST_LEVELS]  # sum of pay by level
    level_count: Annotated[I8s, MOST_LEVELS]
    level_compensation: Annotated[F8s, MOST_LEVELS]  # sum of total compensation by level
    level_reward: Annotated[F8s, MOST_LEVELS]  # sum of total compensation over what is due to talent, by level
    level_log_compensation: Annotated[F8s, MOST_LEVELS]  # sum of their logarithms
    mercenaries: Annotated[I8s, NEWCOMER_MONTHS]  # newcomers who weigh money above the mission, by month of joining
    skill: F8  # talent less what lost ties cost
    strangers: Annotated[F8s, STRANGER_MONTHS]  # skill of those who came alone, by month of joining
