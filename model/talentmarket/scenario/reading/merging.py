"""Lays scenario files over one another: tables merge key by key, lists of named tables name by name."""

from __future__ import annotations

from collections.abc import Callable, Collection

from talentmarket.scenario.text.paths import Path
from talentmarket.scenario.text.tree import Node

NAMED_LISTS = (("labs",), ("campaigns",), ("campaigns", "*", "tiers"), ("events",), ("defaults", "campaign", "tiers"))


def is_named_list(path: Path) -> bool:
    """Whether a path leads to a list whose items go by their names."""
    return any(
        len(pattern) == len(path) and all(want in ("*", part) for want, part in zip(pattern, path, strict=True))
        for pattern in NAMED_LISTS
    )


def merge(base: Node, top: Node, whole: Collection[Path] = ()) -> Node:
    """`top` laid over `base`; what stands at the paths in `whole` is taken from `top` alone."""
    if top.path in whole:
        return top
    if isinstance(base.value, dict) and isinstance(top.value, dict):
        return top.with_value({**base.value, **{key: _over(base, key, top.value[key], whole) for key in top.value}})
    if isinstance(base.value, list) and isinstance(top.value, list) and is_named_list(top.path):
        return top.with_value(_named(base.value, top.value, whole))
    return top


def _over(base: Node, key: str, top: Node, whole: Collection[Path]) -> Node:
    return merge(base.table[key], top, whole) if key in base.table else top


def _named(base: list[Node], top: list[Node], whole: Collection[Path]) -> list[Node]:
    """Items in the order of the base, new ones behind; items without a name stay as they are."""
    merged = list(base)
    where = {item.name: number for number, item in enumerate(base) if item.name is not None}
    for item in top:
        if item.name in where:
            merged[where[item.name]] = merge(merged[where[item.name]], item, whole)
        else:
            if item.name is not None:
                where[item.name] = len(merged)
            merged.append(item)
    return merged


def without_repeats(tree: Node) -> tuple[Node, list[tuple[Node, Node]]]:
    """A file's tree in which no name stands twice in a list, and the pairs (first, again) of those that did."""
    repeats: list[tuple[Node, Node]] = []

    def unique(node: Node) -> Node:
        if isinstance(node.value, dict):
            return node.with_value({key: unique(child) for key, child in node.value.items()})
        if not isinstance(node.value, list):
            return node
        items = [unique(child) for child in node.value]
        if not is_named_list(node.path):
            return node.with_value(items)
        first: dict[str, Node] = {}
        repeats.extend(
            (first[item.name], item) for item in items if item.name and first.setdefault(item.name, item) is not item
        )
        return node.with_value(_named([], items, ()))

    return unique(tree), repeats


def with_defaults(tree: Node) -> Node:
    """The tree with `[defaults]` laid under every lab, campaign, tier and event, and gone."""
    defaults = tree.table["defaults"].table if "defaults" in tree.table else {}
    filled = dict(tree.without("defaults").table)
    if "labs" in filled:
        filled["labs"] = _each_over(defaults.get("lab"), filled["labs"])
    if "campaigns" in filled:
        campaigns = _each_over(defaults.get("campaign"), filled["campaigns"])
        filled["campaigns"] = _each(campaigns, lambda campaign: _with_tiers_over(defaults.get("tier"), campaign))
    if "events" in filled:
        filled["events"] = _each_over(defaults.get("event"), filled["events"])
    return tree.with_value(filled)


def _with_tiers_over(default: Node | None, campaign: Node) -> Node:
    if "tiers" not in campaign.table:
        return campaign
    return campaign.with_value({**campaign.table, "tiers": _each_over(default, campaign.table["tiers"])})


def _each_over(default: Node | None, items: Node) -> Node:
    """A list with each of its tables laid over a table of defaults."""
    if default is None or not isinstance(default.value, dict):
        return items
    return _each(items, lambda item: merge(default, item))


def _each(items: Node, change: Callable[[Node], Node]) -> Node:
    """A list with a change made to each of its tables; what is no list of tables stays for the checks to find."""
    if not isinstance(items.value, list):
        return items
    return items.with_value([change(item) if isinstance(item.value, dict) else item for item in items.value])
