"""The two views below the bar: first what they show, as text, then the parts that show it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import solara

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.page.address import Opening, written
from talentmarket.page.browser import parts
from talentmarket.page.browser.desk import NOBODY, Desk
from talentmarket.page.downloads import KINDS
from talentmarket.page.drawing.feed import shown
from talentmarket.page.drawing.walk import walk
from talentmarket.page.panels.charts import charts_of
from talentmarket.page.panels.comparison import (
    counters_compared,
    differences,
    lab_to_show,
    overlaid,
    twins_of,
    twins_told,
)
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.panels.researcher import lives_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.session import Session
from talentmarket.page.sides import sides_of

NOTES = 40
LONGEST_GLIDE = 800  # milliseconds in which a dot moves
FASTEST_GLIDE = 8  # months a second; beyond it nobody could follow, and drawing the way costs more than the rest
Data = dict[str, Any]
Do = Callable[[dict[str, Any]], None]


def as_text(data: Any) -> str:
    """Data as JSON; what is not a number is null."""
    return json.dumps(data, separators=(",", ":"))


def glide_of(desk: Desk) -> int:
    """Milliseconds in which a dot moves: it arrives before the next month, and jumps where months rush by."""
    if not desk.clock.playing:
        return LONGEST_GLIDE
    return min(LONGEST_GLIDE, int(900 / desk.clock.speed)) if desk.clock.speed <= FASTEST_GLIDE else 0


def market_of(desk: Desk) -> Data:
    """Everything that the view Market shows, as text for its parts."""
    session = desk.session
    asked = approaches_table(session.market.replicate.world, session.scenario)
    return {
        **_desk_of(desk),
        "turn": desk.turns,
        "busy": desk.preparing.kind,
        "file": asdict(desk.preparing.ready) if desk.preparing.ready else {},
        "sliders": desk.drawn.kept("sliders", (session,), lambda: as_text(_slider_rows(session))),
        "kinds": as_text([[key, words] for key, (words, _) in KINDS.items()]),
        "still": desk.drawn.kept("still", (session,), lambda: as_text(still_of(session))),
        "now": as_text(stage_of(session)),
        "groups": as_text(counters_of(session)),
        "campaigns": as_text(walk(asked, session.scenario, session.month)),
        "notes": as_text(shown(session.notes, NOTES)),
        "charts": desk.drawn.kept("charts", (session, desk.drawn.charts), lambda: _drawn(session, charts_of(session))),
    }


def _desk_of(desk: Desk) -> Data:
    """What both views show of the desk itself. A view is drawn anew only when its data differ, so all of it is data."""
    return {"glide": glide_of(desk), "chosen": desk.chosen, "person": person_of(desk)}


def _slider_rows(session: Session) -> list[dict[str, Any]]:
    return [asdict(one) | {"changed": one.changed} for one in session.sliders]


def person_of(desk: Desk) -> str:
    """The researcher who was clicked, looked up again each month that is shown; nothing for nobody."""
    session, who, at_rival = desk.session, desk.chosen, desk.at_rival
    rival = desk.rival.session if desk.comparing else None
    tokens = (session, rival, who, at_rival, session.month)
    return desk.drawn.kept("person", tokens, lambda: as_text(lives_of(session, rival, who, at_rival)))


def compare_of(desk: Desk) -> Data:
    """Everything that the view Compare shows, as text for its parts; nothing without a B."""
    session, rival = desk.session, desk.rival.session
    if rival is None:
        return {}
    twins = frozenset(twins_of(session, rival).tolist())
    lab = lab_to_show(session, desk.lab)
    return {
        **_desk_of(desk),
        "still": desk.drawn.kept("still", (session,), lambda: as_text(still_of(session))),
        "rival still": desk.drawn.kept("rival still", (rival,), lambda: as_text(still_of(rival))),
        "now": as_text(stage_of(session, twins) | {"tag": "A"}),
        "rival now": as_text(stage_of(rival, twins) | {"tag": "B"}),
        "state": as_text(_rivals(desk, rival, lab)),
        "twins": as_text(twins_told(session, rival)),
        "charts": desk.drawn.kept(
            "compared",
            (session, rival, lab, desk.drawn.charts),
            lambda: _drawn(session, [*differences(session, rival), *overlaid(session, rival, lab)]),
        ),
    }


def _drawn(session: Session, charts: list[dict[str, str]]) -> dict[str, Any]:
    """Charts, the month they show, and the run that it is a month of."""
    return {"charts_json": as_text(charts), "month": session.month, "run": written(Opening(session.setup))}


def _rivals(desk: Desk, rival: Session, lab: str) -> dict[str, Any]:
    session = desk.session
    return {
        **sides_of(session, rival, desk.choices),
        "rows": counters_compared(session, rival),
        "labs": [each.name for each in session.scenario.labs if each.kind == "lab"],
        "lab": lab,
    }


def _stage(desk: Desk, data: Data, side: str = "") -> None:
    inspect = desk.inspect_rival if side else desk.inspect
    parts.Stage(
        still_json=data[f"{side}still"],
        now_json=data[f"{side}now"],
        glide=data["glide"],
        chosen=data["chosen"],
        event_inspect=inspect,
    )


@solara.component
def Market(desk: Desk, data: Data, do: Do) -> None:  # noqa: N802
    """The market as it is this month."""
    with solara.Div(classes=["tm-grid"]):
        with solara.Div(classes=["tm-params"]):
            parts.Sliders(sliders_json=data["sliders"], turn=data["turn"], event_do=do)
            parts.Downloads(kinds_json=data["kinds"], busy=data["busy"], file=data["file"], event_do=do)
        with solara.Div(classes=["tm-main"]):
            _stage(desk, data)
            parts.Counters(groups_json=data["groups"])
        with solara.Div(classes=["tm-side"]):
            parts.Walk(campaigns_json=data["campaigns"], event_inspect=desk.inspect)
            parts.Feed(notes_json=data["notes"], event_inspect=desk.inspect)
        with solara.Div(classes=["tm-charts"]):
            parts.Charts(**data["charts"])
    parts.Researcher(person_json=data["person"], event_close=lambda _: desk.inspect(NOBODY))


@solara.component
def Compare(desk: Desk, data: Data, do: Do) -> None:  # noqa: N802
    """The market and another one on the same clock, with the same chance."""
    with solara.Div(classes=["tm-compare"]):
        with solara.Div(classes=["tm-pair"]):
            _stage(desk, data)
            _stage(desk, data, "rival ")
        with solara.Div(classes=["tm-pair"]):
            parts.Rivals(state_json=data["state"], event_do=do)
            parts.Twins(twins_json=data["twins"], event_inspect=desk.inspect)
        parts.Charts(**data["charts"])
    parts.Researcher(person_json=data["person"], event_close=lambda _: desk.inspect(NOBODY))
