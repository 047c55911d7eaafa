"""The two views below the bar: first what they show, as text, then the parts that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import solara

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import NOBODY
from talentmarket.page.address import Opening, written
from talentmarket.page.browser import parts
from talentmarket.page.browser.controller import TabController
from talentmarket.page.browser.parts import as_text
from talentmarket.page.downloads import DOWNLOADS
from talentmarket.page.panels.charts import charts_of, tips_of_charts
from talentmarket.page.panels.comparison import (
    counters_compared,
    differences,
    lab_to_show,
    overlaid,
)
from talentmarket.page.panels.counters import counters_of, tips_of_counters
from talentmarket.page.panels.raid import raids_of
from talentmarket.page.panels.researcher import lives_of
from talentmarket.page.panels.seeds import questions_of, seeds_of
from talentmarket.page.panels.sides import sides_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.panels.studies import study_shown, waiting_for
from talentmarket.page.panels.target_list import target_lists
from talentmarket.page.panels.twins import twins_of, twins_table
from talentmarket.page.session import Session
from talentmarket.page.told.ensemble import SEEDS
from talentmarket.page.told.feed import latest_notes
from talentmarket.page.told.terms import about_parameter

NOTES = 40
LONGEST_GLIDE = 800  # milliseconds in which a dot moves
GLIDE_SHARE = 0.9  # of the time for which a month stays
LEAST_PACE = 0.125  # seconds for a month; below it nobody could follow, and drawing the way costs more than the rest
SLOW_PACE = 1.0  # seconds for a month, in which one offer can be seen opened and weighed
SHARE = "share"
UNITS = {SHARE: "", "a + b": "", "log points of money": "log points"}  # as the page shows them
COUNTER_TIPS, CHART_TIPS = as_text(tips_of_counters()), as_text(tips_of_charts())
Data = dict[str, Any]
Do = Callable[[dict[str, Any]], None]


def glide_of(controller: TabController) -> int:
    """Milliseconds in which a dot moves: it arrives before the next month, and jumps where months rush by."""
    if not controller.clock.playing:
        return LONGEST_GLIDE
    pace = controller.clock.pace
    return min(LONGEST_GLIDE, int(1000 * GLIDE_SHARE * pace)) if pace >= LEAST_PACE else 0


def market_of(controller: TabController) -> Data:
    """Everything that the view Market shows, as text for its parts."""
    session = controller.session
    approaches = approaches_table(session.market.replicate.world, session.scenario)
    clock = controller.clock
    raids = raids_of(session, clock.moving, slow=clock.playing and clock.pace > SLOW_PACE)
    return {
        **_tab_of(controller),
        "turn": controller.turns,
        "busy": controller.preparing.kind,
        "file": asdict(controller.preparing.ready) if controller.preparing.ready else {},
        "sliders": controller.redrawing.kept("sliders", (session,), lambda: as_text(_slider_rows(session))),
        "kinds": as_text([[key, words] for key, (words, _) in DOWNLOADS.items()]),
        "still": controller.redrawing.kept("still", (session,), lambda: as_text(still_of(session))),
        "now": as_text(stage_of(session)),
        "raids": as_text(raids),
        "flows": as_text([raid["flow"] for raid in raids]),
        "groups": as_text(counters_of(session)),
        "campaigns": as_text(target_lists(approaches, session.scenario, session.month)),
        "notes": as_text(latest_notes(session.notes, NOTES)),
        "charts": controller.redrawing.kept(
            "charts", (session, controller.redrawing.charts), lambda: _drawn(session, charts_of(session))
        ),
    }


def _tab_of(controller: TabController) -> Data:
    """What both views show of the tab itself. A view is drawn anew only when its data differ, so all of it is data."""
    return {
        "glide": glide_of(controller),
        "chosen": controller.chosen,
        "person": person_of(controller),
        "seeds": seeds_text(controller),
    }


def seeds_text(controller: TabController) -> str:
    """The many seeds of what is looked at, as text for their part."""
    many = controller.many_seeds
    ensembles = [many.of(scenario) for scenario in controller.looked_at]
    a, b = ensembles[0], ensembles[-1] if controller.comparing else None
    if controller.comparing and b is None:
        a = None
    lab = lab_to_show(controller.session, controller.lab)
    asked = questions_of(lab, controller.asked)
    tokens = (a, b, asked, many.done, many.count)
    return controller.redrawing.kept(
        "seeds", tokens, lambda: as_text(seeds_of(a, b, asked, (many.done, many.count)) | {"seeds": SEEDS})
    )


def _slider_rows(session: Session) -> list[dict[str, Any]]:
    """The sliders with what the glossary says of them; a share travels as it is and is shown as a percentage."""
    return [
        asdict(slider)
        | {
            "changed": slider.changed,
            "locked": slider.locked,
            "unit": UNITS.get(slider.unit, slider.unit),
            "percent": slider.unit == SHARE,
            "about": about_parameter(slider.pattern, slider.unit),
        }
        for slider in session.sliders
    ]


def person_of(controller: TabController) -> str:
    """The researcher who was clicked, looked up again each month that is shown; nothing for nobody."""
    session, researcher, in_b = controller.session, controller.chosen, controller.in_b
    run_b = controller.run_b.session if controller.comparing else None
    tokens = (session, run_b, researcher, in_b, session.month)
    return controller.redrawing.kept("person", tokens, lambda: as_text(lives_of(session, run_b, researcher, in_b)))


def compare_of(controller: TabController) -> Data:
    """Everything that the view Compare shows, as text for its parts; nothing without a B."""
    session, run_b = controller.session, controller.run_b.session
    if run_b is None:
        return {}
    twins = frozenset(twins_of(session, run_b).tolist())
    lab = lab_to_show(session, controller.lab)
    return {
        **_tab_of(controller),
        "still": controller.redrawing.kept("still", (session,), lambda: as_text(still_of(session))),
        "b still": controller.redrawing.kept("b still", (run_b,), lambda: as_text(still_of(run_b))),
        "now": as_text(stage_of(session, twins) | {"tag": "A"}),
        "b now": as_text(stage_of(run_b, twins) | {"tag": "B"}),
        "state": as_text(_sides(controller, run_b, lab)),
        "twins": as_text(twins_table(session, run_b)),
        "charts": controller.redrawing.kept(
            "compared",
            (session, run_b, lab, controller.redrawing.charts),
            lambda: _drawn(session, [*differences(session, run_b), *overlaid(session, run_b, lab)]),
        ),
    }


def studies_of(controller: TabController) -> Data:
    """What the view Studies shows, as text for its part."""
    chosen, choices = controller.study, controller.choices
    if not chosen.ready:
        return {"study": as_text(waiting_for(chosen.name))}
    shown = controller.redrawing.kept(
        "study",
        (chosen.name, chosen.response, chosen.point),
        lambda: as_text(study_shown(chosen.name, chosen.response, chosen.point, choices)),
    )
    return {"study": shown}


def _drawn(session: Session, charts: list[dict[str, str]]) -> dict[str, Any]:
    """Charts, the month they show, and the run that it is a month of."""
    return {"charts_json": as_text(charts), "month": session.month, "run": written(Opening(session.setup))}


def _sides(controller: TabController, run_b: Session, lab: str) -> dict[str, Any]:
    session = controller.session
    return {
        **sides_of(session, run_b, controller.choices),
        "rows": counters_compared(session, run_b),
        "labs": [each.name for each in session.scenario.labs if each.kind == "lab"],
        "lab": lab,
    }


def _stage(controller: TabController, data: Data, side: str = "") -> None:
    inspect = controller.inspect_b if side else controller.inspect
    parts.Stage(
        still_json=data[f"{side}still"],
        now_json=data[f"{side}now"],
        glide=data["glide"],
        chosen=data["chosen"],
        event_inspect=inspect,
        flows_json=data.get("flows", "[]"),
    )


@solara.component
def Market(controller: TabController, data: Data, do: Do) -> None:  # noqa: N802
    """The market as it is this month."""
    raided = bool(controller.session.scenario.campaigns)
    with solara.Div(classes=["tm-grid", "raided" if raided else "quiet"]):
        with solara.Div(classes=["tm-main"]):
            parts.Counters(groups_json=data["groups"], tips_json=COUNTER_TIPS)
            with solara.Div(classes=["tm-theatre", "two" if len(controller.session.scenario.campaigns) > 1 else "one"]):
                _stage(controller, data)
                if raided:
                    parts.Raid(raids_json=data["raids"], event_inspect=controller.inspect)
        with solara.Div(classes=["tm-side"]):
            if raided:
                parts.TargetList(campaigns_json=data["campaigns"], event_inspect=controller.inspect)
            parts.Feed(notes_json=data["notes"], event_inspect=controller.inspect)
        with solara.Div(classes=["tm-params"]):
            parts.Sliders(sliders_json=data["sliders"], turn=data["turn"], event_do=do)
            parts.Downloads(kinds_json=data["kinds"], busy=data["busy"], file=data["file"], event_do=do)
        with solara.Div(classes=["tm-charts"]):
            parts.Charts(**data["charts"], tips_json=CHART_TIPS)
            parts.Seeds(state_json=data["seeds"], event_do=do)  # last, as it grows by itself
    parts.Researcher(person_json=data["person"], event_close=lambda _: controller.inspect(NOBODY))


@solara.component
def Compare(controller: TabController, data: Data, do: Do) -> None:  # noqa: N802
    """The market and another one on the same clock, with the same chance."""
    with solara.Div(classes=["tm-compare"]):
        with solara.Div(classes=["tm-pair"]):
            _stage(controller, data)
            _stage(controller, data, "b ")
        with solara.Div(classes=["tm-pair"]):
            parts.Sides(state_json=data["state"], event_do=do)
            parts.Twins(twins_json=data["twins"], event_inspect=controller.inspect)
        parts.Charts(**data["charts"], tips_json=CHART_TIPS)
        parts.Seeds(state_json=data["seeds"], event_do=do)  # last, as it grows by itself
    parts.Researcher(person_json=data["person"], event_close=lambda _: controller.inspect(NOBODY))
