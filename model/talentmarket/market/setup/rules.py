"""A scenario as numbers: what the compiled rules read, laid out in records.

Probabilities and rates are per month, money is in M$. A record of a lab or a campaign also has room for its state.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betaincinv, ndtri

from talentmarket.market.money.posting import DISTRIBUTIONS
from talentmarket.market.money.risk import restricted_value
from talentmarket.market.money.vesting import cumulative_shares, vested_by
from talentmarket.market.records.layout import (
    CAMPAIGN,
    CONTAGION_MONTHS,
    LAB,
    LAST_MONTH,
    LOYALTY_GRID,
    MOST_LEVELS,
    MOST_MONTHS,
    NOBODY,
    SETTING,
    TIER,
    records,
)
from talentmarket.scenario.schema import Campaign, Posting, Response, Scenario, Tier

DAYS_PER_MONTH = 365.25 / 12.0
PEAK_DAYS, GONE_DAYS = 70.0, 135.0


def annuity_factor(horizon: int, discount: float) -> float:
    """Present value of one M$ a year, paid at the end of each of `horizon` months."""
    return sum((1.0 + discount) ** (-month / 12.0) for month in range(1, horizon + 1)) / 12.0


def restlessness_kernel() -> np.ndarray:
    """Restlessness by month since a tie left: a triangle, peak after 70 days, gone after 135, mean 1 while it lasts."""
    days = DAYS_PER_MONTH * np.arange(CONTAGION_MONTHS + 1)
    kernel = np.minimum(days / PEAK_DAYS, np.clip((GONE_DAYS - days) / (GONE_DAYS - PEAK_DAYS), 0.0, None))
    return kernel / kernel[1:].mean()


def talent_quantile(scenario: Scenario, probability: np.ndarray) -> np.ndarray:
    """Quantiles of talent: lognormal with median 1, spliced continuously to a Pareto tail."""
    population = scenario.population
    body = np.exp(population.talent_sigma * ndtri(probability))
    tail = population.talent_tail_share
    if tail == 0.0:
        return body
    splice = math.exp(population.talent_sigma * ndtri(1.0 - tail))
    pareto = splice * (tail / np.maximum(1.0 - probability, 1e-300)) ** (1.0 / population.talent_tail_exponent)
    return np.where(probability > 1.0 - tail, pareto, body)


def power_of_two_above(rates: np.ndarray) -> np.ndarray:
    """The smallest powers of two not below some rates; 0 stays 0.

    Events are drawn at such a bound and thinned to the rate, so that a rate that differs a little between two
    scenarios thins the same events and leaves everyone else's luck alone.
    """
    positive = np.where(rates > 0.0, rates, 1.0)
    return np.where(rates > 0.0, 2.0 ** np.ceil(np.log2(positive)), 0.0)


def monthly_probability(rate: float) -> float:
    """The monthly probability of a rate a year, 1 - exp(-rate/12)."""
    return -math.expm1(-rate / 12.0)


def headcounts(scenario: Scenario) -> list[int]:
    """Researchers of each lab in the first month."""
    return [round(lab.headcount * scenario.population.scale) for lab in scenario.labs]


def _culture(setting: np.recarray, scenario: Scenario) -> None:
    culture = scenario.culture
    setting["recovery"] = monthly_probability(culture.recovery)
    setting["growth_strain"] = culture.growth_strain / 12.0
    setting["mercenary_strain"] = culture.mercenary_strain / 12.0
    setting["inequality_strain"] = culture.inequality_strain / 12.0 * (1.0 - scenario.choice.merit_visibility)


def setting_of(scenario: Scenario) -> np.recarray:
    """The one record of what holds for the whole market; shape (1,)."""
    setting = records(SETTING, 1)
    choice, population = scenario.choice, scenario.population
    for section in (choice, population, scenario.contacts, scenario.culture, scenario.output, scenario.transfer):
        for name in set(type(section).model_fields) & set(SETTING.names or ()) - {"windows"}:
            setting[name] = getattr(section, name)
    setting["envy"] = choice.envy * (1.0 - choice.merit_visibility)
    _culture(setting, scenario)
    setting["borne_by_buyer"] = scenario.transfer.borne_by == "buyer"
    setting["windows"] = [month in (scenario.transfer.windows or range(1, 13)) for month in range(1, 13)]
    setting["annuity"] = annuity_factor(choice.horizon, choice.discount)
    setting["restlessness"] = restlessness_kernel()
    setting["wages"] = [math.exp(population.pay_growth / 12.0 * month) for month in range(MOST_MONTHS + 1)]
    tail = population.talent_tail_share
    setting["tail_normal"] = ndtri(1.0 - tail) if tail > 0.0 else math.inf
    a = population.loyalty_mean * population.loyalty_concentration
    b = population.loyalty_concentration - a
    setting["loyalty_quantiles"] = betaincinv(a, b, np.linspace(0.0, 1.0, LOYALTY_GRID + 1))
    bounds = np.full(MOST_LEVELS, math.inf)
    bounds[: population.levels - 1] = talent_quantile(scenario, np.arange(1, population.levels) / population.levels)
    setting["level_bounds"] = bounds
    setting["top_bounds"] = talent_quantile(scenario, np.array([0.99, 0.90]))
    setting["outside"] = [lab.kind for lab in scenario.labs].index("outside")
    leaving = [lab.separation / 12.0 for lab in scenario.labs if lab.kind == "lab"]
    setting["separation_bound"] = power_of_two_above(np.array([max(leaving, default=0.0)]))
    return setting


def _posting(record: np.record, posting: Posting) -> None:
    record["posting"] = DISTRIBUTIONS.index(posting.distribution)
    record["posted_sigma"] = posting.sigma
    record["posted_highest"] = posting.productivity
    record["posted_lowest"] = posting.productivity * posting.reservation
    record["posted_slope"] = posting.competition / (1.0 + posting.competition)


def labs_of(scenario: Scenario) -> np.recarray:
    """One record a lab, shape (L,)."""
    labs = records(LAB, len(scenario.labs))
    times = np.arange(LAST_MONTH + 1) / 12.0
    campaign_tiers = 1 + sum(len(campaign.tiers) for campaign in scenario.campaigns)
    for row, (lab, headcount) in enumerate(zip(scenario.labs, headcounts(scenario), strict=True)):
        record = labs[row]
        for name in ("growth", "mission", "culture", "pay_level", "tenure_mean", "premium_sigma"):
            record[name] = getattr(lab, name)
        record["planned"] = headcount
        record["refill"] = lab.refill and lab.kind == "lab"
        record["fit"][: len(scenario.labs)] = [lab.fit.get(other.name, 1.0) for other in scenario.labs]
        record["log_compute"] = math.log(lab.compute / scenario.choice.compute_reference)
        record["separation"] = lab.separation / 12.0 if lab.kind == "lab" else 0.0
        record["contact"] = lab.contact / 12.0
        record["contact_bound"] = power_of_two_above(np.array(lab.contact / 12.0))
        record["premium_mu"] = math.log(lab.premium_mean) - lab.premium_sigma**2 / 2.0
        _posting(record, lab.posting)
        record["drift"] = lab.stock.drift / 12.0
        record["volatility"] = lab.stock.volatility / math.sqrt(12.0)
        record["success_probability"] = monthly_probability(lab.stock.success_rate)
        record["success_log"] = math.log(lab.stock.success_size)
        record["upside"] = lab.stock.upside
        record["restricted_value"] = restricted_value(times, lab.stock, scenario.risk)
        for name in set(Response.model_fields) & set(LAB.names or ()):
            record[name] = getattr(lab.response, name)
        record["counter_to_anyone"] = lab.response.counter_to == "anyone"
        record["fair_schedule"] = campaign_tiers + row
        record["equity"] = lab.equity.years_of_pay
        record["equity_schedule"] = campaign_tiers + len(scenario.labs) + row
    labs["stock"][:, 0] = 1.0
    labs["fair_month"] = NOBODY
    return labs


def _campaign(record: np.record, campaign: Campaign, labs: list[str]) -> None:
    for name in set(Campaign.model_fields) & set(CAMPAIGN.names or ()) - {"lab", "targets"}:
        record[name] = getattr(campaign, name)
    record["lab"] = labs.index(campaign.lab)
    record["targets"][[labs.index(lab) for lab in campaign.targets]] = 1
    record["end"] = campaign.start + campaign.months
    record["return_probability"] = monthly_probability(campaign.return_rate)
    record["end_of_commitment"] = monthly_probability(campaign.next_trend)
    record["committed"] = True
    record["length"] = NOBODY


def campaigns_of(scenario: Scenario) -> np.recarray:
    """One record a campaign, shape (C,)."""
    campaigns = records(CAMPAIGN, len(scenario.campaigns))
    names = [lab.name for lab in scenario.labs]
    first_tier, list_start = 1, 0
    for row, campaign in enumerate(scenario.campaigns):
        record = campaigns[row]
        _campaign(record, campaign, names)
        record["first_tier"], record["last_tier"] = first_tier, first_tier + len(campaign.tiers) - 1
        record["list_start"] = list_start
        record["list_room"] = min(campaign.tiers[-1].last_rank, sum(headcounts(scenario)))
        first_tier += len(campaign.tiers)
        list_start += int(record["list_room"])
    return campaigns


def _tier(record: np.record, tier: Tier, first_rank: int) -> None:
    special = tier.total - tier.running_pay * tier.years
    record["first_rank"], record["last_rank"] = first_rank, tier.last_rank
    record["total"] = tier.total
    record["first_year"] = tier.total * tier.first_year_share
    record["running_pay"] = tier.running_pay
    record["years"] = tier.years
    record["bonus"] = special * (1.0 - tier.stock_share)
    record["stock"] = special * tier.stock_share
    record["exponent"] = tier.rank_exponent
    record["floor"] = tier.floor
    record["vested"] = cumulative_shares(tier)


def tiers_of(scenario: Scenario) -> np.recarray:
    """One record a tier after row 0, which stands for no package, then two a lab; shape (1 + T + 2 L,).

    The first L of the labs' rows are for awards, the others for the stock that everybody gets.
    """
    number = sum(len(campaign.tiers) for campaign in scenario.campaigns)
    tiers = records(TIER, 1 + number + 2 * len(scenario.labs))
    tiers["vested"][0] = tiers["years"][0] = 1.0
    row = 1
    for campaign in scenario.campaigns:
        first_rank = 1
        for tier in campaign.tiers:
            _tier(tiers[row], tier, first_rank)
            first_rank = tier.last_rank + 1
            row += 1
    for lab in scenario.labs:
        response = lab.response
        tiers["years"][row] = response.fair_years
        tiers["vested"][row] = vested_by(response.fair_years, response.fair_vesting, 1.0 / response.fair_years)
        row += 1
    for lab in scenario.labs:
        tiers["years"][row] = lab.equity.years
        tiers["vested"][row] = vested_by(lab.equity.years, lab.equity.vesting, 1.0 / lab.equity.years)
        tiers["vested"][row, : lab.equity.cliff] = 0.0
        row += 1
    return tiers
