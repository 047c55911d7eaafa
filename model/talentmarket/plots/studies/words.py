"""What the pictures of a study share: colours, axes, small multiples for levers, the line below the title."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator, SymmetricalLogLocator

from talentmarket.numbers import NO_BREAK, count, number
from talentmarket.plots import words
from talentmarket.plots.colours import DARK
from talentmarket.plots.style import WIDTH, canvas
from talentmarket.scenario.text.wording import capital
from talentmarket.scenario.writing.resting import named_with_basis
from talentmarket.studies.analyses.answers import UNIT, factor_of
from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.response import is_skewed
from talentmarket.studies.reading.deciding import held, own_scenarios
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Study
from talentmarket.studies.result import StudyResult

# Okabe and Ito (2008): below zero, above zero, unclear.
BELOW, ABOVE, UNCLEAR = "#0072B2", "#D55E00", "#BFBFBF"
LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#222222")
COLUMNS = 3
MOST_DECIDING = 4
MOST_TICKS = 8


def panels_of(result: StudyResult, response: int, with_chosen: bool = False) -> list[Panel]:
    """The panels of a response, one for each choice of levers; those without any point are left out.

    Parameters
    ----------
    with_chosen
        Whether points that were chosen where a sign is unclear are among them.
    """
    name = result.study.response_name(*result.study.responses[response])
    panels = result.panels_of_all if with_chosen else result.panels
    return [panel for panel in panels if panel.name == name and len(panel.mean)]


def multiples(panels: Sequence[Panel], height: float) -> tuple[Figure, Iterator[tuple[Panel, Axes]]]:
    """A figure with axes for each choice of levers, headed by the choice, all to one scale."""
    columns = min(COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    figure = canvas(height * rows)
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    for panel, axes in zip(panels, grid, strict=False):
        if panel.choice:
            axes.set_title(words.in_lines(panel.choice_label, 7.5, 6.0 / columns, 2), size=7.5)
    return figure, zip(panels, grid, strict=False)


def subtitle(study: Study) -> str:
    """The question, or what is studied."""
    if study.question:
        return study.question
    runs = ", ".join(side.name for side in study.runs)
    return f"{runs} against {study.base.name}" if study.base else runs


def subject(study: Study, panel: Panel) -> str:
    """The response as the subject of a title: the outcome, or a run's effect on it."""
    label = panel.outcome.label
    if study.base is not None:
        return f"The effect of {panel.run.name} on {label}"
    return f"{capital(label)}{f' in {panel.run.name}' if len(study.runs) > 1 else ''}"


def sample_text(study: Study, panel: Panel) -> str:
    """How many points and replicates there are."""
    stopping = study.stopping
    replicates = f"{stopping.least}" if not stopping.has_aim else f"{stopping.least} to {stopping.most}"
    same = " of the same shocks" if study.base is not None else ""
    return f"{count(len(panel.mean), 'point')} ({study.design.kind}), {replicates} replicates each{same}"


def span_of(parameter: Parameter, first: float, last: float) -> str:
    """From where to where a parameter goes, in words: `the top tier's total goes from 10 to 500 M$`."""
    low, high = (parameter.text_of(value) for value in (first, last))
    unit = high.rpartition(NO_BREAK)[2] if NO_BREAK in high else ""
    return f"{parameter.phrase} goes from {low.removesuffix(f'{NO_BREAK}{unit}') if unit else low} to {high}"


def deciding(study: Study) -> str:
    """What decides what is drawn besides what is varied: parameters that are the same at every point, with what they rest on."""
    named = named_with_basis(own_scenarios(study), held(study)[:MOST_DECIDING])
    return f"{named}, the same at every point." if named else ""


def axis_label(study: Study, panel: Panel, room: float) -> str:
    """The response with its unit, in two lines of so many inches if one is too short."""
    unit = UNIT[panel.outcome.measure]
    if unit == "share":
        unit = "%" if study.base is None else "percentage points"
    more = f", less {study.base.name}" if study.base is not None else ""
    return words.in_lines(f"{panel.outcome.label}{more}, {unit}", 8.0, room, 2)


def scale_parameter(axes: Axes, parameter: Parameter, horizontal: bool = True) -> None:
    """Label an axis with a parameter, in ratios where its range is; values without distances get their words."""
    axis = axes.xaxis if horizontal else axes.yaxis
    room = WIDTH * axes.get_position().width if horizontal else WIDTH
    axis.set_label_text(words.shortened(parameter.axis_label, 8.0, room))
    if not parameter.is_number:
        axis.set_major_locator(FixedLocator(range(len(parameter.values))))
        axis.set_major_formatter(FuncFormatter(lambda place, _: _word(parameter, place)))
        return
    if is_log(parameter):
        (axes.set_xscale if horizontal else axes.set_yscale)("log")
        axis.set_major_locator(FixedLocator(words.log_ticks(*axis.get_view_interval())))
        axis.set_minor_locator(NullLocator())
    if 1 < len(parameter.values) <= MOST_TICKS:
        axis.set_major_locator(FixedLocator(sorted(parameter.numbers(parameter.values).tolist())))
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def _word(parameter: Parameter, place: float) -> str:
    return str(parameter.values[round(place)]) if place == round(place) and 0 <= place < len(parameter.values) else ""


def is_log(parameter: Parameter) -> bool:
    """Whether a parameter's axis is in ratios: its range is, or its values are spread over more than a decade."""
    if parameter.log:
        return True
    numbers = parameter.numbers(parameter.values) if parameter.values and parameter.is_number else np.zeros(1)
    return bool(len(numbers) > 2 and numbers.min() > 0.0 and numbers.max() >= 10.0 * numbers.min())


def threshold(values: np.ndarray) -> float:
    """Up to where a scale for skewed values is linear: a quarter of them lie within."""
    return max(float(np.quantile(np.abs(values), 0.25)), 1e-9)


def scale_response(axes: Axes, panels: Sequence[Panel]) -> str:
    """Give the vertical axis of a skewed response a scale for small and large values; says so for the caption."""
    values = np.concatenate([panel.mean for panel in panels])
    number_response(axes.yaxis, panels[0])
    if not is_skewed(values):
        return ""
    linear = threshold(values)
    axes.set_yscale("symlog", linthresh=linear)
    axes.yaxis.set_major_locator(SymmetricalLogLocator(base=10.0, linthresh=linear))
    axes.yaxis.set_minor_locator(NullLocator())
    number_response(axes.yaxis, panels[0])
    return f" The scale is logarithmic beyond ±{number(factor_of(panels[0].outcome) * linear, 2)}."


def number_response(axis: Axis, panel: Panel) -> None:
    """Number an axis of a response, shares in per cent."""
    factor = factor_of(panel.outcome)
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(factor * value)))


def with_choice(panel: Panel, title: str) -> str:
    """A title that speaks of one choice of levers says so."""
    return f"With {panel.choice_label}: {title}" if panel.choice else title


def zero_line(axes: Axes) -> None:
    """A thin line at zero."""
    axes.axhline(0, color=DARK, linewidth=0.7, zorder=1)
