"""The page: a bar and the tab below it. Each visitor's tab has a desk of its own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import solara

from talentmarket.market.walks import approaches_table
from talentmarket.page.address import opening_of
from talentmarket.page.browser import parts
from talentmarket.page.browser.desk import COMPARE, NAMED_TABS, NOBODY, SPEEDS, Desk
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
from talentmarket.page.shared import choices
from talentmarket.page.stage import stage_of, still_of

NOTES = 40
LONGEST_GLIDE = 800  # milliseconds in which a dot moves


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006, N802
    """Nothing but the page itself, without Solara's own bars."""
    solara.Div(children=children, classes=["tm"])


@solara.component
def Page() -> None:  # noqa: N802
    """One visitor's page."""
    search = solara.use_router().search
    desk = solara.use_memo(lambda: Desk(choices(), opening_of(search or "", choices())), [])
    solara.use_effect(lambda: desk.close, [])
    _ = desk.redraws.value
    solara.Title(f"{desk.session.scenario.title} · talentmarket")
    Head(desk)
    if desk.tab == COMPARE:
        Compare(desk)
    else:
        Market(desk)
    Inspector(desk)


@solara.component
def Head(desk: Desk) -> None:  # noqa: N802
    """Title, picker and buttons."""
    _ = desk.redraws.value
    session = desk.session
    state = {
        "titles": list(desk.choices.titles.items()),
        "key": session.setup.key,
        "title": session.scenario.title,
        "question": session.scenario.question,
        "description": session.scenario.description,
        "seed": session.scenario.run.seed,
        "month": session.month,
        "months": session.months,
        "mode": desk.mode,
        "speed": desk.speed,
        "speeds": SPEEDS,
        "tabs": NAMED_TABS,
        "tab": desk.tab,
        "address": desk.address,
        "changed": len(session.setup.changed),
        "message": desk.message.value,
    }
    parts.Bar(state=state, event_do=lambda data: act(desk, data))


def act(desk: Desk, data: dict[str, Any]) -> None:
    """Do what a button of the page asks for; anything else is passed over."""
    action, value = data.get("action"), data.get("value")
    simple = {
        "step": desk.step,
        "play": desk.play,
        "pause": desk.pause,
        "finish": desk.finish,
        "reset": desk.reset,
        "rewind": desk.rewind,
        "taken": desk.taken,
    }
    if action in simple:
        simple[action]()
    elif action in (
        named := {
            "choose": desk.choose,
            "tab": desk.open,
            "face": desk.face,
            "lab": desk.look_at,
            "download": desk.download,
        }
    ):
        named[action](str(value))
    elif action == "seed" and isinstance(value, int | float):
        desk.sow(int(value))
    elif action == "speed" and value in SPEEDS:
        desk.speed = value
        desk.redraw()


def glide_of(desk: Desk) -> int:
    """Milliseconds in which a dot moves: it arrives before the next month."""
    return min(LONGEST_GLIDE, int(900 / desk.speed)) if desk.playing else LONGEST_GLIDE


@solara.component
def Market(desk: Desk) -> None:  # noqa: N802
    """The market as it is this month."""
    turn = desk.redraws.value
    session = desk.session
    still = solara.use_memo(lambda: still_of(session), [session])
    rows = [asdict(one) | {"changed": one.changed} for one in session.sliders]
    glide = glide_of(desk)
    asked = approaches_table(session.market.replicate.world, session.scenario)

    with solara.Div(classes=["tm-grid"]):
        with solara.Div(classes=["tm-params"]):
            parts.Sliders(sliders=rows, turn=turn, event_do=lambda data: desk.change(data["path"], data["value"]))
            Downloads(desk)
        with solara.Div(classes=["tm-main"]):
            parts.Stage(still=still, now=stage_of(session), glide=glide, chosen=desk.chosen, event_inspect=desk.inspect)
            parts.Counters(groups=counters_of(session))
        with solara.Div(classes=["tm-side"]):
            parts.Walk(campaigns=walk(asked, session.scenario, session.month), event_inspect=desk.inspect)
            parts.Feed(notes=shown(session.notes, NOTES), event_inspect=desk.inspect)
        with solara.Div(classes=["tm-charts"]):
            parts.Charts(charts=charts_of(session), month=session.month)


@solara.component
def Downloads(desk: Desk) -> None:  # noqa: N802
    """What can be taken away."""
    _ = desk.redraws.value
    kinds = [[key, words] for key, (words, _) in KINDS.items()]
    file = asdict(desk.ready) if desk.ready else {}
    parts.Downloads(kinds=kinds, busy=desk.preparing, file=file, event_do=lambda data: act(desk, data))


@solara.component
def Compare(desk: Desk) -> None:  # noqa: N802
    """The market and another one on the same clock, with the same chance."""
    _ = desk.redraws.value
    session, rival = desk.session, desk.rival
    if rival is None:
        return
    stills = solara.use_memo(lambda: (still_of(session), still_of(rival)), [session, rival])
    twins = frozenset(twins_of(session, rival).tolist())
    lab = lab_to_show(session, desk.lab)
    state = {
        "titles": list(desk.choices.titles.items()),
        "key": rival.setup.key,
        "a": session.scenario.title + (f", {len(session.setup.changed)} changed" if session.setup.changed else ""),
        "b": rival.scenario.title,
        "rows": counters_compared(session, rival),
        "labs": [each.name for each in session.scenario.labs if each.kind == "lab"],
        "lab": lab,
        "same": session.setup.key == rival.setup.key and not session.setup.changed,
    }
    glide = glide_of(desk)
    with solara.Div(classes=["tm-compare"]):
        with solara.Div(classes=["tm-pair"]):
            for still, each in zip(stills, (session, rival), strict=True):
                now = stage_of(each, twins) | {"tag": "A" if each is session else "B"}
                parts.Stage(still=still, now=now, glide=glide, chosen=desk.chosen, event_inspect=desk.inspect)
        with solara.Div(classes=["tm-pair"]):
            parts.Rivals(state=state, event_do=lambda data: act(desk, data))
            parts.Twins(twins=twins_told(session, rival), event_inspect=desk.inspect)
        parts.Charts(charts=[*differences(session, rival), *overlaid(session, rival, lab)], month=session.month)


@solara.component
def Inspector(desk: Desk) -> None:  # noqa: N802
    """The researcher who was clicked, if any; looked up again each month that is shown."""
    _ = desk.redraws.value
    session, who = desk.session, desk.chosen
    person = solara.use_memo(lambda: researcher_of(session, who), [session, who, session.month])
    parts.Researcher(person=person, event_close=lambda _: desk.inspect(NOBODY))
