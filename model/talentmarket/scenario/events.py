"""A scenario as an event leaves it, and what an event may change.

What a market is built from (people, head-counts, lists, packages already granted) cannot change within a run; what the
rules read every month can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from talentmarket.errors import InputError
from talentmarket.scenario.paths import pattern_fits, split_path, value_at
from talentmarket.scenario.schema.agreement import Misfit
from talentmarket.scenario.schema.events import Event
from talentmarket.scenario.schema.scenario import Scenario

CHANGEABLE = (
    "choice.*",
    "risk.*",
    "contacts.envious_search",
    "contacts.referral",
    "contacts.reach_outside",
    "contacts.candidates_per_vacancy",
    "culture.*",
    "output.talent_elasticity",
    "output.compute_elasticity",
    "output.portability",
    *(
        f"labs.*.{name}"
        for name in (
            "refill",
            "mission",
            "culture",
            "compute",
            "pay_level",
            "separation",
            "contact",
            "premium_mean",
            "premium_sigma",
        )
    ),
    "labs.*.posting.*",
    "labs.*.stock.*",
    "transfer.fee_years_of_pay",
    "transfer.fee_share",
    "transfer.borne_by",
    "transfer.solidarity",
    *(
        f"labs.*.response.{name}"
        for name in (
            "counter_to",
            "detection",
            "counter_share",
            "counter_cap",
            "counter_budget",
            "title",
            "fair_trigger",
            "fair_delay",
            "fair_levels",
            "fair_award",
            "fair_ratio",
            "fair_raise",
        )
    ),
    *(
        f"campaigns.*.{name}"
        for name in (
            "approaches_per_month",
            "engage",
            "offer",
            "start_work",
            "sweetener",
            "return_rate",
            "return_months",
            "max_offers",
            "max_hires",
            "budget",
            "next_trend",
        )
    ),
)


def after(scenario: Scenario, event: Event) -> Scenario:
    """A scenario with the parameters that an event sets, and without events.

    Raises
    ------
    InputError
        If a path leads nowhere.
    ValidationError
        If a value is not allowed.
    """
    document = {**scenario.model_dump(), "events": []}
    for path, value in event.set.items():
        value_at(scenario, path)
        _put(document, split_path(path), value)
    return Scenario.model_validate(document)


def _put(document: Any, parts: tuple[str, ...], value: Any) -> None:
    for part in parts[:-1]:
        named = isinstance(document, list | tuple)
        document = next(item for item in document if item["name"] == part) if named else document[part]
    document[parts[-1]] = value


def event_misfits(scenario: Scenario) -> Iterator[Misfit]:
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
        value_at(scenario, path)
        if not any(pattern_fits(pattern, path) for pattern in CHANGEABLE):
            return f"cannot change within a run; {_what_can(path)}"
        after(scenario, event.model_copy(update={"set": {path: value}}))
    except InputError as error:
        return f"names nothing that can be set: {error}"
    except ValidationError as error:
        said = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        return f"is {value!r}, which is not allowed: {said[0].lower()}{said[1:]}"
    return ""


def _what_can(path: str) -> str:
    """The parameters of the same section that can change, or the sections in which any can."""
    section = split_path(path)[0]
    known = [pattern for pattern in CHANGEABLE if split_path(pattern)[0] == section]
    if not known:
        return f"what can is in {', '.join(dict.fromkeys(split_path(pattern)[0] for pattern in CHANGEABLE))}"
    return f"what can is {', '.join(known)}"
