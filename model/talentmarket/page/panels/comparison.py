"""Runs A and B on one clock: the same series of both and their difference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from talentmarket.numbers import money_in_words, number, signed
from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.lines import Axis, Chart, Line
from talentmarket.page.panels.answer import culture_suffers
from talentmarket.page.panels.charts import SERIES, bands_of, drawn, marks_of, series
from talentmarket.page.panels.counters import MONEY, counters_of
from talentmarket.page.session import Session

GREY = "--light:#8c8c8c;--dark:#a7afb8;--ink:#5c5c5c"
OVERLAID = ("lost", "talent", "headcount", "pay", "loyalty", "output")
DIFFERENCES = {
    "lost": Axis("Lost to other labs: A − B", "researchers so far", 5.0, zero=True),
    "talent": Axis("Talent: A − B", "percentage points", 1.0, zero=True),
}


def lab_to_show(session: Session, wanted: str) -> str:
    """The lab whose series are laid over one another: the wanted one if it is there, else the first target, else the first."""
    names = [lab.name for lab in session.scenario.labs if lab.kind == "lab"]
    targets = [target for campaign in session.scenario.campaigns for target in campaign.targets]
    return next(name for name in (wanted, *targets, *names) if name in names)


def overlaid(a: Session, b: Session, lab: str) -> list[dict[str, str]]:
    """A chart for each series of a lab: A in the lab's colour, B dashed in grey; as plain data."""
    row = [each.name for each in a.scenario.labs].index(lab)
    labs_of_b = [each.name for each in b.scenario.labs]
    style = lab_styles(a.scenario.labs)[row]
    bands = bands_of(a) or bands_of(b)
    charts = []
    for name in (*OVERLAID, *(("culture",) if culture_suffers(a.scenario) or culture_suffers(b.scenario) else ())):
        lines = [Line("A", style, series(a, name)[:, row])]
        if lab in labs_of_b:
            lines.append(Line("B", GREY, series(b, name)[:, labs_of_b.index(lab)], dashed=True))
        axis = replace(SERIES[name], title=f"{lab}: {SERIES[name].title}")
        charts.append(drawn(name, Chart(axis, a.months, lines, marks_of(a), bands, together="A and B")))
    return charts


def differences(a: Session, b: Session) -> list[dict[str, str]]:
    """Charts of A less B for all labs that both have: people lost to other labs, and talent."""
    labs_of_b = [lab.name for lab in b.scenario.labs]
    styles = lab_styles(a.scenario.labs)
    charts = []
    for name, axis in DIFFERENCES.items():
        in_a, in_b = series(a, name), series(b, name)
        months = min(len(in_a), len(in_b))
        lines = [
            Line(lab.name, styles[row], in_a[:months, row] - in_b[:months, labs_of_b.index(lab.name)])
            for row, lab in enumerate(a.scenario.labs)
            if lab.kind == "lab" and lab.name in labs_of_b
        ]
        charts.append(drawn(f"difference_{name}", Chart(axis, a.months, lines)))
    return charts


def counters_compared(a: Session, b: Session) -> list[dict[str, str]]:
    """The counters of both, and their difference, in rows."""
    in_a, in_b = (
        {counter["name"]: counter for group in counters_of(run) for counter in group["counters"]} for run in (a, b)
    )
    return [_compared(name, in_a.get(name), in_b.get(name)) for name in {**in_a, **in_b}]


def _compared(name: str, in_a: dict[str, Any] | None, in_b: dict[str, Any] | None) -> dict[str, str]:
    """A row of a counter; where a run does not have it, nothing has happened."""
    a, b = (counter["value"] if counter else 0 for counter in (in_a, in_b))
    as_text = money_in_words if name in MONEY else number
    return {
        "name": name,
        "words": (in_a or in_b or {})["words"],
        "a": as_text(a),
        "b": as_text(b),
        "difference": "0" if a == b else signed(as_text(a - b)),
    }
