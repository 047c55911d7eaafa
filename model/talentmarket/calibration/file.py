"""What a calibration file says: which parameters are free, in which markets, to meet which figures."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field, PrivateAttr

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.fact import Fact
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.schema.quantity import Section, identifier, quantity, text


class Free(Section):
    """The range of a parameter, and where the search begins."""

    low: float = quantity("", "Lowest value.")
    high: float = quantity("", "Highest value.")
    start: float = quantity("", "Value at which the first search begins.")
    log: bool = Field(default=False, description="Whether it is searched by its logarithm.")


class Market(Section):
    """A scenario that is run at every point."""

    name: str = identifier("A shipped scenario, or the path of a file.")
    set: dict[str, Any] = Field(default={}, description="Values laid over it, by path.")


class Target(Section):
    """A figure that the model is to meet: a measure, its difference between two scenarios, or a ratio of flows."""

    name: str = text("What it is, for tables.", longest=80)
    scenario: str = identifier("The scenario in which it is measured.")
    measure: str = Field(
        description="A summary measure, or `flows` for moves from the first to the second for one back."
    )
    of: str | Annotated[tuple[str, str], Field(strict=False)] = Field(
        default="", description="The lab or campaign of the measure; the two labs of `flows`."
    )
    less: str = Field(default="", description="A scenario whose value is taken off.")
    fact: str = Field(default="", description="The fact of seeds/ that says so.")
    value: float | None = Field(default=None, description="The figure, in place of the one of the fact.")
    tolerance: float | None = Field(
        default=None, gt=0, description="What counts as one off, in the unit of the figure."
    )
    source: str = Field(default="", description="Who says so, where it is no fact of seeds/.")
    _place: str = PrivateAttr("")

    @property
    def where(self) -> str:
        """File and line, if it was read from one, and its name, as messages begin."""
        return f"{self._place}target {self.name!r}"

    def figure(self) -> tuple[float, float]:
        """Value and tolerance; those of the fact are its value and tolerance, or middle and half of its interval.

        Raises
        ------
        InputError
            If neither the file nor the fact says one of them.
        """
        value, tolerance = self.value, self.tolerance
        if self.fact:
            known = self._fact()
            low, high = known.allowed if known.relation in ("about", "between") else (known.number, known.number)
            value = (low + high) / 2.0 if value is None else value
            tolerance = (high - low) / 2.0 or None if tolerance is None else tolerance
        if value is None or tolerance is None:
            raise InputError(f"{self.where}: needs a value and a tolerance, or a fact of seeds/ that has both")
        if not (self.fact or self.source):
            raise InputError(f"{self.where}: needs a `fact` of seeds/ or a `source`")
        return value, tolerance

    def _fact(self) -> Fact:
        try:
            return fact(self.fact)
        except InputError as error:
            raise InputError(f"{self.where}: {error}") from None


class Fit(Section):
    """How much is simulated at each point."""

    replicates: int = quantity("", "Replicates of each scenario.", low=2, high=100_000)
    months: int = quantity("months", "Length of the runs, unless a scenario sets its own.", low=1, high=1200)
    seed: int = quantity("", "The same at every point: all see the same shocks.", low=0, high=2**32 - 1)
    starts: int = quantity(
        "", "Searches: the first from `start`, the others from points spread over the ranges.", low=1, high=100
    )
    evaluations: int = quantity("", "Most points of a search, steps of the derivatives apart.", low=1, high=10_000)
    step: float = quantity("share", "Step of the forward differences, as a share of the range.", low=0.001, high=0.5)


class Asked(Section):
    """What the report of a fit is to say beyond standard errors."""

    profile: int = quantity("", "Parameters whose profile is found, the weakest first; 0 for none.", low=0, high=100)
    steps: int = quantity("", "Steps of a profile to either side, each half a standard error.", low=1, high=50)
    evaluations: int = quantity("", "Most points of the search at each step.", low=1, high=1000)


class Calibration(Section):
    """Free parameters by path, the scenarios that are run, and the targets."""

    title: str = text("A title.")
    parameters: dict[str, Free] = Field(min_length=1, description="Free parameters, by path.")
    scenarios: Annotated[tuple[Market, ...], Field(strict=False, min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(strict=False, min_length=1)]
    fit: Fit
    identification: Asked = Asked(profile=0, steps=8, evaluations=8)

    @property
    def figures(self) -> tuple[np.ndarray, np.ndarray]:
        """Values and tolerances of the targets (T,)."""
        values, tolerances = np.array([target.figure() for target in self.targets]).T
        return values, tolerances
