"""The page of `talentmarket view --mesa`: the market in Mesa's `SolaraViz`, a model of its own for each visitor's tab."""

from __future__ import annotations

from typing import Any

import solara
from mesa.visualization import SolaraViz, solara_viz

from talentmarket.errors import InputError
from talentmarket.market.mesa_model import TalentMarket
from talentmarket.page.choices import choices
from talentmarket.page.mesa_components import (
    Campaigns,
    Compare,
    Counters,
    Inspector,
    Pools,
    make_chart,
    make_model_params,
)
from talentmarket.page.mesa_page.controls import Controls
from talentmarket.page.mesa_page.parts import Inputs, Pages, Size, anew
from talentmarket.page.panels.charts import SERIES
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.schema import Scenario

# SolaraViz looks these up in its module whenever it draws. Nothing else of Mesa is touched.
REPLACED = {
    "ModelController": anew(Controls),
    "ModelCreator": anew(solara_viz.ModelCreator),
    "UserInputs": Inputs,
    "ComponentsView": Pages,
    "ShowSteps": Size,
}
for _name, _component in REPLACED.items():
    setattr(solara_viz, _name, _component)

MARKET, CHARTS, COMPARE = "Market", "Charts", "Compare"
# What a researcher's life is told by; which moves are written out changes no result.
FIXED: dict[str, Any] = {"run.moves": "all"}


@solara.component
def Page() -> None:  # noqa: N802
    """A picker of scenarios above Mesa's own page, which is made anew with every scenario."""
    scenario, set_scenario = solara.use_state(solara.use_memo(lambda: choices().loaded(choices().start), []))
    key, set_key = solara.use_state(choices().start)
    problem, set_problem = solara.use_state("")
    titles = choices().titles

    def choose(title: str) -> None:
        chosen = next(each for each in titles if titles[each] == title)
        try:
            loaded = choices().loaded(chosen)
            check_memory(loaded, workers=1)
        except InputError as error:
            set_problem(str(error))
            return
        set_problem("")
        set_scenario(loaded)
        set_key(chosen)

    solara.Title(f"{scenario.title} · talentmarket")
    with solara.Sidebar(), solara.Card():
        solara.Select(label="Scenario", value=titles[key], values=list(titles.values()), on_value=choose)
        solara.Text(scenario.question, classes=["tm-note"])
        if problem:
            solara.Error(label=problem)
    Shown(scenario).key(key)


@solara.component
def Shown(scenario: Scenario) -> None:  # noqa: N802
    """A scenario in Mesa's page, from month 0."""
    components = solara.use_memo(lambda: paged_components(scenario), [])
    params = solara.use_memo(lambda: {"spec": scenario, **FIXED, **make_model_params(scenario)}, [])
    model = solara.use_memo(lambda: TalentMarket(scenario, **FIXED), [])
    SolaraViz(model, components=components, model_params=params, name=scenario.title)


def paged_components(scenario: Scenario) -> list[tuple[object, str]]:
    """The views, each with the name of its page; what a scenario lets nothing happen to has no chart."""
    culture = scenario.culture
    strained = any((culture.growth_strain, culture.mercenary_strain, culture.inequality_strain, culture.loss_strain))
    return [
        *((component, MARKET) for component in (Pools, Campaigns, Counters, Inspector)),
        *((make_chart(name), CHARTS) for name in SERIES if strained or name != "culture"),
        *((component, COMPARE) for component in (Compare, Inspector)),
    ]
