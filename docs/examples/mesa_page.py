"""The raid in Mesa's own page, with Mesa's controls: `solara run docs/examples/mesa_page.py`."""

import solara
from mesa.visualization import Slider, SolaraViz

import talentmarket as tm
from talentmarket.page.mesa_components import Campaigns, Counters, Pools, make_chart

SCENARIO = tm.load("meta_raid")
# What Reset makes the model of: the same scenario, and the seed as the slider has it.
PARAMETERS = {"spec": SCENARIO, "seed": Slider("Seed", SCENARIO.run.seed, 0, 9999, 1, dtype=int)}
COMPONENTS = [Pools, Campaigns, Counters, make_chart("lost"), make_chart("headcount"), make_chart("talent")]


@solara.component
def Page() -> None:
    """One visitor's page; the model is made inside, so that each visitor has one of their own."""
    model = solara.use_memo(lambda: tm.TalentMarket(SCENARIO), [])
    SolaraViz(model, components=COMPONENTS, model_params=PARAMETERS, name=SCENARIO.title)
