"""The whole of a scenario, the rules that hold between its parts, and what an event leaves of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from talentmarket.errors import InputError
from talentmarket.scenario.schema.agreement import Misfit, MisfitsError, scenario_misfits
from talentmarket.scenario.schema.campaigns import Campaign
from talentmarket.scenario.schema.choice import Choice, Contacts, Risk
from talentmarket.scenario.schema.culture import Culture, Output
from talentmarket.scenario.schema.events import Event
from talentmarket.scenario.schema.labs import Lab
from talentmarket.scenario.schema.locating import child, field_at, fields_of, locate, schema_of
from talentmarket.scenario.schema.population import Population
from talentmarket.scenario.schema.quantity import Section, line, quantity, text
from talentmarket.scenario.schema.transfer import Transfer
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.positions import Steps


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
    sources: dict[str, str] = quantity("", "For a value that rests on a fact: its path, and the id of the fact.")

    @model_validator(mode="after")
    def _parts_agree(self) -> Scenario:
        misfits = tuple(
            scenario_misfits(self.model_dump(include={"population", "transfer", "labs", "campaigns", "events"}))
        )
        misfits = misfits or tuple(_event_misfits(self))
        if misfits:
            raise MisfitsError(misfits)
        return self

    @property
    def researchers(self) -> int:
        """Number of researchers in a run."""
        return sum(round(lab.headcount * self.population.scale) for lab in self.labs)


def after(scenario: Scenario, event: Event) -> Scenario:
    """A scenario with the parameters that an event sets, and without events.

    Raises
    ------
    InputError
        If a path leads nowhere.
    ValidationError
        If a value is not allowed.
    """
    document: Any = {**scenario.model_dump(), "events": []}
    for path, value in event.set.items():
        *table, key = locate(split_path(path), schema_of(Scenario), document)
        reduce(child, table, document)[key] = value
    return Scenario.model_validate(document)


def _event_misfits(scenario: Scenario) -> Iterator[Misfit]:
    """What is wrong with the events of a scenario whose other parts are right."""
    labs = tuple(lab.name for lab in scenario.labs)
    for number, event in enumerate(scenario.events):
        for lab in event.reprice:
            if lab not in labs:
                yield Misfit(("events", number, "reprice", lab), "is no lab of this scenario", lab, labs)
        for path, value in event.set.items():
            if problem := _problem(scenario, event, path, value):
                yield Misfit(("events", number, "set", path), problem)


def _problem(scenario: Scenario, event: Event, path: str, value: Any) -> str:
    """Why an event cannot set a value; empty if it can."""
    try:
        steps = locate(split_path(path), schema_of(Scenario), scenario)
        if not field_at(schema_of(Scenario), steps).get("settable"):
            return f"cannot change within a run; what can is {_settable_beside(steps)}"
        after(scenario, event.model_copy(update={"set": {path: value}}))
    except InputError as error:
        return f"names nothing that can be set: {error}"
    except ValidationError as error:
        message = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        return f"is {value!r}, which is not allowed: {message[0].lower()}{message[1:]}"
    return ""


def _settable_beside(steps: Steps) -> str:
    """The parameters of the same table that events may set, or the tables in which there are any."""
    table = ".".join("*" if isinstance(step, int) else step for step in steps[:-1])
    settable = [path for path, field in fields_of(Scenario).items() if field.get("settable")]
    beside = [path for path in settable if path.rpartition(".")[0] == table]
    return ", ".join(beside) or f"in {', '.join(dict.fromkeys(path.rpartition('.')[0] for path in settable))}"
