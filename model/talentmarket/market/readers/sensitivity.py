"""How strongly the first month's people weigh money and mission, in the units of the literature."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.records.world import World


def _at_labs(world: World, *names: str) -> list[np.ndarray]:
    """Columns of the researchers who are not outside."""
    people = world.researchers.view(np.ndarray)
    there = people["lab"] != world.setting[0].outside
    return [people[name][there] for name in names]


def log_odds_per_log_pay(world: World) -> float:
    """Mean over the labs' people of d log-odds / d ln pay of an offer at present pay.

    money_weight (1 - m) * annuity * pay / (W + annuity * pay): pay is one part of the wealth whose logarithm counts.
    nan with nobody at the labs.
    """
    setting = world.setting[0]
    loyalty, pay, wealth = _at_labs(world, "loyalty", "pay", "wealth")
    if pay.size == 0:
        return math.nan
    running = setting.annuity * pay
    return float(np.mean(setting.money_weight * (1.0 - loyalty) * running / (wealth + running)))


def mission_pay_share(world: World, money: float) -> float:
    """Share of pay that offsets the mean effect of the mission between the lab with the strongest and the weakest.

    1 - exp(-x), with x the mean log-odds of the difference in mission over `money`, those per log point of pay.
    nan where money does not count.
    """
    if not money > 0.0:
        return math.nan
    setting = world.setting[0]
    strength = np.delete(world.labs["mission"] * world.labs["culture"], setting.outside)
    effect = setting.money_weight * setting.mission_scale * np.mean(_at_labs(world, "loyalty")[0])
    return float(-np.expm1(-effect * (strength.max() - strength.min()) / money))
