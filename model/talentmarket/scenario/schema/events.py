"""Events: parameters that change at a month, or at a hazard, and repricings of a lab's stock."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from talentmarket.scenario.schema.agreement import Misfit, MisfitsError
from talentmarket.scenario.schema.quantity import Section, identifier, quantity


def _plain(value: Any) -> Any:
    """A value that stands on one line of a file, lists as tuples; what it may be says the parameter that it is set to."""
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    if not isinstance(value, bool | int | float | str):
        raise MisfitsError([Misfit((), "must be a value, as the parameter itself has it: no table")])
    return value


KINDS = [{"type": kind} for kind in ("boolean", "integer", "number", "string")]
Value = Annotated[Any, PlainValidator(_plain), WithJsonSchema({"anyOf": [*KINDS, {"type": "array", "items": {}}]})]


class Event(Section):
    """Something that happens once in a run, or not at all: it sets parameters, reprices stock, or both."""

    name: str = identifier("Name, unique among the events.")
    month: int = quantity("month", "When it happens; 0 if `hazard` says so.", low=0, high=1200)
    hazard: float = quantity("a year", "Rate at which it happens, once; 0 if `month` says when.", low=0, high=120)
    set: dict[str, Value] = quantity("", "For each parameter that changes: its path, and the new value.")
    reprice: dict[str, Annotated[float, Field(ge=0.001, le=1000)]] = quantity(
        "factor", "For each lab whose stock is repriced: its name, and the factor."
    )

    @model_validator(mode="after")
    def _happens_somehow(self) -> Event:
        if (self.month > 0) == (self.hazard > 0.0):
            saying = "both say" if self.month else "neither says"
            raise MisfitsError([Misfit((), f"needs either a month or a hazard; {saying} when it happens")])
        if not self.set and not self.reprice:
            raise MisfitsError([Misfit((), "changes nothing; it needs `set`, `reprice` or both")])
        return self
