"""The views for Mesa's own page, without a browser."""

from __future__ import annotations

import importlib.util

import pytest
import solara

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.page.browser import parts
from talentmarket.page.choices import choices_for
from talentmarket.page.panels.counters import counters_of
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
    for name in ("Stage", "Counters", "TargetList", "Charts"):
        monkeypatch.setattr(parts, name, lambda name=name, **_: drawn.append(name) or solara.Text(name))
    _, model = stepped(4)
    components = [ours.Pools, ours.Counters, ours.Campaigns, ours.make_chart("pay")]
    for component in components:
        _, context = solara.render(component(model), handle_error=False)
        context.close()
    assert drawn == ["Stage", "Counters", "TargetList", "Charts"]


def test_a_chart_that_is_none_is_refused_in_words() -> None:
    from talentmarket.page.mesa_components import make_chart

    with pytest.raises(ValueError, match="there is no chart 'wages'; there are: headcount, lost, pay"):
        make_chart("wages")
