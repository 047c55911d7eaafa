"""What a summary measure is, and whom it is about."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from talentmarket.runs.measures.observed import Observed
from talentmarket.scenario.schema import Scenario

Scope = Literal["market", "raids", "labs", "raided", "campaigns"]

# Stands for the whole market, or for all raided labs together.
WHOLE = ""

# Units of what is counted or paid.
NEVER_BELOW_0 = (
    "approaches",
    "offers",
    "people",
    "moves",
    "moves a year",
    "rank",
    "M$",
    "M$ per talent",
    "exits",
    "M$ per exit",
    "output per M$",
)


@dataclass(frozen=True)
class Measure:
    """One number a replicate, or one for each of several labs.

    Attributes
    ----------
    name
        Name in tables.
    unit
        Unit of the value.
    definition
        What it is, in one line.
    group
        Heading under which it is shown.
    scope
        `market`: one number; `labs`: one for each lab of kind `lab`; `raids`: one number, and `raided`: one for each
        lab that a campaign targets and one for all of them, both only in a scenario with campaigns; `campaigns`: one
        for each campaign, by its name.
    compute
        Values by replicate and subject (R, number of `subjects`), not a number where undefined.
    bounded
        Whether a share lies between 0 and 1, and a number or an amount is never below 0; False for changes, balances and shares
        of what can grow.
    """

    name: str
    unit: str
    definition: str
    group: str
    scope: Scope
    compute: Callable[[Observed], np.ndarray]
    bounded: bool = True

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value that there can be."""
        if self.bounded and self.unit == "share":
            return 0.0, 1.0
        return 0.0 if self.bounded and self.unit in NEVER_BELOW_0 else -math.inf, math.inf


def inside(scenario: Scenario) -> tuple[str, ...]:
    """Labs of kind `lab`."""
    return tuple(lab.name for lab in scenario.labs if lab.kind == "lab")


def raided(scenario: Scenario) -> tuple[str, ...]:
    """Labs that a campaign targets, in the order of the scenario."""
    targets = {target for campaign in scenario.campaigns for target in campaign.targets}
    return tuple(lab.name for lab in scenario.labs if lab.name in targets)


def subjects(scope: Scope, scenario: Scenario) -> tuple[str, ...]:
    """What the columns of a measure's values are about: names of labs or of campaigns, and `WHOLE`."""
    if scope == "market":
        return (WHOLE,)
    if scope == "labs":
        return inside(scenario)
    if scope == "campaigns":
        return tuple(campaign.name for campaign in scenario.campaigns)
    if not scenario.campaigns:
        return ()
    return (WHOLE,) if scope == "raids" else (*raided(scenario), WHOLE)


def of_labs(observed: Observed, by_lab: np.ndarray) -> np.ndarray:
    """The columns of labs of kind `lab` out of those of all labs, (R, L) or (R, T + 1, L)."""
    return by_lab[..., [observed.labs.index(name) for name in inside(observed.scenario)]]


def of_raided(observed: Observed, by_lab: np.ndarray) -> np.ndarray:
    """The columns of the raided labs (R, L) and, behind them, their sum."""
    of_each = by_lab[..., [observed.labs.index(name) for name in raided(observed.scenario)]]
    return np.concatenate([of_each, of_each.sum(axis=-1, keepdims=True)], axis=-1)
