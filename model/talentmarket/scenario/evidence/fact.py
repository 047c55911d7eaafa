"""The records of `seeds/`: a fact, and what a parameter rests on."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from talentmarket.scenario.schema.quantity import Section, text

Row = dict[str, float | str]
Relation = Literal["equal", "at least", "at most", "about", "between", "claim"]
Basis = Literal["article", "published", "fitted", "assumed", "design"]
Texts = Annotated[tuple[str, ...], Field(strict=False)]


class Fact(Section):
    """A statement of the article or of a publication: what it says, who claims it, where, and how sure it is.

    `value` is a number, an interval for "between", a word of the scenario files, the rows of a table (each with a
    `value` and what it holds for), or empty for a "claim". The `tolerance` of an "about" is in the unit of the value.
    """

    id: str = text("Its key in the file.", longest=40)
    collection: Literal["article", "published", "own"]
    says: str = text("What is stated, in one sentence.")
    value: (
        float
        | str
        | Annotated[tuple[float, float], Field(strict=False)]
        | Annotated[tuple[Row, ...], Field(strict=False)]
    ) = ()
    unit: str = ""
    relation: Relation
    tolerance: float = Field(default=0.0, ge=0)
    claimed_by: str = text("Who says so.")
    where: str = text("Paragraph of the article, or part of the publication.")
    confidence: Literal["high", "medium", "low"]
    caveat: str = text("Contradictions, ambiguities, and what the figure is not.")
    sets: Texts = ()
    outcomes: Texts = ()

    @model_validator(mode="after")
    def _value_fits_relation(self) -> Fact:
        if (self.relation == "claim") != (self.value == ()):
            raise ValueError("a claim has no value, and everything else has one")
        if (self.relation == "about") != (self.tolerance > 0):
            raise ValueError("`tolerance` must be above 0 for the relation 'about', and missing for all others")
        if isinstance(self.value, str) and self.relation != "equal":
            raise ValueError("a word has the relation 'equal'")
        if (self.relation == "between") != bool(self._pair):
            raise ValueError("the relation 'between' goes with a value of [low, high], and with no other")
        if self._pair and not self._pair[0] < self._pair[1]:
            raise ValueError(f"[low, high] must rise, found {list(self._pair)}")
        if any("value" not in row for row in self.rows):
            raise ValueError("each row of a table needs a `value`")
        return self

    @property
    def _pair(self) -> tuple[float, ...]:
        """Both ends of an interval; empty for all other facts."""
        if not isinstance(self.value, tuple):
            return ()
        return tuple(part for part in self.value if not isinstance(part, dict))

    @property
    def number(self) -> float:
        """The value of a fact that is one number; raises TypeError for all others."""
        if not isinstance(self.value, float | int):
            raise TypeError(f"the fact {self.id} is not one number but {self.value!r}")
        return self.value

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of a table; empty for all other facts."""
        if not isinstance(self.value, tuple):
            return ()
        return tuple(row for row in self.value if isinstance(row, dict))

    @property
    def allowed(self) -> tuple[float, float]:
        """Lowest and highest number that agrees with the fact; raises TypeError if it is no number or interval."""
        if self._pair:
            return self._pair[0], self._pair[1]
        low = -math.inf if self.relation == "at most" else self.number - self.tolerance
        high = math.inf if self.relation == "at least" else self.number + self.tolerance
        return low, high

    @property
    def value_text(self) -> str:
        """The value with its relation and unit, as people read it; a claim is just that."""
        if self.relation == "claim":
            return "claim"
        if isinstance(self.value, str):
            return self.value
        if self.rows:
            return f"{len(self.rows)} rows, ± {self.tolerance:g} {self.unit}"
        if self._pair:
            return f"{self._pair[0]:g} to {self._pair[1]:g} {self.unit}"
        relation = {"equal": "", "about": ""}.get(self.relation, f"{self.relation} ")
        margin = f" ± {self.tolerance:g}" if self.tolerance else ""
        return f"{relation}{self.number:,.10g}{margin} {self.unit}"


class Plausible(Section):
    """The range in which a parameter could lie, given what it rests on.

    `log`: equal ratios have equal weight. `factor`: the range multiplies what a scenario has, for what differs from lab to
    lab or from tier to tier. `note`: where its ends come from.
    """

    low: float
    high: float
    log: bool = False
    factor: bool = False
    note: str = text("Where the ends come from.")

    @model_validator(mode="after")
    def _range_rises(self) -> Plausible:
        if not self.low < self.high:
            raise ValueError(f"low must be below high, found {self.low:g} and {self.high:g}")
        if self.log and not self.low > 0.0:
            raise ValueError(f"a range of ratios (log) must begin above 0, found {self.low:g}")
        return self


class Parameter(Section):
    """What a parameter of the scenario files rests on."""

    path: str = text("Path of the parameter, `*` standing for any item of a list.", longest=200)
    basis: Basis
    facts: Texts = ()
    note: str = text("Why this value, what it was fitted to, or what another value would change.")
    plausible: Plausible | None = None
