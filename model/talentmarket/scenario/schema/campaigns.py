"""Campaigns: a lab's raid on named labs, walked down a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError, tier_misfits
from talentmarket.scenario.schema.quantity import Section, identifier, quantity, share


class Tier(Section):
    """The package for a stretch of list ranks; ranks above the last tier get no offer."""

    name: str = identifier("Name, unique within the campaign.")
    last_rank: int = quantity(
        "rank", "Last list rank that gets this package; tiers follow one another.", low=1, high=100_000_000
    )
    total: float = quantity("M$", "Total over `years`: running pay, bonus and stock.", low=1e-6, high=1_000_000)
    years: int = quantity("years", "Years over which the total is counted and the stock vests.", low=1, high=10)
    running_pay: float = quantity("M$ a year", "Running pay within the total.", low=1e-6, high=1_000_000)
    stock_share: float = share(
        "Share of stock in what is not running pay; the rest is a bonus paid on the first day.", off=0.0
    )
    first_year_share: float = share("Share of the total that comes in the first year.")
    vesting: Literal["monthly", "quarterly", "annual", "first_year_at_once"] = quantity(
        "",
        "When stock vests within each year; `first_year_at_once` vests the first year's on the first day, the rest monthly.",
    )
    cliff: int = quantity(
        "months", "Nothing vests before this month; what has accrued vests then.", low=0, high=12, off=0
    )
    rank_exponent: float = quantity(
        "exponent", "The package falls with the rank inside the tier to this power; 0 is flat.", low=0, high=5, off=0.0
    )
    floor: float = quantity("M$", "The total never falls below this.", low=0, high=1_000_000, off=0.0)

    clawback: int = quantity(
        "months",
        "Who leaves earlier pays back the bonus, and what of the stock has vested at the price of the grant.",
        low=0,
        high=120,
        off=0,
    )

    @model_validator(mode="after")
    def _adds_up(self) -> Tier:
        special = self.total - self.running_pay * self.years
        if special < 0:
            message = (
                f"times years comes to {self.running_pay * self.years:g} M$, more than the total of {self.total:g} M$"
            )
            raise MisfitsError([Misfit(("running_pay",), message)])
        if self.years == 1 and self.first_year_share != 1:
            raise MisfitsError(
                [Misfit(("first_year_share",), "must be 1, as a package of one year pays all of it in the first")]
            )
        if self.floor > self.total:
            message = f"is {self.floor:g} M$, above the total of {self.total:g} M$, from which the package falls"
            raise MisfitsError([Misfit(("floor",), message)])
        stock = special * self.stock_share
        least = (self.running_pay + special - stock) / self.total
        most = least + stock / self.total
        if not least - 1e-9 <= self.first_year_share <= most + 1e-9:
            message = (
                f"is {self.first_year_share:g}, but must be from {least:.3f} (running pay and bonus alone)"
                f" to {most:.3f} (with all stock) of the total"
            )
            raise MisfitsError([Misfit(("first_year_share",), message)])
        return self


class Campaign(Section):
    """A raid: a ranked list of people, approached a few each month."""

    name: str = identifier("Name, unique among the campaigns.")
    lab: str = identifier("The raiding lab.")
    targets: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = quantity(
        "labs", "The labs whose people are on the list."
    )
    start: int = quantity("month", "First month of approaches; a run begins with month 1.", low=1, high=1200)
    months: int = quantity("months", "How long the campaign lasts at most.", low=1, high=1200)
    approaches_per_month: int = quantity(
        "people", "Names approached each month.", low=0, high=1_000_000, off=0, settable=True
    )
    scouting_error: float = quantity(
        "log points",
        "Standard deviation of the error with which talent is scouted; 0 ranks by true talent.",
        low=0,
        high=10,
        off=0.0,
    )
    engage: float = share("Probability that someone approached talks.", off=1.0, settable=True)
    offer: float = share("Probability that a talk ends in an offer.", off=1.0, settable=True)
    start_work: float = share("Probability that someone who accepted starts.", off=1.0, settable=True)
    retry_after: int = quantity(
        "months", "Months until someone who refused is asked again; 0 means never.", low=0, high=1200, off=0
    )
    sweetener: float = quantity(
        "factor", "What each new asking multiplies the package by.", low=1, high=10, off=1.0, settable=True
    )
    return_rate: float = quantity(
        "a year", "Rate of going back in the first months.", low=0, high=120, off=0.0, settable=True
    )
    return_months: int = quantity("months", "How long going back is possible.", low=0, high=120, off=0, settable=True)
    max_offers: int = quantity(
        "offers",
        "The campaign ends after this many offers; 0 means no limit.",
        low=0,
        high=100_000_000,
        off=0,
        settable=True,
    )
    max_hires: int = quantity(
        "people",
        "The campaign ends after this many starts; 0 means no limit.",
        low=0,
        high=100_000_000,
        off=0,
        settable=True,
    )
    budget: float = quantity(
        "M$",
        "The campaign ends when accepted totals reach this; 0 means no limit.",
        low=0,
        high=1e9,
        off=0.0,
        settable=True,
    )
    next_trend: float = quantity(
        "a year", "Rate at which the raider's commitment ends.", low=0, high=120, off=0.0, settable=True
    )
    tiers: Annotated[tuple[Tier, ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _tiers_in_order(self) -> Campaign:
        misfits = tuple(tier_misfits(self.model_dump(include={"tiers"})))
        if misfits:
            raise MisfitsError(misfits)
        return self
