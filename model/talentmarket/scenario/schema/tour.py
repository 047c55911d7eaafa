"""A guided tour of a scenario: what the page says step by step, what it points at, and what it asks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.schema.quantity import Section

Part = Literal["", "question", "stage", "list", "counters", "charts", "feed", "parameters", "compare"]
Counted = Literal[
    "",
    "approached",
    "engaged",
    "offers",
    "accepted",
    "started",
    "returned",
    "spend_packages",
    "between",
    "left",
    "entered",
]


class TourStep(Section):
    """One step of a tour: a text, and what the page does beside it."""

    text: str = Field(min_length=1, max_length=700, description="What the page says.")
    month: int = Field(default=0, ge=0, le=1200, description="The month that the market plays to; 0: it stays.")
    look: Part = Field(default="", description="The part of the page that is pointed at.")
    turn: str = Field(default="", max_length=200, description="The path of a parameter to be turned.")
    to: Annotated[float | None, WithJsonSchema({"type": "number"})] = Field(
        default=None, description="What it is turned to."
    )
    guess: str = Field(default="", max_length=200, description="A question whose answer is a number.")
    reveals: Counted = Field(
        default="", description="The counter of this run that answers it, once it has been guessed."
    )

    @model_validator(mode="after")
    def _goes_together(self) -> TourStep:
        if bool(self.turn) != (self.to is not None):
            raise MisfitsError([Misfit((), "needs both `turn` and `to`, or neither")])
        if bool(self.guess) != bool(self.reveals):
            raise MisfitsError([Misfit((), "needs both `guess` and `reveals`, or neither")])
        return self


class Tour(Section):
    """The tour of a scenario; empty if there is none."""

    tour: Annotated[tuple[TourStep, ...], Field(strict=False, max_length=16)] = ()
