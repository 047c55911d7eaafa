"""What else of `SolaraViz` is replaced: its parameters get their values beside them, its pages names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara
from mesa.visualization.utils import update_counter

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.numbers import count, number

Component = Callable[..., Any]
WIDE = 2  # so many components of a page, and no more, go one below the other


def anew(component: Component) -> Component:
    """A component of the sidebar that is made anew with every model: another scenario would find what the last one has left."""

    @solara.component
    def Anew(model: solara.Reactive[TalentMarket], *handed: Any, **named: Any) -> None:  # noqa: N802
        solara.use_memo(lambda: model, [id(model)])  # as long as it is held, no other one has its number
        component(model, *handed, **named).key(str(id(model)))

    return Anew


@solara.component
def Inputs(user_params: dict[str, dict[str, Any]], on_change: Callable[[str, float], None]) -> None:  # noqa: N802
    """Sliders in groups, each with its value in its label, in place of Mesa's `UserInputs`.

    Parameters
    ----------
    user_params
        As `make_model_params` gives them.
    on_change
        Is told the name and the new value of a parameter.
    """
    loaded = {name: options["value"] for name, options in user_params.items()}
    values, set_values = solara.use_state(loaded)

    def put(changed: dict[str, float]) -> None:
        set_values(lambda before: {**before, **changed})
        for name, value in changed.items():
            on_change(name, value)

    turned = {name: value for name, value in loaded.items() if values[name] != value}
    with solara.Column(classes=["tm-inputs"]):
        solara.Text("Changes act at the next Reset.", classes=["tm-note"])
        for group in dict.fromkeys(options["group"] for options in user_params.values()):
            solara.Text(group, classes=["tm-group"])
            for name, options in user_params.items():
                if options["group"] == group:
                    _slider(name, options, values[name], put)
        solara.Button(
            label="Back to the scenario's values", on_click=lambda: put(turned), disabled=not turned, text=True
        )


def _slider(name: str, options: dict[str, Any], value: float, put: Callable[[dict[str, float]], None]) -> None:
    slider: Any = solara.SliderInt if options["type"] == "SliderInt" else solara.SliderFloat
    was = f" (was {_text(options['value'])})" if value != options["value"] else ""
    slider(
        f"{options['label']}: {_text(value)}{was}",
        value=value,
        on_value=lambda new: put({name: new}),
        min=options["min"],
        max=options["max"],
        step=options["step"],
        thumb_label=False,
    ).key(name)


def _text(value: float) -> str:
    return str(value) if isinstance(value, int) else number(value)


@solara.component
def Pages(components: list[tuple[Component, str | int]], model: TalentMarket) -> None:  # noqa: N802
    """Pages with names, in place of Mesa's `ComponentsView`: each component comes with the name of its page."""
    pages: dict[str, list[Component]] = {}
    for component, page in components:
        pages.setdefault(str(page), []).append(component)
    place, set_place = solara.use_state(0)
    with solara.v.Tabs(v_model=place, on_v_model=set_place, show_arrows=True):
        for name in pages:
            solara.v.Tab(children=[name])
    name = list(pages)[place]
    with solara.Div(classes=["tm-cells"]).key(name):
        for column in _columns(pages[name]):
            with solara.Div(classes=["tm-column"]):
                for component in column:
                    component(model)


def _columns(components: list[Component]) -> list[list[Component]]:
    """Two columns, filled in turn; one or two components have the whole width."""
    return [components] if len(components) <= WIDE else [components[::2], components[1::2]]


@solara.component
def Month(model: TalentMarket) -> None:  # noqa: N802
    """How far the model is: a step is a month."""
    _redrawn = update_counter.value
    solara.Text(f"Month {model.month} of {model.spec.run.months}")


@solara.component
def Size(model: TalentMarket) -> None:  # noqa: N802
    """How large the market is, in place of Mesa's `ShowSteps`; the month stands beside the buttons."""
    spec = model.spec
    labs = sum(lab.kind == "lab" for lab in spec.labs)
    solara.Text(f"{spec.researchers:,} researchers, {count(labs, 'lab')}; seed {spec.run.seed}")
