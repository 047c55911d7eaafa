"""Sorkin (2018): the flows of people between labs reveal the labs' values, which the scenario knows."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.running import Options, run
from talentmarket.scenario.schema import Scenario
from talentmarket.validation.check import Check, Effort, around_mean, exactly
from talentmarket.validation.markets import theory

GROUP = "Sorkin"
SOURCE = "V = money_weight * m * mission_scale * M, less the mean; Sorkin 2018"


def true_values(scenario: Scenario) -> dict[str, float]:
    """What each lab is worth to everybody, in log-odds, less the mean of the labs."""
    choice = scenario.choice
    scale = choice.money_weight * scenario.population.loyalty_mean * choice.mission_scale
    worth = {lab.name: scale * lab.mission * lab.culture for lab in scenario.labs if lab.kind == "lab"}
    mean = sum(worth.values()) / len(worth)
    return {name: value - mean for name, value in worth.items()}


def checks(effort: Effort) -> list[Check]:
    """The measure `revealed_value` of each lab."""
    scenario = theory("sorkin")
    runs = run(scenario, Options(replicates=effort.replicates(80, 20), workers=effort.workers))
    revealed = runs.measures.query("measure == 'revealed_value'")
    lines = []
    for name, worth in true_values(scenario).items():
        values = revealed.loc[revealed["lab"] == name, "value"].to_numpy()
        interval = around_mean(values)
        lines.append(
            Check(GROUP, f"value of {name}", exactly(worth), float(np.mean(values)), interval, "log-odds", SOURCE)
        )
    return lines
