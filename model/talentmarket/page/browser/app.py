"""The page: a bar and the view below it. Each visitor's tab has a controller of its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import solara

from talentmarket.errors import InputError
from talentmarket.page.address import opening_of
from talentmarket.page.browser import parts
from talentmarket.page.browser.clock import BRISK, DWELL, SPEEDS
from talentmarket.page.browser.controller import NAMED_TABS, STUDIES, TabController
from talentmarket.page.browser.parts import as_text
from talentmarket.page.browser.views import Compare, Market, compare_of, market_of, studies_of
from talentmarket.page.choices import choices
from talentmarket.page.panels.answer import answer_of
from talentmarket.page.panels.comparison import lab_to_show
from talentmarket.page.panels.seeds import sentence_of
from talentmarket.page.told.ensemble import SEEDS


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006, N802
    """Nothing but the page itself, without Solara's own bars."""
    solara.Div(children=children, classes=["tm"])


@solara.component
def Page() -> None:  # noqa: N802
    """One visitor's page."""
    search = solara.use_router().search
    opened = solara.use_memo(lambda: opened_at(search or ""), [])
    if isinstance(opened, str):
        solara.Title("talentmarket")
        parts.Failure(state_json=as_text({"message": opened, "others": list(choices().titles.items())}))
    else:
        Tab(opened)


def opened_at(search: str) -> TabController | str:
    """The controller of a new tab; or in words why its market could not be opened."""
    try:
        return TabController(choices(), opening_of(search, choices()))
    except InputError as error:
        return str(error)
    except Exception as error:  # whatever it was, the visitor is told, and shown a way out
        traceback.print_exception(error)
        return f"{type(error).__name__}: {error}"


@solara.component
def Tab(controller: TabController) -> None:  # noqa: N802
    """A visitor's tab: the only component that looks at `redraws`, so that a month is one rendering."""
    solara.use_effect(lambda: opened_and_closed(controller), [])
    drawn = controller.redrawing.redraws.value

    def do(data: dict[str, Any]) -> None:
        try:
            act(controller, data)
        except Exception as error:  # whatever it was, the page says so and stays alive
            controller.fail(error)

    data, failure = viewed(controller)
    solara.Title(f"{controller.session.loaded.title} · talentmarket")
    parts.Bar(state_json=as_text(bar_of(controller) | ({"message": failure} if failure else {})), event_do=do)
    parts.Tour(tour_json=as_text(controller.guide.shown(controller.session, controller.clock.moving)), event_do=do)
    with solara.v.Html(tag="main"):
        if data and controller.comparing:
            Compare(controller, data, do)
        elif data and controller.tab == STUDIES:
            parts.Studies(study_json=data["study"], event_do=do)
        elif data:
            Market(controller, data, do)
    parts.Link(
        gone=controller.gone,
        address=controller.address,
        view=f"{controller.session.setup.key} {controller.tab}",
        moving=controller.clock.moving,
        event_do=do,
    )
    parts.Shown(drawn=drawn, event_do=do)


def opened_and_closed(controller: TabController) -> Callable[[], None]:
    """What follows when a tab opens at its last month, and when it closes."""
    if controller.session.over:
        controller.ended()
    return controller.close


def viewed(controller: TabController) -> tuple[dict[str, Any], str]:
    """What the open view shows; or nothing, and in words that it could not be drawn."""
    try:
        if controller.comparing:
            return compare_of(controller), ""
        if controller.tab == STUDIES:
            return studies_of(controller), ""
        return market_of(controller), ""
    except Exception as error:  # the bar stays, so that a visitor can go on
        traceback.print_exception(error)
        return {}, f"This view could not be drawn ({type(error).__name__}: {error}). Reset starts the scenario again."


def bar_of(controller: TabController) -> dict[str, Any]:
    """What the bar shows."""
    session, many = controller.session, controller.many_seeds
    return {
        "titles": list(controller.choices.titles.items()),
        "key": session.setup.key,
        "title": session.loaded.title,
        "question": session.scenario.question,
        "description": session.scenario.description,
        "answer": answer_of(session)
        | {"seeds": sentence_of(many.of(session.scenario), lab_to_show(session, controller.lab))},
        "many": [many.done, many.count, SEEDS],
        "seed": session.scenario.run.seed,
        "month": session.month,
        "months": session.months,
        "mode": controller.clock.mode,
        "speed": controller.clock.speed,
        "speeds": SPEEDS,
        "story": f"{1 / BRISK:g} months a second, and {DWELL:g} seconds for each month of a raid, less if it is a long one.",
        "tabs": NAMED_TABS,
        "tab": controller.tab,
        "changed": len(session.setup.changed),
        "message": controller.message,
    }


def act(controller: TabController, data: dict[str, Any]) -> None:
    """Do what a button of the page asks for; anything else is passed over."""
    action, value = data.get("action"), data.get("value")
    if action == "drawn" and isinstance(value, int):
        controller.redrawing.has_shown(value)
        return
    if action != "taken":
        controller.message = ""  # it told of what was done before
    pressed = {
        "step": controller.clock.step,
        "play": controller.clock.play,
        "pause": controller.clock.pause,
        "finish": controller.clock.finish,
        "reset": controller.reset,
        "rewind": controller.rewind,
        "keep": controller.keep_as_b,
        "compare_with_loaded": controller.compare_with_loaded,
        "taken": controller.preparing.taken,
        "open_point": controller.open_point,
        "turn": controller.turn_of_step,
        "run_seeds": controller.run_seeds,
        "cancel_seeds": controller.many_seeds.cancel,
    }
    filled = {
        "choose": controller.choose,
        "tab": controller.open,
        "compare_with": controller.compare_with,
        "lab": controller.look_at,
        "seed": controller.set_seed,
        "download": controller.download,
        "tour": controller.open_step,
        "guess": controller.guess,
        "study": controller.study.choose,
        "response": controller.study.look_at,
        "point": controller.study.point_at,
        "go": controller.go,
    }
    if action in pressed:
        pressed[action]()
    elif action in filled:
        filled[action](str(value))
    elif action == "speed" and value in SPEEDS:
        controller.clock.set_speed(value)
    elif action == "change" and isinstance(value, int | float):
        controller.change(str(data.get("path")), value)
