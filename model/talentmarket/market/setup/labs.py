"""The rules of every lab as records; a record also has room for its state and its running totals."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.money.posting import DISTRIBUTIONS
from talentmarket.market.money.risk import restricted_value
from talentmarket.market.records import Records, labs, records
from talentmarket.market.records.codes import NOBODY
from talentmarket.market.records.limits import LAST_MONTH
from talentmarket.market.setup.campaigns import first_award
from talentmarket.market.setup.converting import copy_by_name, headcounts, monthly_probability, power_of_two_above
from talentmarket.scenario.schema import Lab, Posting, Scenario, Stock

TIMES = np.arange(LAST_MONTH + 1) / 12.0  # years


def _set_posting(record: labs.Lab, posting: Posting) -> None:
    record.posting = DISTRIBUTIONS.index(posting.distribution)
    record.posted_sigma = posting.sigma
    record.posted_highest = posting.productivity
    record.posted_lowest = posting.productivity * posting.reservation
    record.posted_slope = posting.competition / (1.0 + posting.competition)


def _set_stock(record: labs.Lab, stock: Stock) -> None:
    copy_by_name(record, labs.Lab, stock)
    record.drift = stock.drift / 12.0
    record.volatility = stock.volatility / math.sqrt(12.0)
    record.success_probability = monthly_probability(stock.success_rate)
    record.success_log = math.log(stock.success_size)
    record.stock[0] = 1.0


def _in_pact(scenario: Scenario, lab: Lab, other: Lab) -> bool:
    """Whether the recruiters of two labs leave each other's people alone."""
    return any(set(pair) == {lab.name, other.name} for pair in scenario.transfer.no_poach)


def _set_lab(record: labs.Lab, lab: Lab, scenario: Scenario) -> None:
    copy_by_name(record, labs.Lab, lab, but="headcount")  # the record's is a running total
    record.initial_pay_level = lab.pay_level
    record.refill = lab.refill and lab.kind == "lab"
    record.fit[: len(scenario.labs)] = [lab.fit.get(other.name, 1.0) for other in scenario.labs]
    record.log_compute = math.log(lab.compute / scenario.choice.compute_reference)
    record.separation = lab.separation / 12.0 if lab.kind == "lab" else 0.0
    record.contact = lab.contact / 12.0
    record.contact_bound = power_of_two_above(lab.contact / 12.0)
    record.premium_mu = math.log(lab.premium_mean) - lab.premium_sigma**2 / 2.0
    record.pact[: len(scenario.labs)] = [_in_pact(scenario, lab, other) for other in scenario.labs]
    _set_posting(record, lab.posting)
    _set_stock(record, lab.stock)
    record.restricted_value = restricted_value(TIMES, lab.stock, scenario.risk)
    copy_by_name(record, labs.Lab, lab.response)
    record.practice_detection = lab.ordinary_response.detection
    record.practice_share = lab.ordinary_response.counter_share
    record.practice_cap = lab.ordinary_response.counter_cap
    record.counter_to_anyone = lab.response.counter_to == "anyone"
    record.equity = lab.equity.years_of_pay
    record.refresher = lab.equity.refresh_years_of_pay
    record.fair_month = NOBODY


def labs_of(scenario: Scenario) -> Records[labs.Lab]:
    """One record a lab, shape (L,)."""
    rows = records(labs.Lab, len(scenario.labs))
    award = first_award(scenario)
    for number, (lab, headcount) in enumerate(zip(scenario.labs, headcounts(scenario), strict=True)):
        record = rows[number]
        _set_lab(record, lab, scenario)
        record.initial_headcount = headcount
        record.award_vesting = award + number
        record.equity_vesting = award + len(scenario.labs) + number
        record.refresher_vesting = award + 2 * len(scenario.labs) + number
    return rows
