"""The labs' running totals: who is where, kept up to date by moves instead of counted anew each month."""

from __future__ import annotations

import math

from talentmarket.market.numeric.compiled import compiled
from talentmarket.market.numeric.elementary import ln
from talentmarket.market.records import Job, Lab, Researcher, Setting
from talentmarket.market.records.limits import PAY_BINS, PAY_HIGHEST

PAY_LOWEST = 1e-3  # M$ a year
LOG_LOWEST = math.log(PAY_LOWEST)
BINS_PER_LOG_POINT = PAY_BINS / math.log(PAY_HIGHEST / PAY_LOWEST)

Bin = tuple[int, int]  # its index, and how many people are in lower ones
FIRST_BIN: Bin = (0, 0)


@compiled
def pay_bin(pay: float) -> int:
    """Bin of a yearly pay in M$; the bins are equal in log pay, 3.2 % wide."""
    if pay <= PAY_LOWEST:
        return 0
    if not pay < PAY_HIGHEST:
        return PAY_BINS - 1
    return min(int((ln(pay) - LOG_LOWEST) * BINS_PER_LOG_POINT), PAY_BINS - 1)


@compiled
def set_pay(person: Researcher, job: Job, pay: float) -> None:
    """Give someone who is not counted yet a running pay in M$ a year."""
    person.pay = pay
    job.pay_bin = pay_bin(pay)


@compiled
def count(setting: Setting, lab: Lab, person: Researcher, job: Job, sign: int) -> None:
    """Add (sign 1) a researcher with the present pay to a lab's totals, or take one away (sign -1)."""
    lab.headcount += sign
    if person.joined < 0:
        lab.stayers += sign
    lab.talent += sign * person.talent
    lab.loyalty += sign * person.loyalty
    for band in range(2):
        if person.talent >= setting.top_bounds[band]:
            lab.top[band] += sign
    lab.pay_bins[job.pay_bin] += sign
    lab.level_pay[person.level] += sign * person.pay
    lab.level_count[person.level] += sign


@compiled
def pay_quantile(lab: Lab, probability: float, begun: Bin) -> tuple[float, Bin]:
    """Quantile of pay at a lab from its bins, log-linear within a bin; nan with nobody there.

    `begun` is the bin of a smaller quantile, the first one or what was returned: the bins are passed over once for all.
    """
    if lab.headcount == 0:
        return math.nan, begun
    wanted = probability * lab.headcount
    first, below = begun
    for index in range(first, PAY_BINS):
        inside = lab.pay_bins[index]
        if inside > 0 and below + inside >= wanted:
            pay = math.exp(LOG_LOWEST + (index + (wanted - below) / inside) / BINS_PER_LOG_POINT)
            return pay, (index, below)
        below += inside
    return PAY_HIGHEST, (PAY_BINS, below)
