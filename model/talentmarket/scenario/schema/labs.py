"""Labs and their stock."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from talentmarket.scenario.schema.posting import Posting
from talentmarket.scenario.schema.quantity import Section, identifier, positive, quantity, share
from talentmarket.scenario.schema.response import Response


class Stock(Section):
    """A lab's stock: an index that starts at 1 and moves every month."""

    listed: bool = quantity(
        "yes or no", "Whether the stock can be sold the day it vests; private stock carries a larger beta."
    )
    drift: float = quantity("log points a year", "Mean growth of the log index, jumps aside.", low=-2, high=2)
    volatility: float = quantity("log points a year", "Standard deviation of the log index over a year.", low=0, high=3)
    beta: float = quantity(
        "factor", "Market beta, which sets the expected return in the risk discount.", low=-5, high=5
    )
    success_rate: float = quantity("a year", "Rate of success jumps; 0 means none.", low=0, high=12)
    success_size: float = positive("factor", "What a success jump multiplies the index by.", high=100)
    upside: float = positive(
        "factor",
        "Worth of one dollar of this stock in the eyes of the lab's own people; 1 is the market's view.",
        high=100,
    )


class Equity(Section):
    """Stock on top of running pay for everybody; what has not vested is lost on leaving."""

    years_of_pay: float = quantity("years of running pay", "Worth of the stock when it is granted.", low=0, high=100)
    years: int = quantity("years", "Time over which it vests evenly.", low=1, high=10)
    vesting: Literal["monthly", "quarterly", "annual"] = quantity("", "When it vests within each year.")
    cliff: int = quantity("months", "Nothing vests before so many months.", low=0, high=120)


class Lab(Section):
    """A lab, or the outside world, which absorbs most exits and supplies most hires."""

    name: str = identifier("Name, unique among the labs.")
    kind: Literal["lab", "outside"] = quantity(
        "", "`lab`, or `outside` for everything that is no AI lab (exactly one)."
    )
    headcount: int = quantity(
        "researchers", "Researchers in the first month, before `population.scale`.", low=0, high=100_000_000
    )
    growth: float = quantity("log points a year", "Growth of the head-count the lab aims at.", low=-2, high=5)
    refill: bool = quantity("yes or no", "Whether the lab hires from outside up to the head-count it aims at.")
    mission: float = share("Strength of the mission.")
    culture: float = share("State of the culture in the first month; it scales the mission.")
    fit: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(
        description="How much of another lab's mission speaks to this lab's people, by name; 1 for labs not named.",
        json_schema_extra={"unit": "share"},
    )
    compute: float = positive("accelerators per researcher", "Compute available to a researcher.", high=1e9)
    pay_level: float = positive("M$ a year", "Running pay of a researcher of median talent.", high=100_000)
    tenure_mean: float = positive("years", "Mean time since joining in the first month.", high=50)
    separation: float = quantity(
        "a year", "Rate of exits to the outside for reasons outside the model.", low=0, high=12
    )
    contact: float = quantity(
        "a year", "Rate at which the lab's recruiters reach a given researcher elsewhere.", low=0, high=120
    )
    premium_mean: float = positive("factor", "Mean of offered over current pay in an ordinary offer.", high=10)
    premium_sigma: float = quantity("log points", "Standard deviation of the log premium.", low=0, high=3)
    posting: Posting
    stock: Stock
    equity: Equity
    response: Response
