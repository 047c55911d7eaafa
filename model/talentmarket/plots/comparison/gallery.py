"""All pictures of a comparison, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.side_by_side import answering
from talentmarket.errors import InputError
from talentmarket.plots.comparison.answers import answers_by_cost
from talentmarket.plots.comparison.apart import parts_of_difference
from talentmarket.plots.comparison.difference import differences_over_time
from talentmarket.plots.comparison.effects import effects_of_runs
from talentmarket.plots.comparison.flows import changes_of_flows
from talentmarket.plots.comparison.raids import any_raid, raids_side_by_side
from talentmarket.plots.comparison.series import losses_over_time
from talentmarket.plots.comparison.twins import fates_of_twins
from talentmarket.plots.files import provenance_of, save

PICTURES: dict[str, Callable[[Comparison], Figure]] = {
    "raids": raids_side_by_side,
    "effects": effects_of_runs,
    "series": losses_over_time,
    "difference": differences_over_time,
    "flow_changes": changes_of_flows,
    "twins": fates_of_twins,
    "answers": answers_by_cost,
}


def draw(comparison: Comparison, kind: str) -> Figure:
    """A picture of a comparison by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if kind not in PICTURES:
        raise InputError(f"there is no picture {kind!r} of a comparison; there are {', '.join(PICTURES)}")
    return PICTURES[kind](comparison)


def comparison_plots(comparison: Comparison) -> dict[str, Figure]:
    """Every picture for which a comparison has something to show, by file name without ending."""
    empty = {
        "twins": not len(comparison.twins),
        "raids": not any_raid(comparison),
        "answers": not answering(comparison),
    }
    shown = [kind for kind in PICTURES if not empty.get(kind)]
    return {kind: draw(comparison, kind) for kind in shown}


def save_comparison_plots(
    comparison: Comparison, folder: Path, apart: pd.DataFrame | None = None, svg_text: bool = False
) -> None:
    """Draw every picture of a comparison into a folder, as PNG and SVG; with its parts also a waterfall of them.

    With `svg_text` letters in SVG stay text.
    """
    titles = " / ".join(each.scenario.title for each in comparison.runs)
    provenance = provenance_of(titles, comparison.runs[0].manifest)
    figures = comparison_plots(comparison)
    if apart is not None:
        figures["apart"] = parts_of_difference(comparison, apart)
    for name, figure in figures.items():
        save(figure, folder, name, provenance, svg_text)
