"""Short names for scenarios that stand beside one another: their titles, and where several share one, what differs."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import pairwise

from talentmarket.scenario.places.differences import Change, changes
from talentmarket.scenario.places.labels import LATER, OF_EVERY, that_count, told
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.scenario import TEXTS
from talentmarket.scenario.text.paths import path_text, split_path
from talentmarket.scenario.text.wording import as_written
from talentmarket.scenario.writing.dumping import dumps

LONGEST = 48
LONGEST_VALUE = 20
GONE = "nothing"  # what `changes` calls the value of what is not there
LISTS = ("labs", "campaigns", "tiers", "events")


def told_apart(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """A name for each scenario: its title, or what differs from the first with that title, such as `top.total 150`.

    Scenarios that differ in nothing keep the title that they share.
    """
    found = []
    for scenario in scenarios:
        family = [each for each in scenarios if _related(each.title, scenario.title)]
        if as_titled := _as_titled(family):
            found.append(as_titled[next(place for place, each in enumerate(family) if each is scenario)])
            continue
        origin = min(family, key=lambda each: len(each.title))
        if scenario is origin and len(family) > 1 and len(scenario.title) > LONGEST:
            origin = next((each for each in family if each is not scenario), scenario)
        found.append(scenario.title if scenario is origin else _difference(origin, scenario) or scenario.title)
    return tuple(found)


def _related(one: str, other: str) -> bool:
    """Whether two titles are one title, changed or not."""
    return one.partition(LATER)[0] == other.partition(LATER)[0]


def _as_titled(family: Sequence[Scenario]) -> list[str]:
    """What the titles of several scenarios say was changed, where one says so of a whole list and all in few words; else empty.

    These are told against the scenario that they were changed from, which need not be among them.
    """
    said = [each.title.partition(LATER)[2] or each.title for each in family]
    fit = len({*said}) == len(said) > 1 and all(len(each) <= LONGEST for each in said)
    return said if fit and any(OF_EVERY in each for each in said) else []


def _difference(origin: Scenario, scenario: Scenario) -> str:
    """What a scenario has otherwise, as far as there is room, and how much more there is; empty if it is nothing."""
    before, now = (tomllib.loads(dumps(each)) for each in (origin, scenario))
    found = [each for each in that_count(changes(before, now)) if split_path(each.path)[0] not in TEXTS]
    short = [_short(each) for each in found]
    said = [_said(each) if short.count(_short(each)) == 1 else f"{each.path} {told(each.new)}" for each in found]
    for kept in range(len(said), 1, -1):
        more = f" and {len(said) - kept} more" if kept < len(said) else ""
        if len(text := ", ".join(said[:kept]) + more) <= LONGEST:
            return text
    return said[0] + (f" and {len(said) - 1} more" if len(said) > 1 else "") if said else ""


def _said(change: Change) -> str:
    """A key with its value; what is new, gone, or too long to be written by its name alone."""
    if change.new == GONE:
        return f"no {_short(change)}"
    by_name = change.new == as_written({}) or len(change.new) > LONGEST_VALUE
    return _short(change) if by_name else f"{_short(change)} {told(change.new)}"


def _short(change: Change) -> str:
    """The key of a path, behind the list item that it belongs to; a list item that is new by its name."""
    *before, key = split_path(change.path)
    if before and before[-1] in LISTS:
        return key
    items = [name for kind, name in pairwise(before) if kind in LISTS]
    return path_text((*items[-1:], key))
