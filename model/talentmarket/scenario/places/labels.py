"""Titles and descriptions that name what was changed after they were written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from talentmarket.scenario.places.differences import MISSING, Change, written
from talentmarket.scenario.places.gathering import FACTOR, gathered
from talentmarket.scenario.places.locating import Field
from talentmarket.scenario.places.patterns import ANY
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path

BARE = ("share", "factor", "scale", "yes or no")  # units that are none
# What changes no market: how often it is run, by which chance, what is written of it and how it looks.
NO_CHANGE = ("run.replicates", "run.seed", "run.moves", "run.month_0", "labs.*.colour")
FRACTION = re.compile(r"-?\d+\.\d+(e-?\d+)?")
DIGITS, LONGEST_FRACTION = 4, 8  # of a fraction with more characters than these, so many digits are told
OF_EVERY = " of every "
TABLE, NOTHING = written({}), written(MISSING)
CHANGED, LATER = "Changed: ", ", with "  # before what was changed, in a description and behind a title
COUNTED = re.compile(r"parameters? changed( more than once)?$")  # behind a title that does not say which
AFTERWARDS = " Before that change it was described so: "


def that_count(found: Sequence[Change]) -> list[Change]:
    """Those changes that change a market."""
    return [each for each in found if not any(pattern_fits(pattern, each.path) for pattern in NO_CHANGE)]


def title_with(scenario: Any, found: Sequence[Change], fields: Mapping[str, Field]) -> str:
    """The title of a scenario with what was changed, as far as there is room; else with their number.

    Of a scenario that had been changed before, only that: each change would be told against another one.
    """
    room = fields["title"]["maxLength"]
    if scenario.description.startswith(CHANGED) and LATER in scenario.title:
        return f"{scenario.title.partition(LATER)[0]}{LATER}parameters changed more than once"[:room]
    told_together = gathered(found, scenario)
    named = [
        ", ".join(f"{_new(scenario, each, fields)}{_instead(each)}" for each in told_together),
        ", ".join(_new(scenario, each, fields) for each in told_together),
        "one parameter changed" if len(found) == 1 else f"{len(found):,} parameters changed",
    ]
    titles = [f"{scenario.title}{LATER}{each}" for each in named]
    return next((title for title in titles if len(title) <= room), f"{scenario.title[: room - 11]}…, changed")


def description_with(scenario: Any, found: Sequence[Change], fields: Mapping[str, Field]) -> str:
    """The description of a scenario behind a list of what it does not hold for."""
    own = " ".join(scenario.description.split())
    listed = "; ".join(
        f"{each.path} {_is_there(each) or f'is {_amount(each.path, each.new, fields)}{_instead(each)}'}"
        for each in found
    )
    room = fields["description"]["maxLength"] - len(AFTERWARDS) - len(own) - len(CHANGED) - 1
    if len(listed) > room:
        listed = f"{listed[: max(room - 1, 0)]}…"
    return f"{CHANGED}{listed}.{AFTERWARDS}{own}"[: fields["description"]["maxLength"]]


def _is_there(change: Change) -> str:
    """Whether a whole table, such as a lab, was added or left out; empty if it is a value that changed."""
    return {(NOTHING, TABLE): "added", (TABLE, NOTHING): "left out"}.get((change.old, change.new), "")


def _new(scenario: Any, change: Change, fields: Mapping[str, Field]) -> str:
    return f"{_short(scenario, change.path)} {_is_there(change) or _amount(change.path, change.new, fields)}"


def _instead(change: Change) -> str:
    """What a value is in place of; empty for places that had different ones."""
    return f" instead of {told(change.old)}" if change.old and not _is_there(change) else ""


def _short(scenario: Any, path: str) -> str:
    """A path without its campaign if there is only one; that of a whole list in words: `total of every tier`."""
    parts = split_path(path)
    if ANY in parts:
        last = len(parts) - parts[::-1].index(ANY)
        return f"{path_text(parts[last:])}{OF_EVERY}{parts[last - 2].removesuffix('s')}"
    alone = parts[0] == "campaigns" and len(scenario.campaigns) == 1 and len(parts) > 2
    return path_text(parts[2:]) if alone else path


def _amount(path: str, value: str, fields: Mapping[str, Field]) -> str:
    """A value with the unit of its parameter, if that is an amount of something and the parameter's name does not say it."""
    unit = next((field.get("unit", "") for pattern, field in fields.items() if pattern_fits(pattern, path)), "")
    bare = not unit or unit in BARE or value.startswith(FACTOR) or unit in split_path(path)[-1].split("_")
    return told(value) if bare else f"{told(value)} {unit}"


def told(value: str) -> str:
    """A number as words take it: a whole one without its point, and of one that was drawn by chance the first digits."""
    if len(value) <= LONGEST_FRACTION or not FRACTION.fullmatch(value):
        return value.removesuffix(".0")
    number = float(value)
    return f"{number:.{DIGITS}g}" if abs(number) < 10.0**DIGITS else f"{number:.0f}"
