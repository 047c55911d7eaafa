"""Titles and descriptions that name what was changed after they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from talentmarket.scenario.places.differences import Change
from talentmarket.scenario.places.locating import Field
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path

BARE = ("share", "factor", "scale", "yes or no")  # units that are none
# What changes no market: how often it is run, by which chance, what is written of it and how it looks.
NO_CHANGE = ("run.replicates", "run.seed", "run.moves", "run.month_0", "labs.*.colour")
AFTERWARDS = " Before that change it was described so: "


def that_count(found: Sequence[Change]) -> list[Change]:
    """Those changes that change a market."""
    return [each for each in found if not any(pattern_fits(pattern, each.path) for pattern in NO_CHANGE)]


def title_with(scenario: Any, found: Sequence[Change], fields: Mapping[str, Field]) -> str:
    """The title of a scenario with what was changed, as far as there is room; else with their number."""
    named = [
        ", ".join(
            f"{_short(scenario, each.path)} {_amount(each.path, each.new, fields)} instead of {_amount('', each.old, fields)}"
            for each in found
        ),
        ", ".join(f"{_short(scenario, each.path)} {_amount(each.path, each.new, fields)}" for each in found),
        "one parameter changed" if len(found) == 1 else f"{len(found):,} parameters changed",
    ]
    titles = [f"{scenario.title}, with {each}" for each in named]
    room = fields["title"]["maxLength"]
    return next((title for title in titles if len(title) <= room), f"{scenario.title[: room - 11]}…, changed")


def description_with(scenario: Any, found: Sequence[Change], fields: Mapping[str, Field]) -> str:
    """The description of a scenario behind a list of what it does not hold for."""
    own = " ".join(scenario.description.split())
    listed = "; ".join(
        f"{each.path} is {_amount(each.path, each.new, fields)} instead of {_amount('', each.old, fields)}"
        for each in found
    )
    room = fields["description"]["maxLength"] - len(AFTERWARDS) - len(own) - len("Changed: .")
    if len(listed) > room:
        listed = f"{listed[: max(room - 1, 0)]}…"
    return f"Changed: {listed}.{AFTERWARDS}{own}"[: fields["description"]["maxLength"]]


def _short(scenario: Any, path: str) -> str:
    """A path without its campaign if there is only one."""
    parts = split_path(path)
    alone = parts[0] == "campaigns" and len(scenario.campaigns) == 1 and len(parts) > 2
    return path_text(parts[2:]) if alone else path


def _amount(path: str, value: str, fields: Mapping[str, Field]) -> str:
    """A value with the unit of its parameter, if that is an amount of something."""
    units = (field.get("unit", "") for pattern, field in fields.items() if path and pattern_fits(pattern, path))
    unit = next(units, "")
    whole = value.removesuffix(".0")
    return f"{whole} {unit}" if unit and unit not in BARE else whole
