"""A transfer system as football clubs have it: fees, windows, solidarity; and pacts not to poach."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from talentmarket.scenario.schema.quantity import Section, quantity, share

Pair = Annotated[tuple[str, ...], Field(strict=False, min_length=2, max_length=2)]
MonthOfYear = Annotated[int, Field(ge=1, le=12)]


class Transfer(Section):
    """What a move from lab to lab costs and when it may take effect; zero and an empty list switch it off."""

    fee_years_of_pay: float = quantity(
        "years of running pay", "Fee for a move, by the pay left.", low=0, high=100, off=0.0, settable=True
    )
    fee_share: float = share("Fee for a move, by the special package offered.", off=0.0, settable=True)
    borne_by: Literal["buyer", "coase"] = quantity(
        "",
        "`buyer`: the fee is taken out of the offer; `coase`: it passes between the labs and changes no offer.",
        settable=True,
    )
    solidarity: float = share(
        "Share of a fee that goes to where the researcher was in the first month.", off=0.0, settable=True
    )
    windows: Annotated[tuple[MonthOfYear, ...], Field(strict=False, max_length=12)] = quantity(
        "months of a year",
        "Months of each year of the run in which moves may take effect; none named means always.",
        off=[],
    )
    no_poach: Annotated[tuple[Pair, ...], Field(strict=False, max_length=2016)] = quantity(
        "pairs of labs", "Labs whose recruiters do not call one another's people, by name.", off=[]
    )
