"""The charts of a market: head-count, pay, losses, culture, stock and flows, as SVG text with their titles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.lines import Chart, Line, line_chart
from talentmarket.page.drawing.matrix import flow_matrix
from talentmarket.page.view import View


@dataclass(frozen=True)
class Kind:
    """A kind of line chart: its name, title and unit, the smallest range of its axis, whether that holds zero, its floor."""

    name: str
    title: str
    unit: str
    least: float
    zero: bool = False
    floor: float = -math.inf


KINDS = (
    Kind("headcount", "Head-count", "change since month 0, %", 2.0, zero=True),
    Kind("lost", "Lost to other labs", "researchers so far", 10.0, zero=True, floor=0.0),
    Kind("pay", "Median pay", "M$ a year", 0.1),
    Kind("culture", "Culture", "1 is unharmed", 0.1),
    Kind("stock", "Stock", "index, 1 in month 0", 0.5),
    Kind("talent", "Talent", "change since month 0, %", 2.0, zero=True),
    Kind("loyalty", "Loyalty", "mean weight on the mission", 0.05),
    Kind("output", "Output", "change since month 1, %", 2.0, zero=True),
)
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
    return [*(chart_of(view, kind) for kind in KINDS), _flows(view)]


def chart_of(view: View, kind: Kind) -> dict[str, str]:
    """One chart as plain data."""
    labs = view.scenario.labs
    values = series(view, kind.name)
    lines = [
        Line(lab.name, style, values[:, row])
        for row, (lab, style) in enumerate(zip(labs, lab_styles(labs), strict=True))
        if lab.kind == "lab"
    ]
    chart = Chart(
        title=kind.title,
        unit=kind.unit,
        months=view.months,
        lines=lines,
        marks=marks_of(view),
        bands=bands_of(view),
        least=kind.least,
        zero=kind.zero,
        floor=kind.floor,
    )
    return {"name": kind.name, "title": kind.title, "unit": kind.unit, "svg": line_chart(chart)}


def marks_of(view: View) -> Sequence[tuple[int, str]]:
    """Month and name of the events so far."""
    return view.market.replicate.happened


def bands_of(view: View) -> list[tuple[int, int]]:
    """First and last month of each campaign."""
    return [(each.start, each.start + each.months - 1) for each in view.scenario.campaigns]


def _flows(view: View) -> dict[str, str]:
    flows = view.market.replicate.world.flows[: view.month + 1].sum(axis=0)
    names = [lab.name for lab in view.scenario.labs]
    svg = flow_matrix(flows, names, view.outside, f"{FLOWS}, number of moves so far")
    return {"name": "flows", "title": FLOWS, "unit": "moves so far", "svg": svg}
