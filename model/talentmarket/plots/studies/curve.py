"""How an outcome runs along a parameter: a curve with its band, a line for each value of a second parameter."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots.labels import label_end
from talentmarket.plots.studies.words import (
    LINES,
    axis_label,
    deciding,
    multiples,
    panels_of,
    sample_text,
    scale_parameter,
    scale_response,
    span_of,
    subject,
    subtitle,
    with_choice,
    zero_line,
)
from talentmarket.plots.style import Heading, dress, picture
from talentmarket.studies.analyses.answers import shown
from talentmarket.studies.analyses.indices import strongest
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.response import Curve, binned
from talentmarket.studies.reading.study import Study
from talentmarket.studies.result import StudyResult

MOST_LINES = 6
HEIGHT = 2.9


@picture
def curve_of_response(result: StudyResult, response: int = 0) -> Figure:
    """The response along a parameter: of a grid with its intervals, of other designs as means over the other parameters.

    Parameters
    ----------
    result
        A study with at least one parameter.
    response
        Number of the response, from 0.

    Returns
    -------
    matplotlib.figure.Figure
        Axes for each choice of levers.
    """
    study, panels = result.study, panels_of(result, response)
    if not study.parameters or not panels:
        raise InputError("a curve needs a parameter and a point that did not fail")
    along = _along(result, panels[0])
    figure, drawn = multiples(panels, HEIGHT)
    scale = ""
    for panel, axes in drawn:
        _draw(axes, study, panel, along)
        scale_parameter(axes, study.parameters[along])
        scale = scale_response(axes, panels)
        axes.grid(axis="y")
        axes.label_outer()
    figure.axes[0].set_ylabel(axis_label(study, panels[0], 0.8 * HEIGHT))
    return dress(
        figure,
        Heading("", with_choice(panels[0], _title(study, panels[0], along)), deciding(study)),
        subtitle(study),
        f"{_caption(study, panels[0], along)}{scale}",
    )


def _along(result: StudyResult, panel: Panel) -> int:
    """The parameter on the axis: the one with the most values on a grid, else the strongest."""
    parameters = result.study.parameters
    if result.study.design.kind == "grid":
        return int(np.argmax([len(parameter.levels) if parameter.is_number else 0 for parameter in parameters]))
    rows = strongest(result.indices, panel.name, panel.choice)
    paths = [parameter.path for parameter in parameters]
    return paths.index(rows["parameter"].iloc[0]) if len(rows) else 0


def has_lines(study: Study) -> bool:
    """Whether a second parameter's values are lines of their own: a grid of two, the smaller with few values."""
    return (
        study.design.kind == "grid"
        and len(study.parameters) == 2
        and min(len(each.levels) for each in study.parameters) <= MOST_LINES
    )


def curves(study: Study, panel: Panel, along: int) -> list[tuple[str, Curve]]:
    """The lines to draw, each with its name."""
    values = panel.inputs[:, along]
    if has_lines(study):
        other = study.parameters[1 - along]
        places = other.numbers(other.levels)
        found = []
        for place, level in zip(places, other.levels, strict=True):
            inside = panel.inputs[:, 1 - along] == place
            if inside.any():  # all points of a level may have failed
                found.append((other.text(level), _exact(panel, values, inside)))
        return found
    if study.design.kind == "grid" and len(study.parameters) == 1:
        return [("", _exact(panel, values, np.ones(len(values), dtype=bool)))]
    return [("", binned(values, panel.mean))]


def _exact(panel: Panel, values: np.ndarray, inside: np.ndarray) -> Curve:
    """Points as they are, each with its own interval."""
    order = np.flatnonzero(inside)[np.argsort(values[inside], kind="stable")]
    return Curve(values[order], panel.mean[order], panel.low[order], panel.high[order])


def _draw(axes: Axes, study: Study, panel: Panel, along: int) -> None:
    if study.base is not None:
        zero_line(axes)
    lines = curves(study, panel, along)
    if not (has_lines(study) or len(study.parameters) == 1):
        axes.scatter(panel.inputs[:, along], panel.mean, s=5, color="#BFBFBF", linewidths=0, zorder=1)
    for colour, (name, curve) in zip(LINES, lines, strict=False):
        axes.fill_between(curve.value, curve.low, curve.high, color=colour, alpha=0.25, linewidth=0)
        axes.plot(curve.value, curve.mean, color=colour, marker="o", markersize=2.5)
        if name:
            label = f"{study.parameters[1 - along].label} {name}"
            label_end(axes, label, (float(curve.value[-1]), float(curve.mean[-1])), colour)


def _title(study: Study, panel: Panel, along: int) -> str:
    parameter, label = study.parameters[along], subject(study, panel)
    lines = curves(study, panel, along)
    ends = [
        "from {} to {}".format(
            *(shown(panel.outcome, float(curve.mean[end]), study.base is not None) for end in (0, -1))
        )
        for _, curve in lines
    ]
    span = f"as {span_of(parameter, float(lines[0][1].value[0]), float(lines[0][1].value[-1]))}"
    if len(lines) == 1:
        changes = _differs(lines[0][1])
        return f"{label} goes {ends[0]} {span}" if changes else f"{label} does not clearly change {span}"
    other = study.parameters[1 - along].phrase
    return f"{label} goes {ends[0]} where {other} is {lines[0][0]}, {ends[-1]} where it is {lines[-1][0]}, {span}"


def _differs(curve: Curve) -> bool:
    """Whether both ends of a line differ by more than the 95 % interval of their difference."""
    halves = (curve.high - curve.low)[[0, -1]] / 2.0
    return bool(abs(curve.mean[-1] - curve.mean[0]) > np.hypot(*halves))


def _caption(study: Study, panel: Panel, along: int) -> str:
    if has_lines(study):
        band = f"Lines: {study.parameters[1 - along].label}. Band: 95 % interval of each point's mean."
    elif study.design.kind == "grid" and len(study.parameters) == 1:
        band = "Band: 95 % interval of each point's mean."
    else:
        band = (
            "Grey: points. Line: mean of points alike in this parameter; band: its 95 % interval over what else varies."
        )
    return f"{sample_text(study, panel)}. {band}"
