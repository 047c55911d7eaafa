"""What a lab's culture suffers from, how it heals, and how talent, compute and colleagues become output."""

from __future__ import annotations

from talentmarket.scenario.schema.quantity import Section, quantity, share

STRAIN = "log points a year"


class Culture(Section):
    """The strengths of what changes a lab's culture; zero switches each off."""

    recovery: float = quantity(
        "a year", "Rate at which damage to a culture heals.", low=0, high=120, off=0.0, settable=True
    )
    growth_norm: float = quantity(
        "log points a year", "Growth of head-count that a culture bears.", low=0, high=5, settable=True
    )
    growth_strain: float = quantity(
        STRAIN, "Damage by one log point of growth a year beyond the norm.", low=0, high=100, off=0.0, settable=True
    )
    mercenary_strain: float = quantity(
        STRAIN,
        "Damage if the whole staff had come within a year and weighed money above the mission.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    inequality_strain: float = quantity(
        STRAIN,
        "Damage by a mean log deviation of 1 of pay within levels, if no merit is seen.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    loss_strain: float = quantity(
        "log points", "Damage if all talent left for other labs.", low=0, high=100, off=0.0, settable=True
    )


class Output(Section):
    """The production function of a lab; its output is recorded and changes nothing."""

    talent_elasticity: float = quantity(
        "elasticity", "Elasticity of output to the talent at work.", low=0, high=2, off=0.0, settable=True
    )
    compute_elasticity: float = quantity(
        "elasticity", "Elasticity of output to compute per researcher.", low=0, high=2, off=0.0, settable=True
    )
    portability: float = share(
        "Talent that someone who came alone brings to bear in the first 60 months; 1 is all.", off=1.0, settable=True
    )
    spillover: float = share("Share of talent that each lost tie takes from those left behind.", off=0.0)
