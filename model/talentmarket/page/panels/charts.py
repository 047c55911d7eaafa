"""The charts of a market: head-count, pay, losses, culture, stock and flows, as SVG text with their titles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.lines import Axis, Chart, Line, line_chart
from talentmarket.page.drawing.matrix import flow_matrix
from talentmarket.page.view import View

SERIES = {
    "headcount": Axis("Head-count", "change since month 0, %", 2.0, zero=True),
    "lost": Axis("Lost to other labs", "researchers so far", 10.0, zero=True, floor=0.0),
    "pay": Axis("Median pay", "M$ a year", 0.1),
    "culture": Axis("Culture", "1 is unharmed", 0.1),
    "stock": Axis("Stock", "index, 1 in month 0", 0.5),
    "talent": Axis("Talent", "change since month 0, %", 2.0, zero=True),
    "loyalty": Axis("Loyalty", "mean weight on the mission", 0.05),
    "output": Axis("Output", "change since month 1, %", 2.0, zero=True),
}
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
        return months[name] / np.maximum(months["headcount"], 1)
    if name == "pay":
        return months["pay"][:, :, 1]
    if name == "lost":
        flows = world.flows[: last + 1].astype(float)
        flows[:, :, view.outside] = 0.0
        return flows.sum(axis=2).cumsum(axis=0)
    return months[name].astype(float)


def charts_of(view: View) -> list[dict[str, str]]:
    """All charts of the market as plain data: name, title, unit, SVG."""
    return [*(chart_of(view, name) for name in SERIES), _flows(view)]


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
