"""The views for Mesa's own page, without a browser."""

from __future__ import annotations

import importlib.util
import json

import pytest
import solara

import talentmarket as tm
from talentmarket.market.mesa_model import TalentMarket
from talentmarket.page.browser import parts
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.panels.researcher import researcher_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.session import Session, Setup
from talentmarket.page.view import View

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("altair") is None, reason="Mesa's own page needs altair"),
    pytest.mark.filterwarnings("ignore:Failed to validate hooks"),  # Mesa 3.3 has a hook behind an early return
]
SMALL = {"population.scale": 0.05, "run.months": 9}


def stepped(months: int) -> tuple[Session, TalentMarket]:
    session = Session(Setup("meta_raid", SMALL), choices_for("meta_raid"))
    session.advance(months, float("inf"))
    model = TalentMarket(session.scenario)
    for _ in range(months):
        model.step()
    return session, model


@pytest.mark.parametrize("months", [0, 9])
def test_a_model_is_drawn_as_a_session_is(months: int) -> None:
    session, model = stepped(months)
    view = View(model.spec, model)
    assert counters_of(view) == counters_of(session)
    assert still_of(view)["labs"] == still_of(session)["labs"]
    now, then = stage_of(view), stage_of(session)
    assert (now["labels"], now["ribbons"]) == (then["labels"], then["ribbons"])
    if months == 0:
        assert now["dots"] == then["dots"]


def test_every_component_takes_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    from talentmarket.page import mesa_components as ours

    drawn: list[str] = []
    for name in ("Stage", "Counters", "TargetList", "Charts", "Compared", "Twins", "Researcher"):
        monkeypatch.setattr(parts, name, lambda name=name, **_: drawn.append(name) or solara.Text(name))
    _, model = stepped(4)
    components = [ours.Pools, ours.Counters, ours.Campaigns, ours.make_chart("pay"), ours.Inspector, ours.Compare]
    for component in components:
        _, context = solara.render(component(model), handle_error=False)
        context.close()
    assert drawn == ["Stage", "Counters", "TargetList", "Charts", "Compared", "Stage", "Stage", "Charts", "Twins"]


def test_who_is_clicked_in_one_view_is_told_in_the_inspector(monkeypatch: pytest.MonkeyPatch) -> None:
    from talentmarket.page import mesa_components as ours

    session, model = stepped(9)
    told: list[str] = []
    monkeypatch.setattr(parts, "Researcher", lambda person_json, **_: told.append(person_json) or solara.Text("life"))
    _, context = solara.render(ours.Inspector(model), handle_error=False)
    assert told == []
    asked = model.researchers.sort("talent")[0].number
    ours.watched_of(model).choose(asked)
    context.close()
    assert json.loads(told[-1])["lives"] == [{"tag": "", **researcher_of(session, asked)}]


def test_nothing_can_be_clicked_where_no_inspector_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from talentmarket.page import mesa_components as ours

    monkeypatch.setattr(parts, "Counters", lambda **_: solara.Text("counters"))
    _, model = stepped(0)

    @solara.component
    def Both() -> None:
        ours.Counters(model)
        if shown.value:
            ours.Inspector(model)

    shown = solara.reactive(False)
    _, context = solara.render(Both(), handle_error=False)
    inspectors = [ours.watched_of(model).inspectors.value]
    for there in (True, False):
        shown.value = there
        inspectors.append(ours.watched_of(model).inspectors.value)
    context.close()
    assert inspectors == [0, 1, 0]


def test_a_model_is_compared_with_its_scenario_as_loaded_once_a_parameter_differs() -> None:
    from talentmarket.page import mesa_components as ours

    assert ours.usual_b(tm.load("meta_raid")) == "baseline"
    assert ours.usual_b(tm.load("baseline")) != "baseline"
    assert ours.usual_b(tm.load("meta_raid", ["choice.noise=0.5"])) == "meta_raid"
    assert ours.usual_b(tm.load("meta_raid", ["run.seed=5", "run.moves='all'"])) == "baseline"


def test_a_chart_that_is_none_is_refused_in_words() -> None:
    from talentmarket.page.mesa_components import make_chart

    with pytest.raises(ValueError, match="there is no chart 'wages'; there are: headcount, lost, pay"):
        make_chart("wages")
