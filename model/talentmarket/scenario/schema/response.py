"""How a lab answers offers to its people: counter-offers, a title, or a fair re-levelling of everybody."""

from __future__ import annotations

from typing import Literal

from talentmarket.scenario.schema.quantity import Section, positive, quantity, share


class Response(Section):
    """A lab's response policy; policies combine, and zero switches each off."""

    detection: float = share("Probability that the lab learns of an offer to one of its people in time.")
    counter_to: Literal["anyone", "approached"] = quantity(
        "", "Whether `anyone` with an offer may get a counter-offer or title, or only those whom a campaign made one."
    )
    counter_share: float = share("Share of the money that an offer is ahead by which a counter-offer makes up for.")
    counter_cap: float = quantity("M$", "Most that one counter-offer is worth; 0 means no limit.", low=0, high=1e6)
    counter_budget: float = quantity("M$", "Most that all of them are worth; 0 means no limit.", low=0, high=1e9)
    title: float = quantity(
        "log points of money", "Worth of the title offered to those who have an offer.", low=0, high=10
    )
    fair_trigger: int = quantity(
        "people", "Approaches to its people that make the lab re-level; 0 means it never does.", low=0, high=10**8
    )
    fair_delay: int = quantity("months", "From the trigger to the re-levelling.", low=0, high=120)
    fair_levels: int = quantity("bands", "How many of the highest talent bands it covers.", low=1, high=20)
    fair_award: float = quantity("M$", "Stock awarded to each person in the lowest band covered.", low=0, high=1e5)
    fair_ratio: float = positive("factor", "Award in a band against that in the band below.", high=100)
    fair_raise: float = quantity("share", "Raise of everybody's running pay.", low=0, high=10)
    fair_years: int = quantity("years", "Years over which the award vests evenly.", low=1, high=10)
    fair_vesting: Literal["monthly", "quarterly", "annual"] = quantity("", "When the award vests within each year.")
