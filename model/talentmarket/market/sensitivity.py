"""How strongly the first month's people weigh money and mission, in the units of the literature."""

from __future__ import annotations

import numpy as np

from talentmarket.market.state import World


def log_odds_per_log_pay(world: World) -> float:
    """Mean over the labs' people of d log-odds / d ln pay of an offer at present pay.

    money_weight (1 - m) * annuity * pay / (W + annuity * pay): pay is one part of the wealth whose logarithm counts.
    """
    setting = world.setting[0]
    people = world.researchers[world.researchers["lab"] != setting.outside]
    running = setting.annuity * people["pay"]
    return float(np.mean(setting.money_weight * (1.0 - people["loyalty"]) * running / (people["wealth"] + running)))


def mission_pay_share(world: World) -> float:
    """Share of pay that offsets the mean effect of the mission between the lab with the strongest and the weakest.

    1 - exp(-x), with x the mean log-odds of the difference in mission over the mean log-odds per log point of pay.
    """
    setting = world.setting[0]
    people = world.researchers[world.researchers["lab"] != setting.outside]
    strength = np.delete(world.labs["mission"] * world.labs["culture"], setting.outside)
    effect = setting.money_weight * setting.mission_scale * np.mean(people["loyalty"])
    money = log_odds_per_log_pay(world)
    return float(-np.expm1(-effect * (strength.max() - strength.min()) / money)) if money > 0.0 else float("nan")
