"""The whole of a scenario, and the rules that hold between its parts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from talentmarket.scenario.schema.agreement import MisfitsError, scenario_misfits
from talentmarket.scenario.schema.campaigns import Campaign
from talentmarket.scenario.schema.choice import Choice, Contacts, Risk
from talentmarket.scenario.schema.culture import Culture
from talentmarket.scenario.schema.events import Event
from talentmarket.scenario.schema.labs import Lab
from talentmarket.scenario.schema.output import Output
from talentmarket.scenario.schema.population import Population
from talentmarket.scenario.schema.quantity import Section, line, quantity, text
from talentmarket.scenario.schema.transfer import Transfer


class Run(Section):
    """How long and how often."""

    months: int = quantity("months", "Length of a run.", low=1, high=1200)
    replicates: int = quantity(
        "runs", "Number of replicates unless the command line says otherwise.", low=1, high=1_000_000
    )
    seed: int = quantity("", "Seed of all chance; one seed shows two scenarios the same shocks.", low=0, high=2**32 - 1)
    moves: Literal["all", "between_labs", "none"] = quantity(
        "", "Which moves are written out one by one: all, those between labs, or none."
    )


class Scenario(Section):
    """A complete, checked scenario; what a scenario file becomes once read."""

    title: str = line("Title in tables and plots.", longest=120)
    question: str = line("The question that the scenario answers, in one line.", longest=200)
    description: str = text("What is assumed, in a few sentences.")
    run: Run
    population: Population
    choice: Choice
    risk: Risk
    contacts: Contacts
    culture: Culture
    output: Output
    transfer: Transfer
    labs: Annotated[tuple[Lab, ...], Field(strict=False, min_length=2, max_length=64)]
    campaigns: Annotated[tuple[Campaign, ...], Field(strict=False, max_length=64)]
    events: Annotated[tuple[Event, ...], Field(strict=False, max_length=64)]
    sources: dict[str, str] = Field(description="For a value that rests on a fact: its path, and the id of the fact.")

    @model_validator(mode="after")
    def _parts_agree(self) -> Scenario:
        from talentmarket.scenario.events import event_misfits

        misfits = tuple(
            scenario_misfits(self.model_dump(include={"population", "transfer", "labs", "campaigns", "events"}))
        )
        misfits = misfits or tuple(event_misfits(self))
        if misfits:
            raise MisfitsError(misfits)
        return self

    @property
    def researchers(self) -> int:
        """Number of researchers in a run."""
        return sum(round(lab.headcount * self.population.scale) for lab in self.labs)
