"""What a lab's culture suffers from, and how it heals."""

from __future__ import annotations

from talentmarket.scenario.schema.quantity import Section, quantity

STRAIN = "log points a year"


class Culture(Section):
    """The strengths of what changes a lab's culture; zero switches each off."""

    recovery: float = quantity("a year", "Rate at which damage to a culture heals.", low=0, high=120)
    growth_norm: float = quantity("log points a year", "Growth of head-count that a culture bears.", low=0, high=5)
    growth_strain: float = quantity(
        STRAIN, "Damage by one log point of growth a year beyond the norm.", low=0, high=100
    )
    mercenary_strain: float = quantity(
        STRAIN, "Damage if the whole staff had come within a year and weighed money above the mission.", low=0, high=100
    )
    inequality_strain: float = quantity(
        STRAIN, "Damage by a mean log deviation of 1 of pay within levels, if no merit is seen.", low=0, high=100
    )
    loss_strain: float = quantity("log points", "Damage if all talent left for other labs.", low=0, high=100)
