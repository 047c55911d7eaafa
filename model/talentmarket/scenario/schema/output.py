"""How talent, compute and colleagues become output."""

from __future__ import annotations

from talentmarket.scenario.schema.quantity import Section, quantity, share


class Output(Section):
    """The production function of a lab; its output is recorded and changes nothing."""

    talent_elasticity: float = quantity("elasticity", "Elasticity of output to the talent at work.", low=0, high=2)
    compute_elasticity: float = quantity("elasticity", "Elasticity of output to compute per researcher.", low=0, high=2)
    portability: float = share("Talent that someone who came alone brings to bear in the first 60 months; 1 is all.")
    spillover: float = share("Share of talent that each lost tie takes from those left behind.")
