"""Checks `[defaults]`: what every lab, campaign, tier and event is unless its own table says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from talentmarket.scenario.places.locating import inside
from talentmarket.scenario.reading.fields import DEFAULTS, default_field, file_schema
from talentmarket.scenario.reading.problems import Problem, described, unknown_key, wrong_value
from talentmarket.scenario.schema import Campaign, Event, Lab, Tier
from talentmarket.scenario.text.tree import Node, plain

_KINDS: dict[str, type[Lab] | type[Campaign] | type[Tier] | type[Event]] = {
    "lab": Lab,
    "campaign": Campaign,
    "tier": Tier,
    "event": Event,
}


def without_misshapen_defaults(tree: Node) -> tuple[Node, list[Problem]]:
    """A tree whose defaults are tables or gone, so that one mistake there is told once and not of every lab."""
    if "defaults" not in tree.table:
        return tree, []
    defaults = tree.table["defaults"]
    if not isinstance(defaults.value, dict):
        return tree.without("defaults"), [wrong_value(defaults, inside(file_schema(), "defaults"))]
    unknown = [key for key in defaults.table if key not in DEFAULTS]
    no_table = [key for key in DEFAULTS if key in defaults.table and not isinstance(defaults.table[key].value, dict)]
    problems = [
        *(unknown_key(defaults.table[key], DEFAULTS) for key in unknown),
        *(wrong_value(defaults.table[key], default_field(key)) for key in no_table),
    ]
    return tree.with_value({**tree.table, "defaults": defaults.without(*unknown, *no_table)}), problems


def default_problems(tree: Node) -> Iterator[Problem]:
    """What is wrong with the values in `[defaults]`, also in those of which nothing makes use."""
    for kind, table in tree.table["defaults"].table.items() if "defaults" in tree.table else ():
        if "name" in table.table:
            yield unknown_key(table.table["name"], ())
        try:
            _KINDS[kind].model_validate(plain(table.without("name")))
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            yield from described(
                (detail for detail in details if detail["type"] != "missing"), table, default_field(kind)
            )
