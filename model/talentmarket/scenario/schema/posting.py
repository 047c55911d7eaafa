"""Pay that a lab's recruiters offer to anyone, whatever they earn now: the wage posting of search theory."""

from __future__ import annotations

from typing import Literal

from talentmarket.scenario.schema.quantity import Section, positive, quantity, share


class Posting(Section):
    """The distribution of posted pay, in units of the lab's ordinary pay for someone of that talent."""

    distribution: Literal["none", "lognormal", "burdett_mortensen"] = quantity(
        "",
        "`none`: ordinary offers are a premium over current pay; else they are drawn from this distribution.",
    )
    sigma: float = quantity(
        "log points", "Lognormal: standard deviation of log pay around the ordinary pay.", low=0, high=3
    )
    productivity: float = positive("factor", "Burdett and Mortensen: what a researcher earns the lab.", high=1000)
    reservation: float = share("Burdett and Mortensen: least pay posted, as a share of productivity.")
    competition: float = quantity(
        "offers", "Burdett and Mortensen: offers that a researcher gets for each separation.", low=0, high=1000
    )
