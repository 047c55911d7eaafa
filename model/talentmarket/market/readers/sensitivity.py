"""How strongly the first month's people weigh money and mission, in the units of the literature."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.records.world import World


def _at_labs(markets: World, *names: str) -> list[np.ndarray]:
    """Columns of the researchers who are not outside (K, n); in the first month they stand lab by lab in all markets."""
    people = markets.researchers.view(np.ndarray)
    there = people["lab"][0] != markets.setting[0, 0].outside
    # Rows that lie in one piece: sums of them do not depend on how many markets there are.
    return [np.compress(there, people[name], axis=1) for name in names]


def log_odds_per_log_pay(markets: World) -> np.ndarray:
    """Mean over the labs' people of d log-odds / d ln pay of an offer at present pay, in the first month (K,).

    money_weight (1 - m) * annuity * pay / (W + annuity * pay): pay is one part of the wealth whose logarithm counts.
    nan with nobody at the labs.
    """
    setting = markets.setting[0, 0]
    loyalty, pay, wealth = _at_labs(markets, "loyalty", "pay", "wealth")
    if pay.size == 0:
        return np.full(len(pay), math.nan)
    running = setting.annuity * pay
    return np.mean(setting.money_weight * (1.0 - loyalty) * running / (wealth + running), axis=1)


def mission_pay_share(markets: World, money: np.ndarray) -> np.ndarray:
    """Share of pay that offsets the mean effect of the mission between the lab with the strongest and the weakest (K,).

    1 - exp(-x), with x the mean log-odds of the difference in mission over `money` (K,), those per log point of pay.
    nan where money does not count.
    """
    counts = money > 0.0
    if not counts.any():
        return np.full(len(money), math.nan)
    setting = markets.setting[0, 0]
    strength = np.delete(markets.labs["mission"] * markets.labs["culture"], setting.outside, axis=1)
    effect = setting.money_weight * setting.mission_scale * np.mean(_at_labs(markets, "loyalty")[0], axis=1)
    apart = effect * (strength.max(axis=1) - strength.min(axis=1))
    return -np.expm1(-np.divide(apart, money, out=np.full(len(money), math.nan), where=counts))
