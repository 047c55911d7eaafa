"""How far each parameter alone moves an outcome: its mean where the parameter is low, and where it is high."""

from __future__ import annotations

import json
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.numbers import count, number
from talentmarket.plots import words
from talentmarket.plots.colours import DARK
from talentmarket.plots.studies.words import (
    ABOVE,
    BELOW,
    UNCLEAR,
    axis_label,
    deciding,
    number_response,
    panels_of,
    sample_text,
    subject,
    subtitle,
    with_choice,
)
from talentmarket.plots.style import WIDTH, Heading, canvas, dress, picture
from talentmarket.studies.analyses.answers import shown
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.response import Swing, swing
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.result import StudyResult

MOST_ROWS = 12
LEAST_POINTS = 16
ROW = 0.3
UP = 0.19  # of a row: half the height of a bar


class Row(NamedTuple):
    """A parameter and how the response swings with it."""

    parameter: Parameter
    swing: Swing


@picture
def tornado(result: StudyResult, response: int = 0) -> Figure:
    """The parameters by how far the response moves from their lowest to their highest quarter, the farthest first.

    Parameters
    ----------
    result
        A study with sixteen points and a parameter.
    response
        Number of the response, from 0; under the first choice of levers.

    Returns
    -------
    matplotlib.figure.Figure
        A row for each parameter: bars from the mean of all points to that of the lowest and of the highest quarter.
    """
    if not has_tornado(result, response):
        raise InputError(f"a tornado needs a parameter, and {LEAST_POINTS} points that did not fail")
    study, panel = result.study, panels_of(result, response)[0]
    rows = _rows(result, panel)
    figure = canvas(ROW * len(rows) + 0.8)
    axes = figure.subplots()
    middle = float(panel.mean.mean())
    for place, row in enumerate(rows):
        _draw(axes, place, row.swing, middle)
    axes.axvline(middle, color=DARK, linewidth=0.8)
    if study.base is not None:
        axes.axvline(0.0, color=DARK, linewidth=0.6, linestyle=":")
    axes.set_yticks(range(len(rows)), [words.shortened(row.parameter.label, 7.5, 2.3) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.16)
    number_response(axes.xaxis, panel)
    axes.set_xlabel(axis_label(study, panel, 0.6 * WIDTH))
    for place, row in enumerate(rows):
        _name_ends(axes, place, row, middle)
    caption = (
        f"{sample_text(study, panel)}. Bars: from the mean of all points to that of the quarter with the lowest (blue) and with"
        " the highest (orange) values, which stand beside them; lines: 95 % intervals over what else varies. Grey: the two do"
        " not differ clearly."
    )
    heading = Heading("", with_choice(panel, _title(result, panel, rows)), deciding(study))
    return dress(figure, heading, subtitle(study), caption)


def has_tornado(result: StudyResult, response: int) -> bool:
    """Whether a response can be drawn by the ends of each parameter."""
    panels = panels_of(result, response)
    return bool(result.study.parameters) and bool(panels) and len(panels[0].mean) >= LEAST_POINTS


def _rows(result: StudyResult, panel: Panel) -> list[Row]:
    rows = [
        Row(parameter, swing(panel.inputs[:, place], panel.mean))
        for place, parameter in enumerate(result.study.parameters)
    ]
    return sorted(rows, key=lambda row: -abs(row.swing.size))[:MOST_ROWS]


def _draw(axes: Axes, place: int, found: Swing, middle: float) -> None:
    for mean, half, colour, up in ((found.low, found.low_half, BELOW, -UP), (found.high, found.high_half, ABOVE, UP)):
        painted = colour if found.is_clear else UNCLEAR
        axes.barh(place + up, mean - middle, left=middle, height=2 * UP, color=painted, linewidth=0)
        axes.hlines(place + up, mean - half, mean + half, color=DARK, linewidth=0.7)


def _name_ends(axes: Axes, place: int, row: Row, middle: float) -> None:
    """The parameter's values beside the bars, outside of their intervals."""
    found = row.swing
    ends = ((found.low, found.low_half, found.low_value, -UP), (found.high, found.high_half, found.high_value, UP))
    for mean, half, value, up in ends:
        side = 1 if mean > middle else -1
        axes.annotate(
            _value_text(row.parameter, value),
            (mean + side * half, place + up),
            xytext=(3 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            size=6.0,
        )


def _value_text(parameter: Parameter, value: float) -> str:
    return number(value, 2) if parameter.is_number else json.dumps(parameter.values[round(value)]).strip('"')


def _title(result: StudyResult, panel: Panel, rows: list[Row]) -> str:
    first, about = rows[0], subject(result.study, panel)
    if not first.swing.is_clear:
        return f"{about} moves clearly with no parameter alone"
    low, high = (_value_text(first.parameter, value) for value in (first.swing.low_value, first.swing.high_value))
    ends = (shown(panel.outcome, each, result.study.base is not None) for each in (first.swing.low, first.swing.high))
    return (
        f"{about} goes from {' to '.join(ends)} as {first.parameter.phrase} goes from"
        f" {low} to {high}, the widest swing of {count(len(result.study.parameters), 'parameter')}"
    )
