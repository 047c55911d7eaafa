"""Labs: whom they call and what they post, their stock and equity, and how they answer offers to their people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.schema.quantity import Section, identifier, pattern, quantity, share
from talentmarket.scenario.schema.vesting import LONGEST, Vesting, cliff_too_long, too_long


class Posting(Section):
    """The distribution of posted pay, in units of the lab's ordinary pay for someone of that talent."""

    distribution: Literal["none", "lognormal", "burdett_mortensen"] = quantity(
        "",
        "`none`: ordinary offers are a premium over current pay; else they are drawn from this distribution.",
        off="none",
        settable=True,
    )
    sigma: float = quantity(
        "log points",
        "Lognormal: standard deviation of log pay around the ordinary pay.",
        low=0,
        high=3,
        off=0.0,
        settable=True,
    )
    productivity: float = quantity(
        "factor", "Burdett and Mortensen: what a researcher earns the lab.", low=0.001, high=1000, settable=True
    )
    reservation: float = share("Burdett and Mortensen: least pay posted, as a share of productivity.", settable=True)
    competition: float = quantity(
        "offers",
        "Burdett and Mortensen: offers that a researcher gets for each separation.",
        low=0,
        high=1000,
        settable=True,
    )


class Stock(Section):
    """A lab's stock: an index that starts at 1 and moves every month."""

    drift: float = quantity(
        "log points a year", "Mean growth of the log index, jumps aside.", low=-2, high=2, off=0.0, settable=True
    )
    volatility: float = quantity(
        "log points a year", "Standard deviation of the log index over a year.", low=0, high=3, off=0.0, settable=True
    )
    beta: float = quantity(
        "factor", "Market beta, which sets the expected return in the risk discount.", low=-5, high=5, settable=True
    )
    success_rate: float = quantity(
        "a year", "Rate of success jumps; 0 means none.", low=0, high=12, off=0.0, settable=True
    )
    success_size: float = quantity(
        "factor", "What a success jump multiplies the index by.", low=0.001, high=100, settable=True
    )
    upside: float = quantity(
        "factor",
        "Worth of one dollar of this stock in the eyes of the lab's own people; 1 is the market's view.",
        low=0.001,
        high=100,
        off=1.0,
        settable=True,
    )


class Equity(Section):
    """Stock on top of running pay for everybody; what has not vested is lost on leaving.

    What an event changes holds for stock granted from then on.
    """

    years_of_pay: float = quantity(
        "years of running pay", "Worth of the stock when it is granted.", low=0, high=100, off=0.0, settable=True
    )
    refresh_years_of_pay: float = quantity(
        "years of running pay",
        "Worth of the stock granted anew on each anniversary of the start; it has no cliff.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    years: int = quantity("years", "Time over which it vests.", low=1, high=10, settable=True)
    vesting: Vesting = quantity("", "When it vests: evenly, as a word says, or in tranches.", settable=True)
    cliff: int = quantity("months", "Nothing vests before so many months.", low=0, high=LONGEST, off=0, settable=True)

    @model_validator(mode="after")
    def _vests_in_time(self) -> Equity:
        misfits = [
            *(Misfit(("vesting",), message) for message in too_long(self.vesting, self.years)),
            *(Misfit(("cliff",), message) for message in cliff_too_long(self.cliff, self.years)),
        ]
        if misfits:
            raise MisfitsError(misfits)
        return self


class Response(Section):
    """A lab's response policy; policies combine, and zero switches each off."""

    detection: float = share(
        "Probability that the lab learns of an offer to one of its people in time.", off=0.0, settable=True
    )
    counter_to: Literal["anyone", "approached"] = quantity(
        "",
        "Whether `anyone` with an offer may get a counter-offer or title, or only those whom a campaign made one.",
        settable=True,
    )
    counter_share: float = share(
        "Share of the money that an offer is ahead by which a counter-offer makes up for.", off=0.0, settable=True
    )
    counter_cap: float = quantity(
        "M$", "Most that one counter-offer is worth; 0 means no limit.", low=0, high=1e6, off=0.0, settable=True
    )
    counter_budget: float = quantity(
        "M$", "Most that all of them are worth; 0 means no limit.", low=0, high=1e9, off=0.0, settable=True
    )
    title: float = quantity(
        "log points of money",
        "Worth of the title offered to those who have an offer.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    fair_trigger: int = quantity(
        "people",
        "Approaches to its people that make the lab re-level; 0 means it never does.",
        low=0,
        high=10**8,
        off=0,
        settable=True,
    )
    fair_delay: int = quantity("months", "From the trigger to the re-levelling.", low=0, high=120, off=0, settable=True)
    fair_levels: int = quantity(
        "bands", "How many of the highest talent bands it covers.", low=1, high=20, settable=True
    )
    fair_award: float = quantity(
        "M$", "Stock awarded to each person in the lowest band covered.", low=0, high=1e5, off=0.0, settable=True
    )
    fair_ratio: float = quantity(
        "factor", "Award in a band against that in the band below.", low=0.001, high=100, off=1.0, settable=True
    )
    fair_raise: float = quantity("share", "Raise of everybody's running pay.", low=0, high=10, off=0.0, settable=True)
    raise_moves_scale: bool = quantity(
        "yes or no",
        "Whether the raise also lifts the pay level, by which newcomers are paid and offers posted.",
        off=False,
        settable=True,
    )
    fair_years: int = quantity("years", "Years over which the award vests.", low=1, high=10, settable=True)
    fair_vesting: Vesting = quantity("", "When the award vests: evenly, as a word says, or in tranches.", settable=True)

    @model_validator(mode="after")
    def _vests_in_time(self) -> Response:
        for message in too_long(self.fair_vesting, self.fair_years):
            raise MisfitsError([Misfit(("fair_vesting",), message)])
        return self


class OrdinaryResponse(Section):
    """What a lab answers as a matter of practice to offers without a campaign behind them; zero switches it off."""

    detection: float = share(
        "Probability that the lab learns of an ordinary offer to one of its people in time.", off=0.0, settable=True
    )
    counter_share: float = share(
        "Share of the money that it is ahead by which a counter-offer makes up for.", off=0.0, settable=True
    )
    counter_cap: float = quantity(
        "M$", "Most that one counter-offer is worth; 0 means no limit.", low=0, high=1e6, off=0.0, settable=True
    )


class Lab(Section):
    """A lab, or the outside world, which absorbs most exits and supplies most hires."""

    name: str = identifier("Name, unique among the labs.")
    kind: Literal["lab", "outside"] = quantity(
        "", "`lab`, or `outside` for everything that is no AI lab (exactly one)."
    )
    colour: str = pattern(
        "The lab's colour in pictures and on the page; empty for one that follows from its name.",
        'a colour such as "#0072B2", or ""',
        r"#[0-9A-Fa-f]{6}",
    )
    headcount: int = quantity(
        "researchers", "Researchers in the first month, before `population.scale`.", low=0, high=100_000_000
    )
    growth: float = quantity("log points a year", "Growth of the head-count the lab aims at.", low=-2, high=5, off=0.0)
    refill: bool = quantity(
        "yes or no", "Whether the lab hires from outside up to the head-count it aims at.", off=False, settable=True
    )
    mission: float = share("Strength of the mission.", settable=True)
    culture: float = share("State of the culture in the first month; it scales the mission.", off=1.0, settable=True)
    fit: dict[str, Annotated[float, Field(ge=0, le=1)]] = quantity(
        "share", "How much of another lab's mission speaks to this lab's people, by name; 1 for labs not named.", off={}
    )
    compute: float = quantity(
        "accelerators per researcher", "Compute available to a researcher.", low=1e-6, high=1e9, settable=True
    )
    pay_level: float = quantity(
        "M$ a year", "Running pay of a researcher of median talent.", low=1e-6, high=100_000, settable=True
    )
    tenure_mean: float = quantity("years", "Mean time since joining in the first month.", low=0.001, high=50)
    separation: float = quantity(
        "a year", "Rate of exits to the outside for reasons outside the model.", low=0, high=12, off=0.0, settable=True
    )
    contact: float = quantity(
        "a year",
        "Rate at which the lab's recruiters reach a given researcher elsewhere.",
        low=0,
        high=120,
        off=0.0,
        settable=True,
    )
    premium_mean: float = quantity(
        "factor", "Mean of offered over current pay in an ordinary offer.", low=0.01, high=10, settable=True
    )
    premium_sigma: float = quantity(
        "log points", "Standard deviation of the log premium.", low=0, high=3, off=0.0, settable=True
    )
    posting: Posting
    stock: Stock
    equity: Equity
    response: Response
    ordinary_response: OrdinaryResponse
