"""The records a market is made of: one line a quantity, with its unit.

A row that is touched is touched as a whole, so each researcher is one record, no longer than one line of the
processor's cache. `array["pay"]` is still a column. What is never negative is unsigned: Numba need not check then whether
an index counts from the end. A compiled rule gets the records it needs by reference. Money is in M$, rates
and probabilities are per month, M months, "wages of the first month" leave out the growth of pay common to all.
"""

from __future__ import annotations

import numpy as np

LAST_MONTH = 120  # of a vesting schedule
MOST_MONTHS = 1200  # of a run
MOST_LABS = 64
MOST_LEVELS = 20
LOYALTY_GRID = 4096
CONTAGION_MONTHS = 4
LONG_AGO = -1000  # months
NEWCOMER_MONTHS = 12
STRANGER_MONTHS = 60
JOINT_MONTHS = 3
PAY_BINS = 512
PAY_HIGHEST = 1e4  # M$ a year; no ordinary offer goes beyond
NOBODY = -1
CACHE_LINE = 64  # bytes

RESEARCHER = np.dtype(
    [
        ("talent", "f8"),  # output a month, median 1
        ("loyalty", "f8"),  # weight on the mission, 0 to 1
        ("wealth", "f8"),  # liquid, without what the present package has vested
        ("pay", "f8"),  # a year, in wages of the first month
        ("grant", "f8"),  # special stock at the price of the grant; 0 for none
        ("joined", "i4"),  # month; negative before the run
        ("granted", "i4"),  # month of the grant
        ("first_offer", "i4"),  # this month's latest offer, or NOBODY
        ("lab", "u2"),  # the employer
        ("schedule", "u2"),  # tier whose vesting schedule holds
        ("left", "i2"),  # lab left in the month of joining this one, or NOBODY
        ("level", "u2"),  # talent band, from 0
        ("stirred", "i4"),  # month in which a tie last left the lab; long before the run if none has
    ],
    align=True,
)

# What of a researcher's job only moves need to know; a record of its own keeps the other one short.
JOB = np.dtype(
    [
        ("reward", "f8"),  # a year: pay and the special package the job came with, in wages of the first month
        ("log_reward", "f8"),  # logarithm of the reward
        ("ties_before", "i4"),  # at the lab when the job began
        ("ties_here", "i4"),  # at the lab now
        ("mover_before", "i4"),  # who took an offer before this one in the month of that move, or NOBODY
        ("pay_bin", "i4"),  # bin of log pay in which the lab's books hold the job
    ],
    align=True,
)

SETTING = np.dtype(
    [
        ("money_weight", "f8"),
        ("mission_scale", "f8"),
        ("compute_value", "f8"),
        ("tie_value", "f8"),
        ("size_value", "f8"),
        ("taste_sd", "f8"),
        ("envy", "f8"),  # times 1 - merit_visibility
        ("switching_cost", "f8"),
        ("contagion", "f8"),
        ("restlessness", "f8", (CONTAGION_MONTHS + 1,)),  # by month since a tie left
        ("noise", "f8"),
        ("horizon", "i8"),  # months
        ("annuity", "f8"),  # present value of 1 M$ a year over the horizon
        ("talent_sigma", "f8"),
        ("talent_tail_share", "f8"),
        ("talent_tail_exponent", "f8"),
        ("tail_normal", "f8"),  # standard normal at which the tail begins
        ("loyalty_quantiles", "f8", (LOYALTY_GRID + 1,)),
        ("wealth_median", "f8"),
        ("wealth_sigma", "f8"),
        ("wealth_talent", "f8"),
        ("pay_sigma", "f8"),
        ("pay_talent", "f8"),
        ("wages", "f8", (MOST_MONTHS + 1,)),  # of everybody against the first month, by month
        ("levels", "i8"),
        ("level_bounds", "f8", (MOST_LEVELS,)),  # talent at which the next band begins
        ("top_bounds", "f8", (2,)),  # talent of the 99th and 90th percentile
        ("ties_mean", "f8"),
        ("ties_within_lab", "f8"),
        ("contact_talent", "f8"),
        ("envious_search", "f8"),
        ("referral", "f8"),
        ("reach_outside", "f8"),
        ("candidates_per_vacancy", "i8"),
        ("recovery", "f8"),  # share of the damage to a culture that heals
        ("growth_norm", "f8"),  # a year
        ("growth_strain", "f8"),
        ("mercenary_strain", "f8"),
        ("inequality_strain", "f8"),  # times 1 - merit_visibility
        ("loss_strain", "f8"),  # for all of a lab's talent
        ("talent_elasticity", "f8"),
        ("compute_elasticity", "f8"),
        ("portability", "f8"),
        ("spillover", "f8"),
        ("fee_years_of_pay", "f8"),
        ("fee_share", "f8"),  # of the special package
        ("borne_by_buyer", "?"),
        ("solidarity", "f8"),
        ("windows", "i1", (12,)),  # 1 for each month of a year in which moves may take effect
        ("outside", "i8"),  # row of the outside world
        ("separation_bound", "f8"),
    ],
    align=True,
)

LAB = np.dtype(
    [
        ("planned", "i8"),  # head-count of the first month
        ("growth", "f8"),  # a year
        ("refill", "?"),
        ("mission", "f8"),
        ("culture", "f8"),
        ("fit", "f8", (MOST_LABS,)),  # share of each lab's mission that speaks to the people here
        ("log_compute", "f8"),  # against the reference
        ("pay_level", "f8"),
        ("tenure_mean", "f8"),  # years
        ("separation", "f8"),
        ("contact", "f8"),
        ("contact_bound", "f8"),
        ("premium_mu", "f8"),
        ("premium_sigma", "f8"),
        ("posting", "i8"),  # see posting.py
        ("posted_sigma", "f8"),
        ("posted_highest", "f8"),  # in units of ordinary pay
        ("posted_lowest", "f8"),
        ("posted_slope", "f8"),  # k / (1 + k)
        ("drift", "f8"),
        ("volatility", "f8"),
        ("success_probability", "f8"),
        ("success_log", "f8"),
        ("upside", "f8"),
        ("restricted_value", "f8", (LAST_MONTH + 1,)),  # of one dollar that vests in k months
        ("stock", "f8", (MOST_MONTHS + 1,)),  # index by month; 1 in month 0
        ("equity", "f8"),  # stock that those who come get, in years of running pay
        ("equity_schedule", "i8"),  # row of the tiers whose vesting it follows
        ("repricing", "f8"),  # log points that the next month adds to the index
        ("detection", "f8"),
        ("counter_to_anyone", "?"),  # else only to those to whom a campaign made an offer
        ("counter_share", "f8"),
        ("counter_cap", "f8"),
        ("counter_budget", "f8"),
        ("title", "f8"),
        ("fair_trigger", "i8"),
        ("fair_delay", "i8"),
        ("fair_levels", "i8"),
        ("fair_award", "f8"),
        ("fair_ratio", "f8"),
        ("fair_raise", "f8"),
        ("fair_schedule", "i8"),  # row of the tiers whose vesting the award follows
        # What its responses have come to.
        ("counter_spent", "f8"),
        ("counter_pending", "f8"),  # offered this month
        ("approaches", "i8"),
        ("fair_month", "i8"),  # of the re-levelling; NOBODY until it is decided on
        # The lab's books, kept up to date with every move.
        ("headcount", "i8"),
        ("talent", "f8"),
        ("loyalty", "f8"),
        ("top", "i8", (2,)),  # how many of the top 1 % and 10 %
        ("pay_bins", "i4", (PAY_BINS,)),  # head-count by log pay
        ("level_pay", "f8", (MOST_LEVELS,)),  # sum of pay by level
        ("level_count", "i8", (MOST_LEVELS,)),
        ("level_reward", "f8", (MOST_LEVELS,)),  # sum of rewards by level
        ("level_log_reward", "f8", (MOST_LEVELS,)),  # sum of their logarithms
        ("mercenaries", "i8", (NEWCOMER_MONTHS,)),  # newcomers who weigh money above the mission, by month of joining
        ("skill", "f8"),  # talent less what lost ties cost
        ("strangers", "f8", (STRANGER_MONTHS,)),  # skill of those who came alone, by month of joining
    ],
    align=True,
)

CAMPAIGN = np.dtype(
    [
        ("lab", "i8"),
        ("targets", "i1", (MOST_LABS,)),
        ("start", "i8"),
        ("end", "i8"),  # the month after the last
        ("approaches_per_month", "i8"),
        ("scouting_error", "f8"),
        ("engage", "f8"),
        ("offer", "f8"),
        ("start_work", "f8"),
        ("retry_after", "i8"),
        ("sweetener", "f8"),
        ("return_probability", "f8"),
        ("return_months", "i8"),
        ("max_offers", "i8"),
        ("max_hires", "i8"),
        ("budget", "f8"),
        ("end_of_commitment", "f8"),
        ("first_tier", "i8"),
        ("last_tier", "i8"),
        ("list_start", "i8"),  # where its list begins among the lists
        ("list_room", "i8"),
        # How far it is.
        ("length", "i8"),  # names on the list; NOBODY until it is drawn up
        ("position", "i8"),  # names asked so far
        ("offers", "i8"),
        ("hires", "i8"),
        ("spent", "f8"),
        ("open_offers", "i8"),  # made and not decided
        ("open_total", "f8"),  # M$
        ("over", "?"),
        ("committed", "?"),
    ],
    align=True,
)

TIER = np.dtype(
    [
        ("first_rank", "i8"),
        ("last_rank", "i8"),
        ("total", "f8"),
        ("first_year", "f8"),
        ("running_pay", "f8"),  # a year
        ("years", "f8"),
        ("bonus", "f8"),
        ("stock", "f8"),
        ("exponent", "f8"),
        ("floor", "f8"),
        ("vested", "f8", (LAST_MONTH + 1,)),  # cumulative share by month since the grant
    ],
    align=True,
)

OFFER = np.dtype(
    [
        ("pay", "f8"),  # a year, in wages of the first month
        ("bonus", "f8"),
        ("stock", "f8"),
        ("counter", "f8"),  # M$; on the latest offer to a person, what the home lab answers
        ("title", "f8"),
        ("fee", "f8"),  # M$ that the lab owes for the move
        ("value", "f8"),  # with its noise, once it is weighed
        ("who", "u4"),
        ("approach", "i4"),  # row of the approach behind it, or NOBODY
        ("following", "i4"),  # next offer to the same person, or NOBODY
        ("lab", "u2"),
        ("schedule", "u2"),
        ("chosen", "?"),
    ],
    align=True,
)

APPROACH = np.dtype(
    [
        ("month", "i8"),
        ("decided", "i8"),  # month of the choice; NOBODY before it
        ("campaign", "i8"),
        ("who", "i8"),
        ("rank", "i8"),
        ("attempt", "i8"),
        ("tier", "i8"),
        ("home", "i8"),
        ("outcome", "i8"),
        ("reason", "i8"),
        ("old_pay", "f8"),  # a year, in wages of the first month
        ("total", "f8"),
        ("first_year", "f8"),
        ("certainty_equivalent", "f8"),
        ("stay_value", "f8"),
        ("offer_value", "f8"),
        ("rival_value", "f8"),
        ("probability", "f8"),
    ],
    align=True,
)

MOVE = np.dtype(
    [
        ("month", "i4"),
        ("who", "i4"),
        ("tenure", "i4"),  # months
        ("origin", "i2"),
        ("destination", "i2"),
        ("kind", "i2"),
        ("pay_before", "f4"),  # a year
        ("pay_after", "f4"),  # a year
        ("first_year", "f4"),
        ("forfeited", "f4"),
    ],
    align=True,
)

MONTH = np.dtype(
    [
        ("headcount", "i8"),
        ("talent", "f8"),
        ("loyalty", "f8"),
        ("top", "i8", (2,)),
        ("pay", "f8", (3,)),  # 10th, 50th and 90th percentile
        ("approached", "i8"),
        ("engaged", "i8"),
        ("offers", "i8"),
        ("accepted", "i8"),
        ("started", "i8"),
        ("returned", "i8"),
        ("hires", "i8"),
        ("departures", "i8"),
        ("spend_packages", "f8"),
        ("spend_paid", "f8"),
        ("forfeited", "f8"),
        ("counters", "i8"),
        ("counters_accepted", "i8"),
        ("exits_avoided", "i8"),
        ("spend_counters", "f8"),
        ("spend_fair", "f8"),
        ("fees_paid", "f8"),
        ("fees_received", "f8"),
        ("wage_bill", "f8"),
        ("mission", "f8"),
        ("culture", "f8"),
        ("output", "f8"),
        ("stock", "f8"),
    ],
    align=True,
)


def records(kind: np.dtype, shape: int | tuple[int, ...]) -> np.recarray:
    """Records of zeros whose fields can be named with a dot, compiled or not; the first begins a line of the cache."""
    size = int(np.prod(shape)) * kind.itemsize
    room = np.zeros(size + CACHE_LINE, dtype=np.uint8)
    first = -room.ctypes.data % CACHE_LINE
    return np.recarray(shape, dtype=kind, buf=room.data, offset=first)
