"""What is written down of every lab in every month."""

from __future__ import annotations

from typing import Annotated

from talentmarket.market.records.record import F8, I8, F8s, I8s


class Month:
    """A lab at the end of a month, and what happened there."""

    headcount: I8
    talent: F8
    loyalty: F8
    top: Annotated[I8s, 2]
    pay: Annotated[F8s, 3]  # 10th, 50th and 90th percentile
    approached: I8
    engaged: I8
    offers: I8
    accepted: I8
    started: I8
    returned: I8
    hires: I8
    departures: I8
    spend_packages: F8
    spend_paid: F8
    forfeited: F8
    clawed_back: F8
    counters: I8
    counters_accepted: I8
    exits_avoided: I8
    spend_counters: F8
    spend_practice: F8
    spend_fair: F8
    fees_paid: F8
    fees_received: F8
    wage_bill: F8
    mission: F8
    culture: F8
    output: F8
    stock: F8
    stayers: I8
