"""What holds for the whole market."""

from __future__ import annotations

from typing import Annotated

from talentmarket.market.records.limits import CONTAGION_MONTHS, LOYALTY_GRID, MOST_LEVELS, MOST_MONTHS
from talentmarket.market.records.record import F8, I8, Bool, F8s, I1s


class Setting:
    """The one record of rules that belong to no lab."""

    money_weight: F8
    mission_scale: F8
    compute_value: F8
    compute_reference: F8  # accelerators per researcher
    tie_value: F8
    size_value: F8
    taste_sd: F8
    envy: F8  # times 1 - merit_visibility
    reward_compared: Bool  # with special packages and for one's talent, else running pay
    compared_across_levels: Bool
    switching_cost: F8
    contagion: F8
    contagion_kernel: Annotated[F8s, CONTAGION_MONTHS + 1]  # by month since a tie left
    exit_response: F8
    exit_contagion: F8
    patience: I8  # months
    noise: F8
    horizon: I8  # months
    annuity: F8  # present value of 1 M$ a year over the horizon
    talent_sigma: F8
    talent_tail_share: F8
    talent_tail_exponent: F8
    tail_normal: F8  # standard normal at which the tail begins
    loyalty_quantiles: Annotated[F8s, LOYALTY_GRID + 1]
    wealth_median: F8
    wealth_sigma: F8
    wealth_talent: F8
    pay_sigma: F8
    pay_talent: F8
    wages: Annotated[F8s, MOST_MONTHS + 1]  # of everybody against the first month, by month
    levels: I8
    level_bounds: Annotated[F8s, MOST_LEVELS]  # talent at which the next band begins
    top_bounds: Annotated[F8s, 2]  # talent of the 99th and 90th percentile
    ties_mean: F8
    ties_within_lab: F8
    contact_talent: F8
    envious_search: F8
    referral: F8
    reach_outside: F8
    room: Bool  # whether labs call only as far as they have room
    candidates_per_vacancy: I8
    recovery: F8  # share of the damage to a culture that heals
    growth_norm: F8  # a year
    growth_strain: F8
    mercenary_strain: F8
    inequality_strain: F8  # times 1 - merit_visibility
    loss_strain: F8  # for all of a lab's talent
    talent_elasticity: F8
    compute_elasticity: F8
    portability: F8
    spillover: F8
    fee_years_of_pay: F8
    fee_share: F8  # of the special package
    borne_by_buyer: Bool
    solidarity: F8
    windows: Annotated[I1s, 12]  # 1 for each month of a year in which moves may take effect
    outside: I8  # row of the outside world
    separation_bound: F8
    most_exit_factor: F8  # of anybody's exit rate against that of the lab; 1 if exits do not respond
