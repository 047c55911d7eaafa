"""Researchers and their jobs."""

from __future__ import annotations

from talentmarket.market.records.record import F8, I2, I4, U2


class Researcher:
    """What nearly every rule asks of a researcher."""

    talent: F8  # output a month, median 1
    loyalty: F8  # weight on the mission, 0 to 1
    wealth: F8  # liquid, without what the present package has vested
    pay: F8  # a year, in wages of the first month
    grant: F8  # special stock at the price of the grant; 0 for none
    joined: I4  # month; negative before the run
    granted: I4  # month of the grant
    latest_offer: I4  # the latest of this month's offers, or NOBODY
    lab: U2  # the employer
    vesting: U2  # tier whose vesting schedule holds
    previous_lab: I2  # lab left in the month of joining this one, or NOBODY
    level: U2  # talent band, from 0
    last_tie_exit: I4  # month in which a tie last left the lab; long before the run if none has


class Job:
    """What of a researcher's job only moves need to know; a record of its own keeps the other one short."""

    total_compensation: F8  # a year: pay and the special package the job came with, in wages of the first month
    log_compensation: F8  # logarithm of the total compensation
    repayable: F8  # bonus, and stock vested before an award, that leaving before the end of the clawback pays back
    due_to_talent: F8  # pay for this talent where the pay level is 1
    ties_before: I4  # at the lab when the job began
    ties_here: I4  # at the lab now
    mover_before: I4  # who took an offer before this one in the month of that move, or NOBODY
    pay_bin: U2  # bin of log pay in which the lab counts the job
    clawback_end: I2  # month from which leaving costs nothing that has been paid; 0 if it never does
    leaves: I2  # month of leaving for the outside once awaited stock has vested; 0 for whoever does not wait
