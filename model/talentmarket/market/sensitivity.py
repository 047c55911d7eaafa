"""How strongly the first month's people weigh money and mission, in the units of the literature."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.market.state import World


def log_odds_per_log_pay(world: World) -> float:
    """Mean over the labs' people of d log-odds / d ln pay of an offer at present pay.

    money_weight (1 - m) * annuity * pay / (W + annuity * pay): pay is one part of the wealth whose logarithm counts.
    nan with nobody at the labs.
    """
    setting = world.setting[0]
    people = world.researchers[world.researchers["lab"] != setting.outside]
    if people.size == 0:
        return math.nan
    running = setting.annuity * people["pay"]
    return float(np.mean(setting.money_weight * (1.0 - people["loyalty"]) * running / (people["wealth"] + running)))


def mission_pay_share(world: World) -> float:
    """Share of pay that offsets the mean effect of the mission between the lab with the strongest and the weakest.

    1 - exp(-x), with x the mean log-odds of the difference in mission over the mean log-odds per log point of pay.
    nan where money does not count.
    """
    money = log_odds_per_log_pay(world)
    if not money > 0.0:
        return math.nan
    setting = world.setting[0]
    people = world.researchers[world.researchers["lab"] != setting.outside]
    strength = np.delete(world.labs["mission"] * world.labs["culture"], setting.outside)
    effect = setting.money_weight * setting.mission_scale * np.mean(people["loyalty"])
    return float(-np.expm1(-effect * (strength.max() - strength.min()) / money))
