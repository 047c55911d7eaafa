"""The parts of the page: each is a Vue template, the data it shows, and the event it sends back.

Data travel as JSON text: Solara walks through every list it is given in search of components, text it leaves alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

Event = Callable[[Any], None]


def as_text(data: Any) -> str:
    """Data as JSON text."""
    return json.dumps(data, separators=(",", ":"))


@solara.component_vue("vue/bar.vue")
def Bar(state_json: str, event_do: Event) -> None:  # noqa: N802
    """Title, picker and buttons; sends {action, value}."""


@solara.component_vue("vue/tour.vue")
def Tour(tour_json: str, event_do: Event) -> None:  # noqa: N802
    """The guided tour, and large type; sends {action, value}."""


@solara.component_vue("vue/link.vue")
def Link(gone: int, address: str, view: str, moving: bool, event_do: Event) -> None:  # noqa: N802
    """Nothing to be seen: keeps the address, goes back, comes back. `gone` counts how often it has gone back or forth."""


@solara.component_vue("vue/shown.vue")
def Shown(drawn: int, event_do: Event) -> None:  # noqa: N802
    """Nothing to be seen: sends {action, value} once the browser has shown a redraw; what it is to be shown after stands before it."""


@solara.component_vue("vue/failure.vue")
def Failure(state_json: str) -> None:  # noqa: N802
    """Why there is no market to show, and ways out."""


@solara.component_vue("vue/stage.vue")
def Stage(  # noqa: N802
    still_json: str, now_json: str, glide: int, chosen: int, event_inspect: Event, flows_json: str = "[]"
) -> None:
    """The pools, with the flows of the raids if these have the stage; sends the number of the researcher who was clicked."""


@solara.component_vue("vue/raid.vue")
def Raid(raids_json: str, event_inspect: Event) -> None:  # noqa: N802
    """The raid's list and the offer that is weighed, above the stage; sends the number of the researcher who was clicked."""


@solara.component_vue("vue/counters.vue")
def Counters(groups_json: str, tips_json: str = "{}") -> None:  # noqa: N802
    """Groups of numbers with their words, and what these mean."""


@solara.component_vue("vue/target_list.vue")
def TargetList(campaigns_json: str, event_inspect: Event) -> None:  # noqa: N802
    """The campaigns' target lists; sends the number of the researcher who was clicked."""


@solara.component_vue("vue/feed.vue")
def Feed(notes_json: str, event_inspect: Event) -> None:  # noqa: N802
    """Notable moves in words; sends the number of the researcher who was clicked."""


@solara.component_vue("vue/charts.vue")
def Charts(charts_json: str, month: int, run: str, tips_json: str = "{}") -> None:  # noqa: N802
    """Charts with their titles, and what these mean; a pointer or the arrow keys read values off them. Their SVG text comes from `drawing`, where all names are escaped."""


@solara.component_vue("vue/seeds.vue")
def Seeds(state_json: str, event_do: Event) -> None:  # noqa: N802
    """Many seeds: dots, intervals, and the button that runs them; sends {action}."""


@solara.component_vue("vue/sliders.vue")
def Sliders(sliders_json: str, turn: int, event_do: Event) -> None:  # noqa: N802
    """The parameters; sends {path, value}. `turn` grows when values must be shown anew."""


@solara.component_vue("vue/researcher.vue")
def Researcher(person_json: str, event_close: Event) -> None:  # noqa: N802
    """One researcher's life, above the page; sends when it is closed."""


@solara.component_vue("vue/downloads.vue")
def Downloads(kinds_json: str, busy: str, file: dict[str, Any], event_do: Event) -> None:  # noqa: N802
    """What can be taken away; sends {action, value}, and that a file has been taken."""


@solara.component_vue("vue/sides.vue")
def Sides(state_json: str, event_do: Event) -> None:  # noqa: N802
    """What A and B are, and their counters; sends {action, value}."""


@solara.component_vue("vue/studies.vue")
def Studies(study_json: str, event_do: Event) -> None:  # noqa: N802
    """A study that comes along, and its points; sends {action, value}."""


@solara.component_vue("vue/twins.vue")
def Twins(twins_json: str, event_inspect: Event) -> None:  # noqa: N802
    """The twins who part; sends the number of the researcher who was clicked."""


@solara.component_vue("vue/compared.vue")
def Compared(rows_json: str) -> None:  # noqa: N802
    """The counters of A and B, and their difference."""
