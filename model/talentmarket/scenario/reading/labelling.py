"""Makes title and description of a scenario true: values that were changed after they were written are named in them."""

from __future__ import annotations

from collections.abc import Sequence

from talentmarket.scenario.reading.chain import ScenarioFile
from talentmarket.scenario.reading.differences import Change, changes
from talentmarket.scenario.reading.layers import laid_over
from talentmarket.scenario.reading.merging import with_defaults
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.locating import fields_of
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path
from talentmarket.scenario.text.syntax import Parsed
from talentmarket.scenario.text.tree import Node, plain

LONGEST = {
    "title": fields_of(Scenario)["title"]["maxLength"],
    "description": fields_of(Scenario)["description"]["maxLength"],
}
BARE = ("share", "factor", "scale", "yes or no")  # units that are none
WORDS = ("title", "question", "description", "sources", "defaults")
# What changes no market: how often it is run, by which chance, what is written of it and how it looks.
NO_CHANGE = ("run.replicates", "run.seed", "run.moves", "run.month_0", "labs.*.colour")
NOTHING: dict[str, list[object]] = {"campaigns": [], "events": []}
AFTERWARDS = " Before that change it was described so: "

Chain = Sequence[tuple[ScenarioFile, Parsed]]


def labelled(scenario: Scenario, tree: Node, chain: Chain) -> Scenario:
    """The scenario with a title and a description that say what was changed on top of them.

    Parameters
    ----------
    scenario
        What the tree became.
    tree
        All layers, complete with defaults: files first, then overrides.
    chain
        The files, base first.
    """
    since_title, since_description = (_changed_since(tree, key, chain) for key in ("title", "description"))
    words = {}
    if since_title:
        words["title"] = _title(scenario, since_title)
    if since_description:
        words["description"] = _description(scenario, since_description)
    return scenario.model_copy(update=words) if words else scenario


def _changed_since(tree: Node, key: str, chain: Chain) -> list[Change]:
    """What differs from the layers up to the one in which a text was written."""
    layer = tree.table[key].place.layer
    if layer >= len(chain) or not any(_later(child, layer) for name, child in tree.table.items() if name not in WORDS):
        return []
    before = with_defaults(laid_over(chain[: layer + 1])[0])
    found = changes({**NOTHING, **plain(before.without(*WORDS))}, plain(tree.without(*WORDS)))
    return [each for each in found if not any(pattern_fits(pattern, each.path) for pattern in NO_CHANGE)]


def _later(node: Node, layer: int) -> bool:
    """Whether anything in a tree was written after a layer."""
    children = [*node.table.values(), *node.items]
    return any(_later(child, layer) for child in children) if children else node.place.layer > layer


def _title(scenario: Scenario, found: Sequence[Change]) -> str:
    """The title with what was changed, as far as there is room; else with their number."""
    named = [
        ", ".join(
            f"{_short(scenario, each.path)} {_amount(each.path, each.new)} instead of {_amount('', each.old)}"
            for each in found
        ),
        ", ".join(f"{_short(scenario, each.path)} {_amount(each.path, each.new)}" for each in found),
        "one parameter changed" if len(found) == 1 else f"{len(found):,} parameters changed",
    ]
    titles = [f"{scenario.title}, with {each}" for each in named]
    room = LONGEST["title"]
    return next((title for title in titles if len(title) <= room), f"{scenario.title[: room - 11]}…, changed")


def _description(scenario: Scenario, found: Sequence[Change]) -> str:
    """The description behind a list of what it does not hold for."""
    own = " ".join(scenario.description.split())
    listed = "; ".join(
        f"{each.path} is {_amount(each.path, each.new)} instead of {_amount('', each.old)}" for each in found
    )
    room = LONGEST["description"] - len(AFTERWARDS) - len(own) - len("Changed: .")
    if len(listed) > room:
        listed = f"{listed[: max(room - 1, 0)]}…"
    return f"Changed: {listed}.{AFTERWARDS}{own}"[: LONGEST["description"]]


def _short(scenario: Scenario, path: str) -> str:
    """A path without its campaign if there is only one."""
    parts = split_path(path)
    alone = parts[0] == "campaigns" and len(scenario.campaigns) == 1 and len(parts) > 2
    return path_text(parts[2:]) if alone else path


def _amount(path: str, value: str) -> str:
    """A value with the unit of its parameter, if that is an amount of something."""
    units = (
        field.get("unit", "") for pattern, field in fields_of(Scenario).items() if path and pattern_fits(pattern, path)
    )
    unit = next(units, "")
    whole = value.removesuffix(".0")
    return f"{whole} {unit}" if unit and unit not in BARE else whole
