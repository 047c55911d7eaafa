"""The pools of a view as plain data: what stands still during a run, and what a month changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from talentmarket.market.readers.approaches import approaches_table
from talentmarket.numbers import number, signed
from talentmarket.page.drawing.colours import lab_styles
from talentmarket.page.drawing.pools import SIZES, STAGE_SIZES, dot_radius
from talentmarket.page.panels.raid import stages_of
from talentmarket.page.told.fates import fate
from talentmarket.page.view import View

SHADES = 5  # of loyalty, from money to mission
RIBBONS, RIBBON_MONTHS = 12, 12


def still_of(view: View) -> dict[str, Any]:
    """What stays the same until Reset: the pools, their labs, and how many people a dot stands for."""
    labs = view.scenario.labs
    drawn, everybody = len(view.first_drawn), view.scenario.researchers
    return {
        "labs": [
            {"name": lab.name, "style": style, "outside": lab.kind == "outside"}
            for lab, style in zip(labs, lab_styles(labs), strict=True)
        ],
        "pools": {shape: [[pool.x, pool.y, pool.radius] for pool in pools] for shape, pools in view.pools.items()},
        "sizes": SIZES,
        "stages": stages_of(view),
        "stage_sizes": STAGE_SIZES,
        "caption": _caption(drawn, everybody, bool(view.scenario.campaigns)),
    }


def _caption(drawn: int, everybody: int, raided: bool) -> str:
    """What is drawn of the people."""
    whole = drawn == everybody
    people = f"one of all {everybody:,}" if whole else f"one in {everybody / drawn:.0f} at every lab"
    ringed = f" Ringed: came by a raid (pale: went back){'' if whole else ', all drawn'}." if raided else ""
    return f"Each dot is a researcher, {people}. Size is talent.{ringed}"


def stage_of(view: View, twins: frozenset[int] = frozenset()) -> dict[str, Any]:
    """The present month of the pools.

    Parameters
    ----------
    view
        What to draw.
    twins
        Researchers to mark, because they are elsewhere in the run that this one is compared with.

    Returns
    -------
    dict
        `dots`: for each researcher drawn `number,radius,shade,lab,x,y,fate,twin`, joined by semicolons (text travels to the
        browser at a tenth of the cost of lists); x and y in thousandths of the pool's radius from its middle.
        `labels`: head-count of each lab and its change. `ribbons`: the largest flows of the last year.
    """
    world = view.market.replicate.world
    heads = world.months["headcount"][view.month]
    change = heads - world.months["headcount"][0]
    return {
        "dots": _dots(view, twins),
        "labels": [
            {"heads": number(now), "change": signed(number(more)) if more else ""}
            for now, more in zip(heads.tolist(), change.tolist(), strict=True)
        ],
        "ribbons": _ribbons(view),
    }


class Dot(NamedTuple):
    """A researcher who is drawn: size, shade from money (0) to mission, lab, and place in radii of its pool."""

    researcher: int
    radius: float
    shade: int
    lab: int
    x: float
    y: float


def dots_of(view: View) -> Iterator[Dot]:
    """The researchers who are drawn."""
    people, pools = view.market.replicate.world.researchers[view.drawn], view.pools["wide"]
    shades = np.minimum((people["loyalty"] * SHADES).astype(int), SHADES - 1).tolist()
    for researcher, talent, shade in zip(view.drawn.tolist(), people["talent"].tolist(), shades, strict=True):
        home = view.first_lab(researcher)
        radius = dot_radius(talent, pools[home], view.capacity[home])
        yield Dot(researcher, radius, shade, *view.places.offset(researcher))


def _dots(view: View, twins: frozenset[int]) -> str:
    fates = _fates(view)
    return ";".join(
        f"{who},{radius},{shade},{lab},{round(1000 * x)},{round(1000 * y)},"
        f"{fates.get(who, '')},{'t' if who in twins else ''}"
        for who, radius, shade, lab, x, y in dots_of(view)
    )


def _fates(view: View) -> dict[int, str]:
    """The latest fate of everyone whom a campaign has asked."""
    approaches = approaches_table(view.market.replicate.world, view.scenario)
    return {
        researcher: fate(outcome)
        for researcher, outcome in zip(
            approaches["researcher"].tolist(), approaches["outcome"].codes.tolist(), strict=True
        )
    }


def _ribbons(view: View) -> list[dict[str, Any]]:
    """The largest flows between labs in the last year, with their width from 0 to 1."""
    month = view.month
    flows = view.market.replicate.world.flows[max(month - RIBBON_MONTHS, 0) + 1 : month + 1].sum(axis=0)
    flows[view.outside, :] = flows[:, view.outside] = 0
    most = max(int(flows.max()), 1)
    pairs = np.argwhere(flows)
    order = np.argsort(-flows[tuple(pairs.T)], kind="stable")[:RIBBONS]
    names = [lab.name for lab in view.scenario.labs]
    return [
        {
            "from": int(origin),
            "to": int(destination),
            "width": round(float(np.sqrt(flows[origin, destination] / most)), 3),
            "text": f"{names[origin]} to {names[destination]}: {number(flows[origin, destination])} in a year",
        }
        for origin, destination in pairs[order].tolist()
    ]
