"""What an outcome hangs on: the best index of each parameter with its interval, and the floor of chance."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, SOFT
from talentmarket.plots.studies.words import (
    ABOVE,
    BELOW,
    UNCLEAR,
    deciding,
    panels_of,
    sample_text,
    subject,
    subtitle,
    with_choice,
)
from talentmarket.plots.style import Heading, canvas, dress, picture
from talentmarket.studies.analyses.indices import strongest
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.result import StudyResult

MOST_ROWS = 25
ROW = 0.2
NAMES = {
    "sobol_total": "share of the variance, alone and with others (Sobol's total index)",
    "pawn": "greatest distance of distributions (PAWN)",
    "morris": "mean size of the effect of a parameter's whole range (Morris), in the outcome's unit",
    "rank_correlation": "partial rank correlation",
}


@picture
def indices_of_parameters(result: StudyResult, response: int = 0) -> Figure:
    """The parameters by the best index that the design allows, the strongest first.

    Parameters
    ----------
    result
        A study whose design has an index.
    response
        Number of the response, from 0; under the first choice of levers.

    Returns
    -------
    matplotlib.figure.Figure
        A row for each parameter, coloured by whether the outcome rises or falls with it.
    """
    study, panels = result.study, panels_of(result, response)
    if not panels:
        raise InputError("there is no point that did not fail")
    panel = panels[0]
    rows = strongest(result.indices, panel.name, panel.choice).head(MOST_ROWS)
    if not len(rows):
        raise InputError("this design has no index of sensitivity, or too few points")
    places = np.arange(len(rows))
    labels = {parameter.path: parameter.label for parameter in study.parameters}
    figure = canvas(ROW * len(rows) + 0.7)
    axes = figure.subplots()
    for place, row in zip(places, rows.itertuples(), strict=True):
        colour = {1: ABOVE, -1: BELOW, 0: SOFT}[row.direction]
        axes.hlines(place, row.low, row.high, color=colour, linewidth=1.2)
        axes.scatter(row.value, place, s=18, color=colour, zorder=3)
    floor = float(rows["floor"].iloc[0])
    if not math.isnan(floor):
        axes.axvspan(0.0, floor, color=UNCLEAR, alpha=0.35, linewidth=0, zorder=0)
    axes.axvline(0.0, color=DARK, linewidth=0.7, zorder=1)
    axes.set_yticks(places, [words.shortened(labels[path], 7.5, 2.6) for path in rows["parameter"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel(NAMES[rows["index"].iloc[0]])
    heading = Heading("", with_choice(panel, _title(result, panel)), deciding(study))
    return dress(figure, heading, subtitle(study), _caption(result, panel, floor))


def _title(result: StudyResult, panel: Panel) -> str:
    rows = strongest(result.indices, panel.name, panel.choice)
    floor = rows["floor"].iloc[0]
    telling = rows[rows["value"] > floor] if not math.isnan(floor) else rows
    about = subject(result.study, panel)
    if not len(telling):
        return f"{about}: no parameter stands out from chance"
    labels = {parameter.path: parameter.label for parameter in result.study.parameters}
    names = [labels[path] for path in telling["parameter"].head(2)]
    return f"{about} hangs most on {' and '.join(names)}"


def _caption(result: StudyResult, panel: Panel, floor: float) -> str:
    shade = (
        " Shaded: the largest index of permuted responses stays there 95 times of 100." if not math.isnan(floor) else ""
    )
    return (
        f"{sample_text(result.study, panel)}. Orange: the outcome rises with the parameter; blue: it falls; grey: neither "
        f"clearly. Lines: 95 % intervals.{shade}"
    )
