"""The market's views as components for Mesa's own page: `SolaraViz(model, components=[Pools, ...])`.

Each takes a `TalentMarket` and is drawn anew after every step that Mesa's controls make. Mesa draws while its Play loop
may be stepping in another thread, so a picture can show a month half done; the numbers of the model are not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara
from mesa.visualization.utils import update_counter

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.records.codes import NOBODY
from talentmarket.page.browser import parts
from talentmarket.page.browser.parts import as_text
from talentmarket.page.panels.charts import SERIES, chart_of
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.panels.stage import stage_of, still_of
from talentmarket.page.panels.target_list import target_lists
from talentmarket.page.view import View

LOOK = Path(__file__).parent / "assets" / "custom.css"
GLIDE = 300  # milliseconds in which a dot moves


def view_of(model: TalentMarket) -> View:
    """What is drawn of a model; a hook, as it is kept until Reset brings another model."""
    _ = update_counter.value
    solara.use_effect(lambda: model.release, [model])
    return solara.use_memo(lambda: View(model.spec, model), [model])


@solara.component
def Pools(model: TalentMarket) -> None:  # noqa: N802
    """The labs as pools of researchers, with their head-counts and the largest flows of the last year."""
    view = view_of(model)
    view.settle()
    still = solara.use_memo(lambda: as_text(still_of(view)), [view])
    with _framed():
        parts.Stage(
            still_json=still, now_json=as_text(stage_of(view)), glide=GLIDE, chosen=NOBODY, event_inspect=_passed_over
        )


@solara.component
def Counters(model: TalentMarket) -> None:  # noqa: N802
    """What has happened so far, in numbers."""
    view = view_of(model)
    with _framed():
        parts.Counters(groups_json=as_text(counters_of(view)))


@solara.component
def Campaigns(model: TalentMarket) -> None:  # noqa: N802
    """The campaigns' target lists, with the fate of everyone who was approached."""
    view = view_of(model)
    approaches = approaches_table(model.replicate.world, model.spec)
    with _framed():
        parts.TargetList(
            campaigns_json=as_text(target_lists(approaches, model.spec, view.month)), event_inspect=_passed_over
        )


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
        view = view_of(model)
        with _framed():
            parts.Charts(charts_json=as_text([chart_of(view, name)]), month=view.month, run="")

    return Chart


def _framed() -> solara.Element:
    """Where the page's type and colours hold; nothing in it can be clicked."""
    solara.Style(LOOK)
    return solara.Div(classes=["tm", "tm-still"])


def _passed_over(_: Any) -> None:
    """Mesa's page has no place for a researcher's life."""
