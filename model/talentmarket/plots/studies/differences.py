"""Every point's difference in the order of its size: in how much of the space it has which sign."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots.studies.words import (
    ABOVE,
    BELOW,
    UNCLEAR,
    axis_label,
    deciding,
    multiples,
    panels_of,
    sample_text,
    scale_response,
    subtitle,
    zero_line,
)
from talentmarket.plots.style import Heading, dress, picture
from talentmarket.studies.analyses.answers import hangs_on, in_short
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.result import StudyResult

HEIGHT = 2.8
LEAST_POINTS = 4


@picture
def sorted_differences(result: StudyResult, response: int = 0) -> Figure:
    """The differences of all points with their intervals, from the lowest to the highest.

    Parameters
    ----------
    result
        A study with a base and at least four points.
    response
        Number of the response, from 0.

    Returns
    -------
    matplotlib.figure.Figure
        Blue: clearly below zero, orange: clearly above, grey: unclear; axes for each choice of levers.
    """
    study, panels = result.study, panels_of(result, response)
    if not has_differences(result, response):
        raise InputError(f"differences need a base to differ from, and {LEAST_POINTS} points that did not fail")
    figure, drawn = multiples(panels, HEIGHT)
    scale = ""
    for panel, axes in drawn:
        _draw(axes, panel)
        scale = scale_response(axes, panels)
        axes.label_outer()
    figure.axes[0].set_ylabel(axis_label(study, panels[0], 0.8 * HEIGHT))
    caption = (
        f"{sample_text(study, panels[0])}, in the order of the mean; lines: 95 % intervals. Blue: clearly below zero; "
        f"orange: clearly above; grey: the interval holds zero.{scale} {hangs_on(study, result.indices, panels[0])}"
    ).rstrip()
    return dress(figure, Heading("", in_short(study, panels[0]), deciding(study)), subtitle(study), caption)


def has_differences(result: StudyResult, response: int) -> bool:
    """Whether a response can be drawn in the order of its size: a few points say no more than their curve."""
    panels = panels_of(result, response)
    return result.study.base is not None and any(len(panel.mean) >= LEAST_POINTS for panel in panels)


def _draw(axes: Axes, panel: Panel) -> None:
    order = np.argsort(panel.mean, kind="stable")
    mean, low, high = panel.mean[order], panel.low[order], panel.high[order]
    place = 100.0 * (np.arange(len(order)) + 0.5) / len(order)
    groups = ((high < 0.0, BELOW), (low > 0.0, ABOVE), (~(high < 0.0) & ~(low > 0.0), UNCLEAR))
    for chosen, colour in groups:
        axes.vlines(place[chosen], low[chosen], high[chosen], color=colour, linewidth=0.9)
        axes.scatter(place[chosen], mean[chosen], s=7, color=colour, linewidths=0, zorder=3)
    zero_line(axes)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of the points, %")
    axes.grid(axis="y")
