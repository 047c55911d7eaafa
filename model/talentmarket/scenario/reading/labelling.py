"""Makes title and description of a scenario true: values that were changed after they were written are named in them."""

from __future__ import annotations

from collections.abc import Sequence

from talentmarket.scenario.places.differences import Change, changes
from talentmarket.scenario.places.labels import description_with, that_count, title_with
from talentmarket.scenario.places.locating import fields_of
from talentmarket.scenario.reading.chain import ScenarioFile
from talentmarket.scenario.reading.layers import laid_over
from talentmarket.scenario.reading.merging import with_defaults
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.scenario import TEXTS
from talentmarket.scenario.text.syntax import Parsed
from talentmarket.scenario.text.tree import Node, plain

WORDS = (*TEXTS, "defaults")
NOTHING: dict[str, list[object]] = {"campaigns": [], "events": []}

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
        words["title"] = title_with(scenario, since_title, fields_of(Scenario))
    if since_description:
        words["description"] = description_with(scenario, since_description, fields_of(Scenario))
    return scenario.model_copy(update=words) if words else scenario


def _changed_since(tree: Node, key: str, chain: Chain) -> list[Change]:
    """What differs from the layers up to the one in which a text was written."""
    layer = tree.table[key].place.layer
    if layer >= len(chain) or not any(_later(child, layer) for name, child in tree.table.items() if name not in WORDS):
        return []
    before = with_defaults(laid_over(chain[: layer + 1])[0])
    return that_count(changes({**NOTHING, **plain(before.without(*WORDS))}, plain(tree.without(*WORDS))))


def _later(node: Node, layer: int) -> bool:
    """Whether anything in a tree was written after a layer."""
    children = [*node.table.values(), *node.items]
    return any(_later(child, layer) for child in children) if children else node.place.layer > layer
