"""The whole of a scenario, the rules that hold between its parts, and what an event leaves of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.places.differences import changes
from talentmarket.scenario.places.labels import description_with, that_count, title_with
from talentmarket.scenario.places.locating import child, field_at, fields_of, locate, name_of, schema_of
from talentmarket.scenario.places.patterns import spelled_out
from talentmarket.scenario.schema.agreement import Misfit, MisfitsError, scenario_misfits
from talentmarket.scenario.schema.campaigns import Campaign
from talentmarket.scenario.schema.choice import Choice, Contacts, Risk
from talentmarket.scenario.schema.culture import Culture, Output
from talentmarket.scenario.schema.events import Event
from talentmarket.scenario.schema.facts import OwnFact
from talentmarket.scenario.schema.labs import Lab
from talentmarket.scenario.schema.named import Named
from talentmarket.scenario.schema.population import Population
from talentmarket.scenario.schema.quantity import Section, line, pattern, quantity, text
from talentmarket.scenario.schema.transfer import Transfer
from talentmarket.scenario.text.paths import path_text, split_path
from talentmarket.scenario.text.positions import Steps
from talentmarket.scenario.text.wording import as_written, nearest

TEXTS = ("title", "question", "description", "sources", "facts")  # what is said of a scenario


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
    month_0: str = pattern(
        "The calendar month of month 0, so that texts and pictures can give dates; empty for none.",
        'a year and a month such as "2025-04", or ""',
        r"[1-9]\d{3}-(0[1-9]|1[0-2])",
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
    labs: Annotated[tuple[Lab, ...], Field(strict=False, min_length=2, max_length=64), AfterValidator(Named)]
    campaigns: Annotated[tuple[Campaign, ...], Field(strict=False, max_length=64), AfterValidator(Named)]
    events: Annotated[tuple[Event, ...], Field(strict=False, max_length=64), AfterValidator(Named)]
    sources: dict[str, str] = quantity("", "For a value that rests on a fact: its path, and the id of the fact.")
    facts: dict[str, OwnFact] = Field(
        default_factory=dict, description="Facts of one's own that values rest on, by id; `facts.toml` may hold them."
    )

    @model_validator(mode="after")
    def _parts_agree(self) -> Scenario:
        misfits = tuple(
            scenario_misfits(self.model_dump(include={"population", "transfer", "labs", "campaigns", "events"}))
        )
        misfits = misfits or tuple(_event_misfits(self)) or tuple(_sequence_misfits(self))
        if misfits:
            raise MisfitsError(misfits)
        return self

    @property
    def researchers(self) -> int:
        """Number of researchers in a run."""
        return sum(round(lab.headcount * self.population.scale) for lab in self.labs)

    def changed(self, values: Mapping[str, Any]) -> Scenario:
        """The scenario with other values, by their paths, as `--set` writes them; a table is laid over the one there.

        `*` stands for every item of a list, and `"x0.5"` for half of the number that is there.

        The source of a value that changes is dropped: it is claimed only for the value it supports.

        Raises
        ------
        ScenarioError
            If a path leads nowhere, a value is not allowed, or they do not fit together.
        """
        document: Any = self.model_dump()
        problems: list[str] = []
        paths: list[str] = []
        for path, value in _single_values(values):
            try:
                for each, own in spelled_out(path, value, schema_of(Scenario), document):
                    _put(document, locate(split_path(each), schema_of(Scenario), document), own)
                    paths.append(each)
            except InputError as error:
                problems.append(str(error))
        document["sources"] = {path: fact for path, fact in document["sources"].items() if path not in paths}
        if not problems:
            try:
                return self._labelled(Scenario.model_validate(document), paths)
            except ValidationError as error:
                problems = _in_words(error, document)
        raise ScenarioError(problems)

    def _labelled(self, changed: Scenario, paths: Sequence[str]) -> Scenario:
        """What this scenario was changed to, with a title and a description that say so, unless they were changed too."""
        before, after = (each.model_dump(mode="json", exclude=set(TEXTS)) for each in (self, changed))
        found = that_count(changes(before, after))
        if not found:
            return changed
        fields = fields_of(Scenario)
        words = {"title": title_with(self, found, fields), "description": description_with(self, found, fields)}
        return changed.model_copy(update={key: text for key, text in words.items() if key not in paths})

    def __repr__(self) -> str:
        """The scenario in two lines: what it is, and who raids whom."""
        size = f"{len(self.labs)} labs, {self.researchers:,} researchers, {self.run.months} months"
        raids = "; ".join(f"{each.name}: {each.lab} on {', '.join(each.targets)}" for each in self.campaigns)
        return f"Scenario({self.title!r}, {size}, {self.run.replicates} replicates, seed {self.run.seed})\n  " + (
            f"campaigns {raids}" if raids else "no campaign"
        )

    __str__ = __repr__


def in_order(events: Iterable[Event]) -> list[tuple[int, Event]]:
    """Events with their numbers: dated ones by month, then those at a hazard, whose months are drawn."""
    return sorted(enumerate(events), key=lambda numbered: numbered[1].month or math.inf)


def states(scenario: Scenario) -> list[Scenario]:
    """The scenario, and what it has become after each of its events; every value that an event sets stands in one of them."""
    passed = [scenario]
    for _, event in in_order(scenario.events):
        passed.append(after(passed[-1], event))
    return passed


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
        _put(document, locate(split_path(path), schema_of(Scenario), document), value)
    return Scenario.model_validate(document)


def _put(document: Any, steps: Steps, value: Any) -> None:
    *table, key = steps
    reduce(child, table, document)[key] = value


def _single_values(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Values by their whole paths, numbers of NumPy as plain ones."""
    if not isinstance(values, Mapping):
        raise InputError(f"changes are values by their paths, as in {{'choice.noise': 0.5}}, found {values!r:.70}")
    for path, value in values.items():
        if not isinstance(path, str):
            raise InputError(f"a path is text, as in 'choice.noise', found {path!r:.70}")
        if isinstance(value, Mapping):
            yield from _single_values(value, f"{above}{path}.")
        else:
            yield f"{above}{path}", value.tolist() if hasattr(value, "tolist") else value


def _in_words(error: ValidationError, document: Any) -> list[str]:
    """What is wrong with the values of a scenario, a line each."""
    lines: list[str] = []
    for each in error.errors(include_url=False):
        cause = each.get("ctx", {}).get("error")
        if isinstance(cause, MisfitsError):
            lines += [_misfit_line(misfit.inside(*each["loc"]), document) for misfit in cause.misfits]
        else:
            message = (
                each["msg"].removeprefix("Input should").removeprefix("Tuple should").removeprefix("String should")
            )
            lines.append(f"{_path_of(each['loc'], document)} is {as_written(each['input'])}, but must{message}")
    return lines


def _misfit_line(misfit: Misfit, document: Any) -> str:
    name = f" is {as_written(misfit.unknown)}, which" if misfit.unknown else ""
    hint = f"; {nearest(misfit.unknown, misfit.known)}" if misfit.unknown else ""
    return f"{_path_of(misfit.steps, document)}{name} {misfit.message}{hint}"


def _path_of(steps: Steps, document: Any) -> str:
    """The path that keys and numbers of list items lead along, items by their names."""
    parts: list[str] = []
    for step in steps:
        document = child(document, step)
        parts.append(name_of(document) or f"[{step + 1}]" if isinstance(step, int) else step)
    return path_text(parts)


def _event_misfits(scenario: Scenario) -> Iterator[Misfit]:
    """What is wrong with the events of a scenario whose other parts are right."""
    labs = tuple(lab.name for lab in scenario.labs)
    for number, event in enumerate(scenario.events):
        for lab in event.reprice:
            if lab not in labs:
                yield Misfit(("events", number, "reprice", lab), "is no lab of this scenario", lab, labs)
        for path in event.set:
            if problem := _unsettable(scenario, path):
                yield Misfit(("events", number, "set", path), problem)


def _sequence_misfits(scenario: Scenario) -> Iterator[Misfit]:
    """What is wrong with the first event that cannot happen: dated ones in their order, then those at a hazard.

    As their month is drawn, those at a hazard must also fit with the scenario as it begins.
    """
    present = scenario
    for number, event in in_order(scenario.events):
        for before in (present,) if event.month else (scenario, present):
            if problem := _refusal(before, event):
                yield from _setting_misfits(before, number, event, problem)
                return
        present = after(present, event)


def _setting_misfits(before: Scenario, number: int, event: Event, problem: str) -> Iterator[Misfit]:
    """Which of an event's values are wrong by themselves, or that they do not fit together."""
    place = ("events", number, "set")
    alone = {path: event.model_copy(update={"set": {path: value}}) for path, value in event.set.items()}
    wrong = {path: why for path, each in alone.items() if (why := _refusal(before, each))}
    for path, why in wrong.items():
        yield Misfit((*place, path), f"is {as_written(event.set[path])}, which is not allowed: {why}")
    if not wrong:
        yield Misfit(place, f"sets what does not fit together: {problem}")


def _unsettable(scenario: Scenario, path: str) -> str:
    """Why an event cannot set a parameter; empty if it can."""
    try:
        steps = locate(split_path(path), schema_of(Scenario), scenario)
    except InputError as error:
        return f"names nothing that can be set: {error}"
    if not field_at(schema_of(Scenario), steps).get("settable"):
        return f"cannot change within a run; what can is {_settable_beside(steps)}"
    return ""


def _refusal(scenario: Scenario, event: Event) -> str:
    """Why a scenario cannot become what an event makes of it; empty if it can."""
    try:
        after(scenario, event)
    except ValidationError as error:
        message = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        message = message.removeprefix("Value error, ")
        return f"{message[0].lower()}{message[1:]}"
    return ""


def _settable_beside(steps: Steps) -> str:
    """The parameters of the same table that events may set, or the tables in which there are any."""
    table = ".".join("*" if isinstance(step, int) else step for step in steps[:-1])
    settable = [path for path, field in fields_of(Scenario).items() if field.get("settable")]
    beside = [path for path in settable if path.rpartition(".")[0] == table]
    return ", ".join(beside) or f"in {', '.join(dict.fromkeys(path.rpartition('.')[0] for path in settable))}"
