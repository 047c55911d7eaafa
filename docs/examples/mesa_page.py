"""The raid in a page of one's own, with Mesa's controls: `solara run docs/examples/mesa_page.py`."""

import solara
from mesa.visualization import SolaraViz

import talentmarket as tm
from talentmarket.page.mesa_components import Campaigns, Counters, Inspector, Pools, make_chart, make_model_params

SCENARIO = tm.load("meta_raid")
# What Reset makes the model of: the same scenario, with the parameters and the seed as the sliders have them.
PARAMETERS = {"spec": SCENARIO, **make_model_params(SCENARIO)}
COMPONENTS = [Pools, Campaigns, Counters, Inspector, make_chart("lost"), make_chart("headcount")]


@solara.component
def Page() -> None:
    """One visitor's page; the model is made inside, so that each visitor has one of their own."""
    model = solara.use_memo(lambda: tm.TalentMarket(SCENARIO), [])
    SolaraViz(model, components=COMPONENTS, model_params=PARAMETERS, name=SCENARIO.title)
