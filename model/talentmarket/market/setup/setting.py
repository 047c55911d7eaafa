"""The rules that belong to no lab, as the one record that the compiled rules read."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.records import Records, Setting, records
from talentmarket.market.records.limits import (
    CONTAGION_MONTHS,
    LARGEST_EXIT_FACTOR,
    LOYALTY_GRID,
    MOST_LEVELS,
    MOST_MONTHS,
)
from talentmarket.market.setup.converting import copy_by_name, monthly_probability, power_of_two_above
from talentmarket.market.setup.quantiles import beta_quantile, normal_quantile
from talentmarket.scenario.schema import Scenario

DAYS_PER_MONTH = 365.25 / 12.0
PEAK_DAYS, GONE_DAYS = 70.0, 135.0


def annuity_factor(horizon: int, discount: float) -> float:
    """Present value of one M$ a year, paid at the end of each of `horizon` months."""
    return sum((1.0 + discount) ** (-month / 12.0) for month in range(1, horizon + 1)) / 12.0


def contagion_kernel() -> np.ndarray:
    """Contagion by month since a tie left: a triangle, peak after 70 days, gone after 135, mean 1 while it lasts."""
    days = DAYS_PER_MONTH * np.arange(CONTAGION_MONTHS + 1)
    kernel = np.minimum(days / PEAK_DAYS, np.clip((GONE_DAYS - days) / (GONE_DAYS - PEAK_DAYS), 0.0, None))
    return kernel / kernel[1:].mean()


def _splice_normal(tail: float) -> float:
    """The standard normal above which the tail begins."""
    return float(normal_quantile(np.array([1.0 - tail]))[0])


def talent_quantile(scenario: Scenario, probability: np.ndarray) -> np.ndarray:
    """Quantiles of talent: lognormal with median 1, spliced continuously to a Pareto tail."""
    population = scenario.population
    body = np.exp(population.talent_sigma * normal_quantile(probability))
    tail = population.talent_tail_share
    if tail == 0.0:
        return body
    splice = math.exp(population.talent_sigma * _splice_normal(tail))
    pareto = splice * (tail / np.maximum(1.0 - probability, 1e-300)) ** (1.0 / population.talent_tail_exponent)
    return np.where(probability > 1.0 - tail, pareto, body)


def _set_population(setting: Setting, scenario: Scenario) -> None:
    population = scenario.population
    setting.wages = np.array([math.exp(population.pay_growth / 12.0 * month) for month in range(MOST_MONTHS + 1)])
    tail = population.talent_tail_share
    setting.tail_normal = _splice_normal(tail) if tail > 0.0 else math.inf
    a = population.loyalty_mean * population.loyalty_concentration
    b = population.loyalty_concentration - a
    setting.loyalty_quantiles = beta_quantile(a, b, np.linspace(0.0, 1.0, LOYALTY_GRID + 1))
    bounds = np.full(MOST_LEVELS, math.inf)
    bounds[: population.levels - 1] = talent_quantile(scenario, np.arange(1, population.levels) / population.levels)
    setting.level_bounds = bounds
    setting.top_bounds = talent_quantile(scenario, np.array([0.99, 0.90]))


def _set_culture(setting: Setting, scenario: Scenario) -> None:
    culture = scenario.culture
    setting.recovery = monthly_probability(culture.recovery)
    setting.growth_strain = culture.growth_strain / 12.0
    setting.mercenary_strain = culture.mercenary_strain / 12.0
    setting.inequality_strain = culture.inequality_strain / 12.0 * (1.0 - scenario.choice.merit_visibility)


def setting_of(scenario: Scenario) -> Records[Setting]:
    """The one record of what holds for the whole market; shape (1,)."""
    rows = records(Setting, 1)
    setting = rows[0]
    choice, transfer = scenario.choice, scenario.transfer
    for section in (choice, scenario.population, scenario.contacts, scenario.culture, scenario.output, transfer):
        copy_by_name(setting, Setting, section)
    setting.envy = choice.envy * (1.0 - choice.merit_visibility)
    setting.reward_compared = choice.fairness_reference == "reward"
    setting.compared_across_levels = choice.fairness_scope == "lab"
    setting.annuity = annuity_factor(choice.horizon, choice.discount)
    setting.contagion_kernel = contagion_kernel()
    setting.borne_by_buyer = transfer.borne_by == "buyer"
    setting.windows = np.array([month in (transfer.windows or range(1, 13)) for month in range(1, 13)], dtype=np.int8)
    setting.outside = [lab.kind for lab in scenario.labs].index("outside")
    leaving = [lab.separation / 12.0 for lab in scenario.labs if lab.kind == "lab"]
    setting.separation_bound = power_of_two_above(max(leaving, default=0.0))
    by_value = choice.exit_response > 0.0 and choice.money_weight > 0.0
    by_ties = choice.exit_contagion > 0.0 and scenario.population.ties_mean > 0.0
    setting.most_exit_factor = LARGEST_EXIT_FACTOR if by_value or by_ties else 1.0
    setting.separation_bound *= setting.most_exit_factor
    _set_population(setting, scenario)
    _set_culture(setting, scenario)
    return rows
