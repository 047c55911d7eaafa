"""Settings of a scenario that have no effect, in words: those that differ from what is usual and yet cannot act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, reduce
from typing import Any

from pydantic import BaseModel

from talentmarket.errors import InputError
from talentmarket.scenario.inactive.rules import holds_stock, inactive, last_month
from talentmarket.scenario.places.locating import child, field_at, locate, schema_of, value_at
from talentmarket.scenario.reading.chain import BASELINE, read_chain, shipped_file
from talentmarket.scenario.reading.fields import DEFAULTS
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Event, Scenario, states
from talentmarket.scenario.text.paths import path_text, split_path
from talentmarket.scenario.text.wording import as_written

# What of a campaign still acts on those it has asked when it asks nobody any more.
LASTING = ("start_work", "return_rate", "return_months")


def without_effect(scenario: Scenario) -> list[str]:
    """One line for each setting that cannot act: its path, its value, and why.

    A setting is a value that differs from that of the baseline, and is not what switches it off.
    """
    variants = _variants(scenario)
    always = _in_all(variants)
    return [*_settings(scenario, always), *_events(scenario, variants, always)]


def always_inactive(scenario: Scenario) -> dict[str, str]:
    """The path of every parameter, campaign and tier that cannot act in any month, and why ("because ...")."""
    return _in_all(_variants(scenario))


def _variants(scenario: Scenario) -> list[Scenario]:
    """The scenario, and what it has become after each event of its months."""
    happening = [event for event in scenario.events if event.month <= scenario.run.months]
    return states(scenario.model_copy(update={"events": tuple(happening)}))


def _in_all(variants: list[Scenario]) -> dict[str, str]:
    first, *others = [inactive(variant) for variant in variants]
    return {path: reason for path, reason in first.items() if all(path in each for each in others)}


def _settings(scenario: Scenario, reasons: Mapping[str, str]) -> Iterator[str]:
    for path, reason in reasons.items():
        value = value_at(scenario, path)
        if isinstance(value, BaseModel):
            yield f"{path} has no effect {reason}"
        elif _is_set(scenario, path, value) and not _acts_elsewhere(scenario, path, value, reasons):
            yield f"{path} = {as_written(value)} has no effect {reason}"


def _is_set(scenario: Scenario, path: str, value: Any) -> bool:
    field = field_at(schema_of(Scenario), locate(split_path(path), schema_of(Scenario), scenario))
    return value != field.get("off") and value not in _usual(path)


def _usual(path: str) -> Iterator[Any]:
    """What a parameter is in the baseline, and in a lab, campaign or tier unless set."""
    with suppress(InputError):
        yield value_at(_baseline(), path)
    parts = split_path(path)
    for kind, start in DEFAULTS.items():
        if len(parts) > len(start) and all(step in (0, part) for step, part in zip(start, parts, strict=False)):
            yield reduce(child, parts[len(start) :], _defaults()[kind])


@cache
def _baseline() -> Scenario:
    return load(BASELINE)


@cache
def _defaults() -> Mapping[str, Mapping[str, Any]]:
    ((_, baseline),) = read_chain(shipped_file(BASELINE))
    return baseline.content["defaults"]


def _acts_elsewhere(scenario: Scenario, path: str, value: Any, reasons: Mapping[str, str]) -> bool:
    """Whether another lab has the same value and it acts there: then it was likely set for all of them."""
    kind, _, *rest = split_path(path)
    others = (path_text((kind, lab.name, *rest)) for lab in scenario.labs) if kind == "labs" else ()
    return any(other not in reasons and value_at(scenario, other) == value for other in others)


def _events(scenario: Scenario, variants: list[Scenario], reasons: Mapping[str, str]) -> Iterator[str]:
    for event in scenario.events:
        path = path_text(("events", event.name))
        if event.month > scenario.run.months:
            yield (
                f"{path} has no effect because it comes in month {event.month},"
                f" and the run ends with month {scenario.run.months}"
            )
            continue
        for target, value in event.set.items():
            if reason := reasons.get(target) or _why_not_set(scenario, event, target):
                yield f"{path_text(('events', event.name, 'set', target))} = {as_written(value)} has no effect {reason}"
        for lab, factor in event.reprice.items():
            if not any(holds_stock(each, variant) for variant in variants for each in variant.labs if each.name == lab):
                place = path_text(("events", event.name, "reprice", lab))
                yield f"{place} = {factor:g} has no effect because nobody is granted its stock"


def _why_not_set(scenario: Scenario, event: Event, path: str) -> str:
    """Why an event changes nothing by setting a parameter that acts; empty if it changes something."""
    if event.set[path] == value_at(scenario, path) and sum(path in each.set for each in scenario.events) == 1:
        return "because it is so already"
    for campaign in scenario.campaigns:
        ours = split_path(path)[:2] == ("campaigns", campaign.name) and split_path(path)[-1] not in LASTING
        if ours and event.month > (last := last_month(campaign, scenario)):
            return f"because the last month of asking is {last}"
    return ""
