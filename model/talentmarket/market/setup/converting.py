"""From the units of a scenario to those of the records: rates and probabilities per month, money in M$."""

from __future__ import annotations

import math

import numpy as np

from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.quantity import Section


def copy_by_name(record: object, kind: type, section: Section, but: str = "") -> None:
    """Copy every number of a section that the record has a field for, but the one that means something else there.

    What the record holds in another unit is written over the copy.
    """
    for name in set(type(section).model_fields) & set(kind.__annotations__) - {but}:
        value = getattr(section, name)
        if isinstance(value, int | float):
            setattr(record, name, value)


def monthly_probability(rate: float) -> float:
    """The monthly probability of a rate a year, 1 - exp(-rate/12)."""
    return -math.expm1(-rate / 12.0)


def power_of_two_above(rate: float) -> float:
    """The smallest power of two not below a rate; 0 stays 0.

    Events are drawn at such a bound and thinned to the rate, so that a rate that differs a little between two
    scenarios thins the same events and leaves what happens to everyone else alone.
    """
    return float(2.0 ** np.ceil(np.log2(rate))) if rate > 0.0 else 0.0


def headcounts(scenario: Scenario) -> list[int]:
    """Researchers of each lab in the first month."""
    return [round(lab.headcount * scenario.population.scale) for lab in scenario.labs]
