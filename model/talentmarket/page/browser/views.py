"""The two views below the bar, and the researcher above them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import solara

from talentmarket.market.walks import approaches_table
from talentmarket.page.address import Opening, written
from talentmarket.page.browser import parts
from talentmarket.page.browser.desk import NOBODY, Desk
from talentmarket.page.charts import charts_of
from talentmarket.page.comparison import (
    counters_compared,
    differences,
    lab_to_show,
    overlaid,
    twins_of,
    twins_told,
)
from talentmarket.page.counters import counters_of
from talentmarket.page.downloads import KINDS
from talentmarket.page.drawing.feed import shown
from talentmarket.page.drawing.walk import walk
from talentmarket.page.researcher import researcher_of
from talentmarket.page.session import Session
from talentmarket.page.stage import stage_of, still_of

NOTES = 40
LONGEST_GLIDE = 800  # milliseconds in which a dot moves
FASTEST_GLIDE = 8  # months a second; beyond it nobody could follow, and drawing the way costs more than the rest
Do = Callable[[dict[str, Any]], None]


def as_text(data: Any) -> str:
    """Data as JSON; what is not a number is null."""
    return json.dumps(data, separators=(",", ":"))


def glide_of(desk: Desk) -> int:
    """Milliseconds in which a dot moves: it arrives before the next month, and jumps where months rush by."""
    if not desk.playing:
        return LONGEST_GLIDE
    return min(LONGEST_GLIDE, int(900 / desk.speed)) if desk.speed <= FASTEST_GLIDE else 0


@solara.component
def Market(desk: Desk, turn: int, do: Do) -> None:  # noqa: N802
    """The market as it is this month; `turn` counts redraws."""
    session = desk.session
    still = solara.use_memo(lambda: as_text(still_of(session)), [session])
    rows = solara.use_memo(lambda: _slider_rows(session), [session])
    drawn = solara.use_memo(lambda: _drawn(session, charts_of(session)), [desk.charts, session])
    asked = approaches_table(session.market.replicate.world, session.scenario)
    lists = walk(asked, session.scenario, session.month)
    with solara.Div(classes=["tm-grid"]):
        with solara.Div(classes=["tm-params"]):
            parts.Sliders(sliders_json=rows, turn=desk.turns, event_do=do)
            kinds = as_text([[key, words] for key, (words, _) in KINDS.items()])
            file = asdict(desk.ready) if desk.ready else {}
            parts.Downloads(kinds_json=kinds, busy=desk.preparing, file=file, event_do=do)
        with solara.Div(classes=["tm-main"]):
            _stage(desk, still, stage_of(session))
            parts.Counters(groups_json=as_text(counters_of(session)))
        with solara.Div(classes=["tm-side"]):
            parts.Walk(campaigns_json=as_text(lists), event_inspect=desk.inspect)
            parts.Feed(notes_json=as_text(shown(session.notes, NOTES)), event_inspect=desk.inspect)
        with solara.Div(classes=["tm-charts"]):
            parts.Charts(**drawn)


def _slider_rows(session: Session) -> str:
    return as_text([asdict(one) | {"changed": one.changed} for one in session.sliders])


def _stage(desk: Desk, still: str, now: dict[str, Any]) -> None:
    parts.Stage(
        still_json=still,
        now_json=as_text(now),
        glide=glide_of(desk),
        chosen=desk.chosen,
        event_inspect=desk.inspect,
    )


def _drawn(session: Session, charts: list[dict[str, str]]) -> dict[str, Any]:
    """Charts, the month they show, and the run that it is a month of."""
    return {"charts_json": as_text(charts), "month": session.month, "run": written(Opening(session.setup))}


@solara.component
def Compare(desk: Desk, rival: Session, turn: int, do: Do) -> None:  # noqa: N802
    """The market and another one on the same clock, with the same chance; `turn` counts redraws."""
    session = desk.session
    stills = solara.use_memo(lambda: (as_text(still_of(session)), as_text(still_of(rival))), [session, rival])
    twins = frozenset(twins_of(session, rival).tolist())
    lab = lab_to_show(session, desk.lab)
    drawn = solara.use_memo(
        lambda: _drawn(session, [*differences(session, rival), *overlaid(session, rival, lab)]),
        [desk.charts, session, rival, lab],
    )
    with solara.Div(classes=["tm-compare"]):
        with solara.Div(classes=["tm-pair"]):
            _stage(desk, stills[0], stage_of(session, twins) | {"tag": "A"})
            _stage(desk, stills[1], stage_of(rival, twins) | {"tag": "B"})
        with solara.Div(classes=["tm-pair"]):
            parts.Rivals(state_json=as_text(_rivals(desk, rival, lab)), event_do=do)
            parts.Twins(twins_json=as_text(twins_told(session, rival)), event_inspect=desk.inspect)
        parts.Charts(**drawn)


def _rivals(desk: Desk, rival: Session, lab: str) -> dict[str, Any]:
    session = desk.session
    changed = len(session.setup.changed)
    return {
        "titles": list(desk.choices.titles.items()),
        "key": rival.setup.key,
        "a": session.scenario.title + (f", {changed} changed" if changed else ""),
        "b": rival.scenario.title,
        "rows": counters_compared(session, rival),
        "labs": [each.name for each in session.scenario.labs if each.kind == "lab"],
        "lab": lab,
        "same": session.setup.key == rival.setup.key and not changed,
    }


@solara.component
def Inspector(desk: Desk, turn: int) -> None:  # noqa: N802
    """The researcher who was clicked, if any; looked up again each month that is shown. `turn` counts redraws."""
    session, who = desk.session, desk.chosen
    person = solara.use_memo(lambda: as_text(researcher_of(session, who)), [session, who, session.month])
    parts.Researcher(person_json=person, event_close=lambda _: desk.inspect(NOBODY))
