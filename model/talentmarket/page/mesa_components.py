"""The market's views as components for Mesa's own page: `SolaraViz(model, components=[Pools, ...])`.

Each takes a `TalentMarket` and is drawn anew after every step that Mesa's controls make. Mesa draws while its Play loop
may be stepping in another thread, so a picture can show a month half done; the numbers of the model are not touched.
What can be clicked in one view is shown by the `Inspector`; where a page has none, nothing can be clicked.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import solara
from mesa.visualization.utils import update_counter

from talentmarket.market.inspect import Choice, Onlooker
from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import NOBODY
from talentmarket.page.browser import parts
from talentmarket.page.browser.parts import as_text
from talentmarket.page.choices import choices
from talentmarket.page.panels.charts import SERIES, chart_of
from talentmarket.page.panels.comparison import counters_compared, differences
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.panels.researcher import lives_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.panels.target_list import target_lists
from talentmarket.page.panels.twins import twins_of, twins_table
from talentmarket.page.session import Session
from talentmarket.page.turning.sliders import Slider, sliders
from talentmarket.page.view import View
from talentmarket.scenario.reading.chain import BASELINE
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.scenario import TEXTS

ASSETS = Path(__file__).parent / "assets"
LOOK, CELLS = ASSETS / "custom.css", ASSETS / "mesa.css"
GLIDE = 300  # milliseconds in which a dot moves
MOST_SEED = 9999
NOBODY_YET = "Click a dot, or a number on a list, to see who that is: what they hold, where they were, and why they stayed or left."


class Watched(View):
    """A model that a page shows, with what all its components share.

    Attributes
    ----------
    chosen, inspectors : solara.Reactive
        Number of the researcher who was clicked, or `NOBODY`; how many inspectors are on the page.
    other : solara.Reactive
        The model that it is compared with, or None.
    """

    def __init__(self, model: TalentMarket, like: Watched | None = None) -> None:
        super().__init__(model.spec, model, like)
        self.chosen, self.inspectors = solara.reactive(NOBODY), solara.reactive(0)
        self.other: solara.Reactive[Watched | None] = solara.reactive(None)
        self._onlooker: Onlooker | None = None
        self._settled = model.month

    def up_to_date(self) -> Watched:
        """The same, with everyone in the pool of the present lab."""
        if self._settled != self.month:
            self._settled = self.month
            self.settle()
        return self

    def run_to(self, month: int) -> Watched:
        """The same at a month, or at its last one."""
        while self.month < min(month, self.months):
            self.market.step()
        return self.up_to_date()

    def choices_of(self, researcher: int) -> list[Choice]:
        """Every month so far in which a researcher had an offer."""
        if self._onlooker is None or self._onlooker.researcher != researcher:
            self._onlooker = Onlooker(self.scenario, self.market.replicate.replicate, researcher)
        self._onlooker.advance(self.month)
        return self._onlooker.choices

    def choose(self, researcher: int) -> None:
        """Show the life of a researcher, or of nobody."""
        self.chosen.value = researcher


def watched(model: TalentMarket) -> Watched:
    """What is drawn of a model, this month; a hook."""
    _redrawn = update_counter.value
    solara.use_effect(lambda: model.release, [model])
    return watched_of(model).up_to_date()


def watched_of(model: TalentMarket) -> Watched:
    """What is drawn of a model: kept with it, so that all components look at the same, and gone when it goes."""
    kept = model.__dict__
    if "watched" not in kept:
        kept["watched"] = Watched(model)
    one: Watched = kept["watched"]
    return one


@solara.component
def Pools(model: TalentMarket) -> None:  # noqa: N802
    """The labs as pools of researchers, with their head-counts and the largest flows of the last year."""
    view = watched(model)
    still = solara.use_memo(lambda: as_text(still_of(view)), [view])
    with _framed(view):
        parts.Stage(
            still_json=still,
            now_json=as_text(stage_of(view)),
            glide=GLIDE,
            chosen=view.chosen.value,
            event_inspect=view.choose,
        )


@solara.component
def Counters(model: TalentMarket) -> None:  # noqa: N802
    """What has happened so far, in numbers."""
    view = watched(model)
    with _framed(view):
        parts.Counters(groups_json=as_text(counters_of(view)))


@solara.component
def Campaigns(model: TalentMarket) -> None:  # noqa: N802
    """The campaigns' target lists, with the fate of everyone who was approached."""
    view = watched(model)
    approaches = approaches_table(model.replicate.world, model.spec)
    with _framed(view):
        parts.TargetList(
            campaigns_json=as_text(target_lists(approaches, model.spec, view.month)), event_inspect=view.choose
        )


@solara.component
def Inspector(model: TalentMarket) -> None:  # noqa: N802
    """The life of the researcher who was clicked, in both runs where the page compares two."""
    view = watched(model)

    def be_there() -> Callable[[], None]:
        view.inspectors.value += 1
        return lambda: view.inspectors.set(view.inspectors.peek() - 1)

    solara.use_effect(be_there, [view])
    other = view.other.value
    with _framed(view, "tm-inspector"):
        if view.chosen.value == NOBODY:
            with solara.Div(classes=["tm-card"]):
                solara.v.Html(tag="h2", children=["A researcher's life"])
                solara.v.Html(tag="p", children=[NOBODY_YET], class_="empty")
        else:
            lives = lives_of(_session(view), _session(other) if other else None, view.chosen.value, in_b=False)
            parts.Researcher(person_json=as_text(lives), event_close=lambda _: view.choose(NOBODY))


@solara.component
def Compare(model: TalentMarket) -> None:  # noqa: N802
    """The model, A, and a shipped scenario as it is loaded, B, on one clock and under the same chance."""
    view, titles = watched(model), choices().titles
    key, set_key = solara.use_state(usual_b(model.spec))
    other = solara.use_memo(lambda: _beside(view, key), [view, key])
    solara.use_effect(lambda: _compared(view, other), [view, other])
    a, b = _session(view), _session(other.run_to(view.month))
    twins = frozenset(twins_of(a, b).tolist())

    def choose(title: str) -> None:
        set_key(next(each for each in titles if titles[each] == title))

    with _framed(view, "tm-comparing"):
        with solara.Div(classes=["tm-card"]):
            solara.v.Html(tag="h2", children=[f"A: {model.spec.title}, with the parameters as they are"])
            solara.Select(label="B, as loaded", value=titles[key], values=list(titles.values()), on_value=choose)
        parts.Compared(rows_json=as_text(counters_compared(a, b)))
        for tag, one in (("A", view), ("B", other)):
            parts.Stage(
                still_json=as_text(still_of(one)),
                now_json=as_text(stage_of(one, twins) | {"tag": tag}),
                glide=GLIDE,
                chosen=view.chosen.value,
                event_inspect=view.choose,
            ).key(tag)
        parts.Charts(charts_json=as_text(differences(a, b)), month=view.month, run="")
        parts.Twins(twins_json=as_text(twins_table(a, b)), event_inspect=view.choose)


def usual_b(spec: Scenario) -> str:
    """What a model is compared with until something is chosen: its scenario as loaded if it differs, else the baseline."""
    loaded = [key for key, title in choices().titles.items() if f"{spec.title}, with ".startswith(f"{title}, with ")]
    if loaded and _parameters(choices().loaded(loaded[0])) != _parameters(spec):
        return loaded[0]
    return next(key for key in (BASELINE, *choices().titles) if key not in loaded)


def _parameters(spec: Scenario) -> dict[str, Any]:
    return spec.model_dump(exclude={"run", *TEXTS})


def _beside(view: Watched, key: str) -> Watched:
    """Another scenario under the seed and replicate of a model that is shown."""
    seed, replicate = view.scenario.run.seed, view.market.replicate.replicate
    return Watched(TalentMarket(choices().loaded(key), seed, replicate, moves=view.scenario.run.moves), view)


def _compared(view: Watched, other: Watched) -> Callable[[], None]:
    """Let the inspector know what is compared; gives what is to be done once it is no more."""
    view.other.value = other

    def end() -> None:
        view.other.value = None
        other.market.release()

    return end


def make_chart(name: str) -> Callable[[TalentMarket], solara.Element]:
    """A component with one chart of all labs.

    Parameters
    ----------
    name
        headcount, lost, pay, culture, stock, talent, loyalty or output.

    Raises
    ------
    ValueError
        If there is no such chart.
    """
    if name not in SERIES:
        raise ValueError(f"there is no chart {name!r}; there are: {', '.join(SERIES)}")

    @solara.component
    def Chart(model: TalentMarket) -> None:  # noqa: N802
        view = watched(model)
        with _framed(view):
            parts.Charts(charts_json=as_text([chart_of(view, name)]), month=view.month, run="")

    return Chart


def make_model_params(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """The parameters of a scenario for `SolaraViz`, a slider each: those that the page lets a visitor turn, and the seed.

    Returns
    -------
    dict
        By path, as `TalentMarket` takes them. Each with `label`, which ends in the unit, and the `group` it belongs to.
    """
    params: dict[str, dict[str, Any]] = {}
    for one in sliders(scenario, scenario):
        low, step = _grid(one)
        params[one.path] = {
            "type": "SliderInt" if isinstance(one.loaded, int) else "SliderFloat",
            "label": f"{one.label} ({one.unit})" if one.unit else one.label,
            "value": one.loaded,
            "min": low,
            "max": one.high,
            "step": step,
            "group": one.group,
        }
    seed = scenario.run.seed
    seeds = {"label": "Seed", "value": seed, "min": 0, "max": max(MOST_SEED, seed), "step": 1, "group": "Chance"}
    return {**params, "seed": {"type": "SliderInt", **seeds}}


def _grid(one: Slider) -> tuple[float, float]:
    """Lower end and step that the loaded value stands on: sliders of this kind move a value that stands between two steps."""
    low, step, loaded = (Decimal(repr(value)) for value in (one.low, one.step, one.loaded))
    step = min(step, Decimal(1).scaleb(int(loaded.normalize().as_tuple().exponent))) if loaded % 1 else step
    low = loaded - (loaded - low) // step * step
    kind = type(one.loaded)
    return kind(low), kind(step)


def _session(view: Watched) -> Session:
    """A model as what the panels look at: they ask of a session no more than a watched model has."""
    return cast("Session", view)


def _framed(view: Watched, *classes: str) -> solara.Element:
    """Where the page's type and colours hold; without an inspector on the page nothing in it can be clicked."""
    solara.Style(LOOK)
    solara.Style(CELLS)
    return solara.Div(classes=["tm", "tm-cell", *classes, *(() if view.inspectors.value else ("tm-still",))])
