"""Two sessions on one clock: the same series of both, their difference, and the twins who part."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.lines import Chart, Line, line_chart
from talentmarket.page.drawing.text import money, number, signed
from talentmarket.page.panels.charts import KINDS, bands_of, marks_of, series
from talentmarket.page.panels.counters import counters_of
from talentmarket.page.session import Session
from talentmarket.page.view import same_people

MOST_TWINS = 80
GREY = "--light:#8c8c8c;--dark:#a7afb8;--ink:#5c5c5c"
OVERLAID = ("lost", "talent", "headcount", "pay", "loyalty", "output")


def lab_to_show(session: Session, wanted: str) -> str:
    """The lab whose series are laid over one another: the wanted one if it is there, else the first target, else the first."""
    names = [lab.name for lab in session.scenario.labs if lab.kind == "lab"]
    targets = [target for campaign in session.scenario.campaigns for target in campaign.targets]
    return next(name for name in (wanted, *targets, *names) if name in names)


def overlaid(one: Session, other: Session, lab: str) -> list[dict[str, str]]:
    """A chart for each measure of a lab: this run, and the other one dashed in grey; as plain data."""
    row = [each.name for each in one.scenario.labs].index(lab)
    there = [each.name for each in other.scenario.labs]
    style = lab_styles(one.scenario.labs)[row]
    kinds = {kind.name: kind for kind in KINDS}
    drawn = []
    damaged = any(_culture_suffers(each) for each in (one, other))
    for name in (*OVERLAID, *(("culture",) if damaged else ())):
        kind = kinds[name]
        lines = [Line("A", style, series(one, name)[:, row])]
        if lab in there:
            lines.append(Line("B", GREY, series(other, name)[:, there.index(lab)], dashed=True))
        chart = Chart(
            title=f"{lab}: {kind.title}",
            unit=kind.unit,
            months=one.months,
            lines=lines,
            marks=marks_of(one),
            bands=bands_of(one) or bands_of(other),
            least=kind.least,
            zero=kind.zero,
            floor=kind.floor,
            together="A and B",
        )
        drawn.append({"name": name, "title": chart.title, "unit": chart.unit, "svg": line_chart(chart)})
    return drawn


def _culture_suffers(session: Session) -> bool:
    """Whether anything in the scenario can damage a culture."""
    culture = session.scenario.culture
    return max(culture.growth_strain, culture.mercenary_strain, culture.inequality_strain, culture.loss_strain) > 0.0


def differences(one: Session, other: Session) -> list[dict[str, str]]:
    """Charts of A less B for all labs that both have: people lost to other labs, and talent."""
    there = [lab.name for lab in other.scenario.labs]
    styles = lab_styles(one.scenario.labs)
    drawn = []
    for name, unit, least in (("lost", "researchers so far", 5.0), ("talent", "percentage points", 1.0)):
        mine, theirs = series(one, name), series(other, name)
        months = min(len(mine), len(theirs))
        lines = [
            Line(lab.name, styles[row], mine[:months, row] - theirs[:months, there.index(lab.name)])
            for row, lab in enumerate(one.scenario.labs)
            if lab.kind == "lab" and lab.name in there
        ]
        title = "Lost, A less B" if name == "lost" else "Talent, A less B"
        chart = Chart(title, unit, one.months, lines, least=least, zero=True)
        drawn.append({"name": f"difference_{name}", "title": chart.title, "unit": unit, "svg": line_chart(chart)})
    return drawn


def counters_compared(one: Session, other: Session) -> list[dict[str, str]]:
    """The counters of both, and their difference, in rows."""
    mine = {each["name"]: each for group in counters_of(one) for each in group["counters"]}
    theirs = {each["name"]: each for group in counters_of(other) for each in group["counters"]}
    rows = []
    for name in {**mine, **theirs}:
        words = (mine.get(name) or theirs[name])["words"]
        a, b = (side[name]["value"] if name in side else 0 for side in (mine, theirs))
        as_text = money if name == "spend_packages" else number
        rows.append(
            {
                "name": name,
                "words": words,
                "a": as_text(a),
                "b": as_text(b),
                "difference": signed(a - b, as_text) or "0",
            }
        )
    return rows


def twins_of(one: Session, other: Session) -> np.ndarray:
    """Numbers of those who are at another lab in the other run this month; none where they are not the same people."""
    if not same_people(one, other) or one.month != other.month:
        return np.zeros(0, dtype=int)
    mine, theirs = (each.market.replicate.world.researchers["lab"] for each in (one, other))
    return np.flatnonzero(mine != theirs)


def twins_told(one: Session, other: Session) -> dict[str, Any]:
    """The twins as plain data, greatest talent first: where each is in either run, and since when; and in words how many."""
    if not same_people(one, other):
        return {"words": "The two scenarios do not have the same people, so nobody has a twin.", "rows": []}
    twins = twins_of(one, other)
    world, their_world = one.market.replicate.world, other.market.replicate.world
    order = twins[np.argsort(-world.researchers["talent"][twins], kind="stable")][:MOST_TWINS]
    words = f"{len(twins):,} of {world.researchers.size:,} people are at another lab in A than in B"
    shown = f"; the {len(order)} with the greatest talent:" if len(twins) > len(order) else "."
    return {
        "words": words + shown,
        "rows": [
            {
                "who": who,
                "talent": number(float(world.researchers["talent"][who])),
                "a": _place(one, world.researchers[who]),
                "b": _place(other, their_world.researchers[who]),
            }
            for who in order.tolist()
        ],
    }


def _place(session: Session, person: np.record) -> str:
    lab, joined = session.scenario.labs[int(person["lab"])].name, int(person["joined"])
    return f"{lab} since {joined}" if joined > 0 else lab
