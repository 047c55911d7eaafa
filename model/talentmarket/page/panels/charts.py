"""The charts of a market: head-count, pay, losses, culture, stock and flows, as SVG text with their titles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.lines import Axis, Chart, Line, line_chart
from talentmarket.page.drawing.matrix import flow_matrix
from talentmarket.page.panels.answer import culture_suffers
from talentmarket.page.told.terms import about
from talentmarket.page.view import View
from talentmarket.scenario.schema import Scenario

SERIES = {
    "headcount": Axis("Head-count", "change since month 0, %", 2.0, zero=True),
    "lost": Axis("Lost to other labs", "researchers so far", 10.0, zero=True, floor=0.0),
    "pay": Axis("Median pay", "M$ a year", 0.1),
    "culture": Axis("Culture", "1 is unharmed", 0.1),
    "stock": Axis("Stock", "index, 1 in month 0", 0.5),
    "talent": Axis("Talent", "change since month 0, %", 2.0, zero=True),
    "loyalty": Axis("Loyalty", "mean weight on the mission, %", 5.0),
    "output": Axis("Output", "change since month 1, %", 2.0, zero=True),
}
RAIDED, QUIET = ("lost", "talent", "pay"), ("lost", "pay", "headcount")
TERMS = {
    "culture": "labs.*.culture",
    "loyalty": "labs.*.mission",
    "pay": "pay_p50",
}  # where the glossary has another key
FLOWS = "Who moved where"


def series(view: View, name: str) -> np.ndarray:
    """The series of a chart, months so far by labs (T + 1, L)."""
    world, last = view.market.replicate.world, view.month
    months = world.months[: last + 1]
    if name in ("headcount", "talent"):
        first = np.maximum(months[name][0], 1e-9)
        return 100.0 * (months[name] / first - 1.0)
    if name == "output":
        first = np.maximum(months[name][min(1, last)], 1e-9)
        return np.vstack([np.zeros_like(first), 100.0 * (months[name][1:] / first - 1.0)])
    if name == "loyalty":
        return 100.0 * months[name] / np.maximum(months["headcount"], 1)
    if name == "pay":
        return months["pay"][:, :, 1]
    if name == "lost":
        flows = world.flows[: last + 1].astype(float)
        flows[:, :, view.outside] = 0.0
        return flows.sum(axis=2).cumsum(axis=0)
    return months[name].astype(float)


def charts_of(view: View) -> list[dict[str, str]]:
    """The charts of the market as plain data, those that tell of the question first: name, title, unit, SVG."""
    return [*(chart_of(view, name) for name in telling(view.scenario)), _flows(view)]


def telling(scenario: Scenario) -> list[str]:
    """The series in the order in which they tell of the scenario's question; culture first where it can suffer, else not at all."""
    first = RAIDED if scenario.campaigns else QUIET
    others = [name for name in SERIES if name not in (*first, "culture")]
    return [*(["culture"] if culture_suffers(scenario) else []), *first, *others]


def chart_of(view: View, name: str) -> dict[str, str]:
    """The chart of a series, a line a lab, as plain data."""
    labs = view.scenario.labs
    values = series(view, name)
    lines = [
        Line(lab.name, style, values[:, row])
        for row, (lab, style) in enumerate(zip(labs, lab_styles(labs), strict=True))
        if lab.kind == "lab"
    ]
    return drawn(name, Chart(SERIES[name], view.months, lines, marks_of(view), bands_of(view)))


def drawn(name: str, chart: Chart) -> dict[str, str]:
    """A chart as plain data: its name, title and unit, and its SVG text."""
    return {"name": name, "title": chart.axis.title, "unit": chart.axis.unit, "svg": line_chart(chart)}


def tips_of_charts() -> dict[str, str]:
    """What the glossary says of the series, by name."""
    return {name: about(TERMS.get(name, name)) for name in SERIES}


def marks_of(view: View) -> Sequence[tuple[int, str]]:
    """Month and name of the events so far."""
    return view.market.replicate.happened


def bands_of(view: View) -> list[tuple[int, int]]:
    """First and last month of each campaign."""
    return [(campaign.start, campaign.start + campaign.months - 1) for campaign in view.scenario.campaigns]


def _flows(view: View) -> dict[str, str]:
    flows = view.market.replicate.world.flows[: view.month + 1].sum(axis=0)
    names = [lab.name for lab in view.scenario.labs]
    svg = flow_matrix(flows, names, view.outside, f"{FLOWS}, number of moves so far")
    return {"name": "flows", "title": FLOWS, "unit": "moves so far", "svg": svg}
