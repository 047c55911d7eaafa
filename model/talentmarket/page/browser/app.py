"""The page: a bar and the view below it. Each visitor's tab has a desk of its own."""

from __future__ import annotations

import traceback
from typing import Any

import solara

from talentmarket.page.address import opening_of
from talentmarket.page.browser import parts
from talentmarket.page.browser.clock import SPEEDS
from talentmarket.page.browser.desk import NAMED_TABS, Desk
from talentmarket.page.browser.views import Compare, Market, as_text, compare_of, market_of
from talentmarket.page.shared import choices


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006, N802
    """Nothing but the page itself, without Solara's own bars."""
    solara.Div(children=children, classes=["tm"])


@solara.component
def Page() -> None:  # noqa: N802
    """One visitor's page: the only component that looks at `redraws`, so that a month is one rendering."""
    search = solara.use_router().search
    desk = solara.use_memo(lambda: Desk(choices(), opening_of(search or "", choices())), [])
    solara.use_effect(lambda: desk.close, [])
    _ = desk.drawn.redraws.value

    def do(data: dict[str, Any]) -> None:
        try:
            act(desk, data)
        except Exception as error:  # whatever it was, the page says so and stays alive
            desk.fail(error)

    data, failure = viewed(desk)
    solara.Title(f"{desk.session.scenario.title} · talentmarket")
    parts.Bar(state_json=as_text(bar_of(desk) | ({"message": failure} if failure else {})), event_do=do)
    if data and desk.comparing:
        Compare(desk, data, do)
    elif data:
        Market(desk, data, do)


def viewed(desk: Desk) -> tuple[dict[str, Any], str]:
    """What the open view shows; or nothing, and in words that it could not be drawn."""
    try:
        if desk.comparing:
            return compare_of(desk), ""
        return market_of(desk), ""
    except Exception as error:  # the bar stays, so that a visitor can go on
        traceback.print_exception(error)
        return {}, f"This view could not be drawn ({type(error).__name__}: {error}). Reset starts the scenario again."


def bar_of(desk: Desk) -> dict[str, Any]:
    """What the bar shows."""
    session = desk.session
    return {
        "titles": list(desk.choices.titles.items()),
        "key": session.setup.key,
        "title": session.scenario.title,
        "question": session.scenario.question,
        "description": session.scenario.description,
        "seed": session.scenario.run.seed,
        "month": session.month,
        "months": session.months,
        "mode": desk.clock.mode,
        "speed": desk.clock.speed,
        "speeds": SPEEDS,
        "tabs": NAMED_TABS,
        "tab": desk.tab,
        "address": desk.address,
        "changed": len(session.setup.changed),
        "message": desk.message,
    }


def act(desk: Desk, data: dict[str, Any]) -> None:
    """Do what a button of the page asks for; anything else is passed over."""
    action, value = data.get("action"), data.get("value")
    plain = {
        "step": desk.clock.step,
        "play": desk.clock.play,
        "pause": desk.clock.pause,
        "finish": desk.clock.finish,
        "reset": desk.reset,
        "rewind": desk.rewind,
        "keep": desk.keep_as_rival,
        "loaded": desk.face_loaded,
        "taken": desk.preparing.taken,
    }
    worded = {
        "choose": desk.choose,
        "tab": desk.open,
        "face": desk.face,
        "lab": desk.look_at,
        "seed": desk.sow,
        "download": desk.download,
    }
    if action in plain:
        plain[action]()
    elif action in worded:
        worded[action](str(value))
    elif action == "speed" and value in SPEEDS:
        desk.clock.hurry(value)
    elif action == "change" and isinstance(value, int | float):
        desk.change(str(data.get("path")), value)
