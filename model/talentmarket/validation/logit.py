"""Logit (McFadden 1974): one offer is accepted with P = 1/(1 + exp(V_stay - V_offer)), for each its own P.

With wealth next to nothing V = b (1 - m) ln(pay) + ..., so d ln P / d ln(pay at home) = -b (1 - m) (1 - P); over people
who differ in m it is the mean of that, weighted by P.
"""

from __future__ import annotations

import math

import numpy as np

from talentmarket.comparison.intervals import Interval
from talentmarket.market.simulate import Replicate
from talentmarket.scenario.schema import Scenario
from talentmarket.validation.check import Check, Effort, around, exactly
from talentmarket.validation.markets import finished, theory

GROUP = "Logit"
STEP = 0.05  # log points of pay at home, up and down
SOURCE = "P = 1/(1 + exp(V_stay - V_offer)), McFadden 1974"
SLOPE = "d ln P / d ln(pay at home) = -b (1 - m)(1 - P)"


def acceptance(loyalty: np.ndarray, scenario: Scenario) -> np.ndarray:
    """The closed form's probability for each loyalty."""
    home, away = scenario.labs[0], scenario.labs[1]
    offered = scenario.campaigns[0].tiers[0].running_pay
    choice = scenario.choice
    worse_paid = (1.0 - loyalty) * math.log(home.pay_level / offered)
    stronger_mission = loyalty * choice.mission_scale * (home.mission - away.mission)
    ahead = choice.money_weight * (worse_paid + stronger_mission + choice.switching_cost)
    return 1.0 / (1.0 + np.exp(ahead))


def _accepted(replicates: list[Replicate]) -> np.ndarray:
    """Whether each researcher took the offer."""
    return np.concatenate([replicate.world.researchers["lab"] == 1 for replicate in replicates])


def _loyalty(replicates: list[Replicate]) -> np.ndarray:
    return np.concatenate([replicate.world.researchers["loyalty"] for replicate in replicates])


def _slope(lower: np.ndarray, higher: np.ndarray) -> tuple[float, Interval]:
    """Elasticity from the same people paid less and more at home, and its interval.

    Whoever decides the same in both says nothing, so that the error is that of the few who change their mind.
    """
    mean = (lower.mean() + higher.mean()) / 2.0
    change = higher.astype(float) - lower.astype(float)
    scale = 2.0 * STEP * mean
    slope = float(math.log(higher.mean() / lower.mean()) / (2.0 * STEP))
    return slope, around(slope, float(change.std() / math.sqrt(len(change)) / scale))


def checks(effort: Effort) -> list[Check]:
    """The share that accepts, and its elasticity to pay at home."""
    number = effort.replicates(60, 4)
    scenario = theory("logit")
    plain = finished(scenario, number, effort.workers)
    paid = [
        finished(theory("logit", [f"labs.Home.pay_level={math.exp(step)}"]), number, effort.workers)
        for step in (-STEP, STEP)
    ]
    loyalty, accepted = _loyalty(plain), _accepted(plain)
    p = acceptance(loyalty, scenario)
    error = math.sqrt(float((p * (1.0 - p)).sum())) / len(p)
    share = float(accepted.mean())
    elasticity = -scenario.choice.money_weight * (1.0 - loyalty) * (1.0 - p)
    slope, interval = _slope(_accepted(paid[0]), _accepted(paid[1]))
    return [
        Check(GROUP, "share that accepts", exactly(float(p.mean())), share, around(share, error), "share", SOURCE),
        Check(
            GROUP,
            "elasticity to pay at home",
            exactly(float(np.average(elasticity, weights=p))),
            slope,
            interval,
            "elasticity",
            SLOPE,
        ),
    ]
