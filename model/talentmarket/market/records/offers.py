"""The offers of a month, and the moves that are written down."""

from __future__ import annotations

from talentmarket.market.records.record import F4, F8, I2, I4, U2, U4, Bool


class Offer:
    """An offer to a researcher, weighed in its month or waiting for a transfer window."""

    pay: F8  # a year, in wages of the first month
    bonus: F8
    stock: F8
    counter: F8  # M$; on the latest offer to a researcher, what the home lab answers
    title: F8
    fee: F8  # M$ that the lab owes for the move
    value: F8  # with its noise, once it is weighed
    researcher: U4
    approach: I4  # row of the approach behind it, or NOBODY
    next_offer: I4  # the offer to the same researcher before this one, or NOBODY
    lab: U2
    vesting: U2  # tier whose vesting schedule the stock follows
    chosen: Bool
    by_practice: Bool  # whether the counter-offer is ordinary practice and so outside the budget of the policy


class Move:
    """A row of the table of moves."""

    month: I4
    researcher: I4
    tenure: I4  # months
    origin: I2
    destination: I2
    kind: I2
    pay_before: F4  # a year
    pay_after: F4  # a year
    first_year: F4
    forfeited: F4
    reward_before: F4  # a year
    reward_after: F4  # a year
