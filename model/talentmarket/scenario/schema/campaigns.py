"""Campaigns: a lab's raid on named labs, walked down a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError, tier_misfits
from talentmarket.scenario.schema.named import Named
from talentmarket.scenario.schema.quantity import Section, identifier, quantity, share
from talentmarket.scenario.schema.vesting import LONGEST, TierVesting, cliff_too_long, first_year_of, too_long

MOST_TIERS = 12
TOLERANCE = 0.0005  # of a first-year share that follows from other parameters: three digits are enough


class Tier(Section):
    """The package for a stretch of list ranks; ranks above the last tier get no offer.

    What an event changes holds for packages offered from then on.
    """

    name: str = identifier("Name, unique within the campaign.")
    last_rank: int = quantity(
        "rank", "Last list rank that gets this package; tiers follow one another.", low=1, high=100_000_000
    )
    total: float = quantity(
        "M$", "Total over `years`: running pay, bonus and stock.", low=1e-6, high=1_000_000, settable=True
    )
    years: int = quantity(
        "years", "Years over which the total is counted and the stock vests.", low=1, high=10, settable=True
    )
    running_pay: float = quantity("M$ a year", "Running pay within the total.", low=1e-6, high=1_000_000, settable=True)
    stock_share: float = share(
        "Share of stock in what is not running pay; the rest is a bonus paid on the first day.",
        off=0.0,
        settable=True,
    )
    first_year_share: float = share(
        "Share of the total that comes in the first year; 0: it follows from `vesting`, by which words vest evenly.",
        off=0.0,
        settable=True,
    )
    vesting: TierVesting = quantity(
        "",
        "When stock vests, as a word or in tranches; `first_year_at_once` vests the first year's on the first day,"
        " the rest monthly.",
        settable=True,
    )
    cliff: int = quantity(
        "months",
        "Nothing vests before this month; what has accrued vests then.",
        low=0,
        high=LONGEST,
        off=0,
        settable=True,
    )
    rank_exponent: float = quantity(
        "exponent",
        "The package falls with the rank inside the tier to this power; 0 is flat.",
        low=0,
        high=5,
        off=0.0,
        settable=True,
    )
    floor: float = quantity("M$", "The total never falls below this.", low=0, high=1_000_000, off=0.0, settable=True)
    compute: float = quantity(
        "accelerators per researcher",
        "Compute promised to whoever comes, which counts in the choice in place of the lab's; 0: none is promised.",
        low=0,
        high=1e9,
        off=0.0,
        settable=True,
    )

    @property
    def special(self) -> float:
        """M$ of the total that are not running pay."""
        return self.total - self.running_pay * self.years

    @property
    def first_year_vesting(self) -> float | None:
        """Share of the stock that vests in the first year, where the schedule says it; None if `first_year_share` may."""
        if self.cliff > 12:
            return 0.0
        return None if isinstance(self.vesting, str) else first_year_of(self.vesting)

    @property
    def first_year_bounds(self) -> tuple[float, float]:
        """Least and greatest share of the total that the first year can pay: without any of the stock, and with all of it."""
        if self.years == 1:
            return 1.0, 1.0
        stock = self.special * self.stock_share / self.total
        cash = (self.running_pay + self.special) / self.total - stock
        fixed = self.first_year_vesting
        return (cash, cash + stock) if fixed is None else (cash + stock * fixed, cash + stock * fixed)

    clawback: int = quantity(
        "months",
        "Who leaves earlier pays back the bonus, and what of the stock has vested at the price of the grant.",
        low=0,
        high=120,
        off=0,
    )

    @model_validator(mode="after")
    def _adds_up(self) -> Tier:
        for misfit in self._misfits():
            raise MisfitsError([misfit])
        return self

    def _misfits(self) -> Iterator[Misfit]:
        if self.special < 0:
            message = (
                f"times years comes to {self.running_pay * self.years:g} M$, more than the total of {self.total:g} M$"
            )
            yield Misfit(("running_pay",), message)
        if self.floor > self.total:
            message = f"is {self.floor:g} M$, above the total of {self.total:g} M$, from which the package falls"
            yield Misfit(("floor",), message)
        yield from (Misfit(("vesting",), message) for message in too_long(self.vesting, self.years))
        yield from (Misfit(("cliff",), message) for message in cliff_too_long(self.cliff, self.years))
        if self.first_year_share:
            yield from (Misfit(("first_year_share",), message) for message in self._first_year_misfits())

    def _first_year_misfits(self) -> Iterator[str]:
        """Why the first year cannot pay its share."""
        least, most = self.first_year_bounds
        if least - TOLERANCE <= self.first_year_share <= most + TOLERANCE:
            return
        if self.years == 1:
            yield "must be 1, as a package of one year pays all of it in the first"
        else:
            stock = self.special * self.stock_share
            if self.first_year_vesting is not None and stock:
                bounds = f"{least:.4f}, as vesting and cliff say; 0 lets it follow from them"
            elif not stock:
                bounds = f"{least:.4f}, running pay and bonus, as there is no stock; 0 lets it follow"
            else:
                bounds = f"from {least:.4f} (running pay and bonus alone) to {most:.4f} (with all stock) of the total"
            yield f"is {self.first_year_share:g}, but must be {bounds}"


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
    engage_response: float = quantity(
        "factor",
        "Log-odds of talking for each log-odds by which the rumoured package beats one of `engage_reference`.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    engage_reference: float = quantity(
        "M$", "Total of the package at which people talk with probability `engage`.", low=1e-6, high=1e6, settable=True
    )
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
    tiers: Annotated[tuple[Tier, ...], Field(strict=False, min_length=1, max_length=MOST_TIERS), AfterValidator(Named)]

    @model_validator(mode="after")
    def _tiers_in_order(self) -> Campaign:
        misfits = tuple(tier_misfits(self.model_dump(include={"tiers"})))
        if misfits:
            raise MisfitsError(misfits)
        return self
