"""Facts of one's own: what values of a scenario rest on that no shipped fact says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.schema.quantity import Section, text


class OwnFact(Section):
    """A statement of one's own: what it says, who claims it, where it stands, and how sure it is."""

    says: str = text("What is stated, in one sentence.")
    value: float | str | Annotated[tuple[float, float], Field(strict=False)] = Field(
        description="A number, [low, high], or a word of the scenario files."
    )
    unit: str = Field(default="", description="Unit of the value: that of the parameter it sets.", max_length=100)
    tolerance: float = Field(
        default=0.0, description="How far off a value that rests on it may be, in the unit of the value.", ge=0
    )
    claimed_by: str = text("Who says so.")
    where: str = text("Where it stands: a page, a table, a talk.")
    confidence: Literal["high", "medium", "low"] = Field(default="medium", description="How sure it is.")
    caveat: str = Field(default="", description="What the figure is not.", max_length=2000)

    @model_validator(mode="after")
    def _range_rises(self) -> OwnFact:
        if isinstance(self.value, tuple) and not self.value[0] < self.value[1]:
            raise MisfitsError([Misfit(("value",), f"must rise, [low, high], found {list(self.value)}")])
        return self
