"""The counters of a market: what has happened so far, added up by the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from talentmarket.numbers import money_in_words, number
from talentmarket.page.told.terms import about
from talentmarket.page.view import View

FUNNEL = (
    ("approached", "asked"),
    ("engaged", "talked"),
    ("offers", "got an offer"),
    ("accepted", "accepted"),
    ("started", "came"),
    ("returned", "went back"),
)
# What the glossary calls them where it has another word.
TERMS = {
    "engaged": "approached",
    "accepted": "outcome",
    "started": "outcome",
    "returned": "outcome",
    "spend_packages": "total",
    "answers": "labs.*.response.counter_share",
}
MONEY = ("spend_packages", "answers")


def counters_of(view: View) -> list[dict[str, Any]]:
    """Groups of counters as plain data: a heading, and for each counter its name, words, text and value."""
    world, last, outside = view.market.replicate.world, view.month, view.outside
    months = world.months[: last + 1]
    flows = world.flows[: last + 1]
    between = flows.sum() - flows[:, outside, :].sum() - flows[:, :, outside].sum() + flows[:, outside, outside].sum()
    labs = np.arange(len(view.scenario.labs)) != outside
    market = [
        _counter("between", "moves between labs", int(between)),
        _counter("left", "left the labs", int(flows[:, labs, outside].sum())),
        _counter("entered", "came from outside", int(flows[:, outside, labs].sum())),
    ]
    groups = [{"heading": "All moves so far", "counters": market}]
    if view.scenario.campaigns:
        raid = [_counter(name, words, int(months[name].sum())) for name, words in FUNNEL]
        raid.append(
            _counter("spend_packages", "promised to them", float(months["spend_packages"].sum()), money_in_words)
        )
        if answers := sum(float(months[name].sum()) for name in ("spend_counters", "spend_fair")):
            raid.append(_counter("answers", "paid in answers", answers, money_in_words))
        groups.insert(0, {"heading": "The raid so far", "counters": raid})
    return groups


def _counter(name: str, words: str, value: float, as_text: Callable[[float], str] = number) -> dict[str, Any]:
    return {"name": name, "words": words, "text": as_text(value), "value": value}


def tips_of_counters() -> dict[str, str]:
    """What the glossary says of the counters, by name."""
    return {name: about(TERMS.get(name, name)) for name in (*(name for name, _ in FUNNEL), *MONEY)}
