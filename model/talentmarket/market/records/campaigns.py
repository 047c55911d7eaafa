"""Campaigns, the tiers of their packages, and the approaches they have made."""

from __future__ import annotations

from typing import Annotated

from talentmarket.market.records.limits import LAST_MONTH, MOST_LABS
from talentmarket.market.records.record import F8, I8, Bool, F8s, I1s


class Campaign:
    """A campaign: its rules, and how far it is."""

    lab: I8
    targets: Annotated[I1s, MOST_LABS]  # 1 for each lab whose people it asks
    start: I8
    end: I8  # the month after the last
    approaches_per_month: I8
    scouting_error: F8
    engage: F8
    engage_response: F8
    engage_reference: F8  # M$
    offer: F8
    start_work: F8
    retry_after: I8
    sweetener: F8
    return_probability: F8
    return_months: I8
    max_offers: I8
    max_hires: I8
    budget: F8
    end_of_commitment: F8
    first_tier: I8
    last_tier: I8
    list_start: I8  # where its target list begins among those of all campaigns
    list_room: I8
    # How far it is.
    length: I8  # names on the list; NOBODY until it is drawn up
    position: I8  # names asked so far
    offers: I8
    hires: I8
    spent: F8
    open_offers: I8  # made and not decided
    open_total: F8  # M$
    over: Bool
    committed: Bool


class Tier:
    """A package for a stretch of ranks, or only a vesting schedule."""

    first_rank: I8
    last_rank: I8
    total: F8
    first_year: F8
    running_pay: F8  # a year
    years: F8
    bonus: F8
    stock: F8
    exponent: F8
    floor: F8
    compute: F8  # accelerators promised to a researcher; 0 for none
    clawback: I8  # months
    of_campaign: Bool  # else an award of a lab, or the stock that it gives everybody
    vested: Annotated[F8s, LAST_MONTH + 1]  # cumulative share by month since the grant


class Approach:
    """Somebody whom a campaign asked, and how it ended."""

    month: I8
    decided: I8  # month of the choice; NOBODY before it
    left: I8  # month in which whoever started left the raider; NOBODY before it
    campaign: I8
    researcher: I8
    rank: I8
    attempt: I8
    tier: I8
    home: I8
    outcome: I8
    reason: I8
    old_pay: F8  # a year, in wages of the first month
    total: F8
    first_year: F8
    certainty_equivalent: F8
    stay_value: F8
    offer_value: F8
    rival_value: F8
    probability: F8
    # Whether the offer would have been taken, with the same noise, were one thing away.
    without_mission: Bool
    without_moving_cost: Bool
    without_stock: Bool
    without_ties: Bool
