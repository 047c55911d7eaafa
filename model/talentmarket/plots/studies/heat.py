"""An outcome over the two strongest parameters: colours for its size, a line where it is zero, hatches where that is unclear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize, SymLogNorm, TwoSlopeNorm
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots.colours import DARK
from talentmarket.plots.studies.words import (
    axis_label,
    deciding,
    is_log,
    multiples,
    number_response,
    panels_of,
    sample_text,
    scale_parameter,
    subject,
    subtitle,
    threshold,
)
from talentmarket.plots.style import Heading, dress, picture
from talentmarket.studies.analyses.answers import in_short, shown
from talentmarket.studies.analyses.indices import strongest
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.response import is_skewed, surface
from talentmarket.studies.reading.study import Study
from talentmarket.studies.result import StudyResult

HEIGHT = 3.4
LEAST_POINTS = 9
NEAR = 0.3  # of the largest difference: a smaller spread has a scale of its own


@picture
def heat_map(result: StudyResult, response: int = 0) -> Figure:
    """The response over the two parameters it hangs on most, smoothed over all others.

    Parameters
    ----------
    result
        A study with at least two parameters whose values are numbers, and nine points.
    response
        Number of the response, from 0.

    Returns
    -------
    matplotlib.figure.Figure
        Axes for each choice of levers; crosses are points whose interval holds zero, the line is where it is zero.
    """
    study, panels = result.study, panels_of(result, response, with_chosen=True)
    if not has_heat(result, response):
        raise InputError("a heat map needs two parameters that are numbers, and nine points that did not fail")
    sampled = panels_of(result, response)[0]
    pair = _pair(result, sampled)
    values = np.concatenate([panel.mean for panel in panels])
    colours = _colours(values, study.base is not None)
    figure, drawn = multiples(panels, HEIGHT)
    for panel, axes in drawn:
        mesh = _draw(axes, study, panel, pair, colours)
        axes.label_outer()
    bar = figure.colorbar(mesh, ax=figure.axes[: len(panels)], shrink=0.8, pad=0.02)
    number_response(bar.ax.yaxis, panels[0])
    bar.set_label(axis_label(study, panels[0], 0.8 * HEIGHT))
    caption = _caption(study, panels, is_skewed(values))
    return dress(figure, Heading("", _title(study, sampled, pair), deciding(study)), subtitle(study), caption)


def has_heat(result: StudyResult, response: int) -> bool:
    """Whether a response can be drawn over two parameters."""
    panels = panels_of(result, response, with_chosen=True)
    numbers = [parameter for parameter in result.study.parameters if parameter.is_number]
    return len(numbers) >= 2 and bool(panels) and all(len(panel.mean) >= LEAST_POINTS for panel in panels)


def _pair(result: StudyResult, panel: Panel) -> tuple[int, int]:
    """The two strongest parameters whose values are numbers; the first two where nothing ranks them."""
    parameters = result.study.parameters
    paths = [parameter.path for parameter in parameters]
    ranked = [paths.index(path) for path in strongest(result.indices, panel.name, panel.choice)["parameter"]]
    order = [place for place in dict.fromkeys([*ranked, *range(len(paths))]) if parameters[place].is_number]
    return order[0], order[1]


def _colours(values: np.ndarray, has_base: bool) -> tuple[str, Normalize]:
    """Blue below zero, white at zero and red above for differences, one hue for an outcome; skewed ones by symlog."""
    low, high = (float(end) for end in np.quantile(values, [0.01, 0.99]))
    if is_skewed(values):
        reach = max(abs(low), abs(high))
        ends = (-reach, reach) if has_base else (low, high)
        return "RdBu_r" if has_base else "Blues", SymLogNorm(threshold(values), vmin=ends[0], vmax=ends[1])
    if not has_base:
        return "Blues", Normalize(low, max(high, low + 1e-12))
    reach = max(abs(low), abs(high), 1e-12)
    if low < 0.0 < high:
        return "RdBu_r", TwoSlopeNorm(0.0, -reach, reach)
    # From zero on, unless everything lies so far from it that no difference would be seen.
    if high <= 0.0:
        return "Blues_r", Normalize(low, 0.0 if high - low > NEAR * reach else high)
    return "Reds", Normalize(0.0 if high - low > NEAR * reach else low, high)


def _draw(axes: Axes, study: Study, panel: Panel, pair: tuple[int, int], colours: tuple[str, Normalize]) -> QuadMesh:
    first, second = (study.parameters[place] for place in pair)
    columns = [panel.inputs[:, place] for place in pair]
    scaled = [np.log(c) if is_log(each) else c for c, each in zip(columns, (first, second), strict=True)]
    found = surface(scaled[0], scaled[1], panel.mean)
    x, y = (np.exp(axis) if is_log(each) else axis for axis, each in ((found.first, first), (found.second, second)))
    mesh = axes.pcolormesh(x, y, found.response, cmap=colours[0], norm=colours[1], shading="gouraud", rasterized=True)
    if study.base is not None:
        _mark_signs(
            axes,
            (x, y),
            found.response,
            [surface(scaled[0], scaled[1], end).response for end in (panel.low, panel.high)],
        )
    unclear = (panel.low <= 0.0) & (panel.high >= 0.0)
    if study.base is None:
        unclear[:] = False
    axes.scatter(columns[0][~unclear], columns[1][~unclear], s=4, color=DARK, linewidths=0, alpha=0.5, clip_on=False)
    axes.scatter(columns[0][unclear], columns[1][unclear], s=14, color=DARK, marker="x", linewidths=0.6, clip_on=False)
    scale_parameter(axes, first)
    scale_parameter(axes, second, horizontal=False)
    return mesh


def _mark_signs(axes: Axes, place: tuple[np.ndarray, np.ndarray], mean: np.ndarray, ends: list[np.ndarray]) -> None:
    """Hatch where the interval holds zero, and draw the line on which the mean is zero."""
    low, high = ends
    nearest = np.minimum(-low, high)  # above zero where the interval holds zero
    if nearest.max() > 0.0:
        axes.contourf(*place, nearest, levels=[0.0, nearest.max()], colors="none", hatches=["////"])
    if mean.min() < 0.0 < mean.max():
        axes.contour(*place, mean, levels=[0.0], colors=[DARK], linewidths=1.4)


def _title(study: Study, panel: Panel, pair: tuple[int, int]) -> str:
    first, second = (study.parameters[place] for place in pair)
    if study.base is not None:
        return f"{in_short(study, panel)}; by {first.phrase} and {second.phrase}"
    ends = []
    for end in (int(np.argmin(panel.mean)), int(np.argmax(panel.mean))):
        values = zip((first, second), panel.inputs[end, list(pair)], strict=True)
        where = " and ".join(f"{parameter.phrase} is {parameter.text_of(value)}" for parameter, value in values)
        ends.append(f"{shown(panel.outcome, float(panel.mean[end]))}, where {where}")
    return f"{subject(study, panel)} is lowest at {ends[0]}, and highest at {ends[1]}"


def _caption(study: Study, panels: Sequence[Panel], skewed: bool) -> str:
    colour = "Colour: thin-plate spline through the points, smoothing what else varies"
    scale = ", logarithmic for large values" if skewed else ""
    text = f"{sample_text(study, panels[0])}. {colour}{scale}"
    if study.base is None or not any((panel.low * panel.high <= 0.0).any() for panel in panels):
        return f"{text}."
    return f"{text}; line: it is zero; hatched: its 95 % interval holds zero. Crosses: points whose own interval does."
