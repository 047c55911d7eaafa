"""Whom do the labs lose their people to: what each has lost to other labs, month by month, in every run."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import losses_by_month
from talentmarket.comparison.side_by_side import LOST, alike, extremes, has_several, quantity_of
from talentmarket.numbers import count, with_spread
from talentmarket.plots.comparison.difference import half_of, most_telling
from talentmarket.plots.comparison.naming import PANEL_NAME, name_runs, names_height
from talentmarket.plots.comparison.words import (
    CHANCE,
    deciding,
    lab_panels,
    labels_of,
    labs_that_differ,
    marks_of,
    not_drawn,
    panels_height,
    quoted_all,
    replicates_text,
    run_colours,
    shade_campaigns,
    subtitle,
)
from talentmarket.plots.events import draw_events, events_caption
from talentmarket.plots.labels import label_end
from talentmarket.plots.style import Heading, canvas, dress, picture

QUESTION = "How many people has each lab lost to the others?"
MOST_BANDS = 2


@picture
def losses_over_time(comparison: Comparison) -> Figure:
    """What each lab has lost to other labs up to each month, the runs over one another with their spread.

    Parameters
    ----------
    comparison
        Two to six runs.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each lab that loses more or fewer, a line and a band for each run.
    """
    series, marks = losses_by_month(comparison), marks_of(comparison)
    drawn = labs_that_differ(series, comparison)
    several = len(comparison.names) > MOST_BANDS
    figure = canvas(panels_height(drawn) + (names_height(comparison.names) if several else 0.0))
    labels, shaded = labels_of(comparison), False
    for lab, axes in lab_panels(figure, comparison, drawn):
        shaded = shade_campaigns(axes, comparison)
        draw_events(axes, marks)
        for name, colour in run_colours(comparison.names).items():
            rows = series[(series["lab"] == lab) & (series["run"] == name)]
            if name in _with_band(comparison):
                axes.fill_between(rows["month"], rows["low"], rows["high"], color=colour, alpha=0.18, linewidth=0)
            value = with_spread(float(rows["mean"].iloc[-1]), _coarsest(series, lab))
            _draw_run(axes, rows, value if several else labels[name], colour)
        axes.set_ylim(bottom=0)
        axes.set_ylabel("people")
    if several:
        name_runs(figure.axes[0], comparison, comparison.names, above=PANEL_NAME)
    heading = Heading(QUESTION, _finding(series, comparison), deciding(comparison))
    return dress(
        figure,
        heading,
        subtitle(comparison),
        f"{_caption(comparison, shaded)} {events_caption(marks)}{not_drawn(drawn, comparison)}",
    )


def _finding(series: pd.DataFrame, comparison: Comparison) -> str:
    """What the lab loses whose losses differ, of those that the scenarios change if any of them do, and in the base; or on the sides that lose most and fewest."""
    end = series[series["month"] == series["month"].max()]
    others = end[end["run"] != comparison.names[0]]
    row = most_telling(others, comparison)
    if has_several(comparison):
        lab = row["lab"] if row is not None else labs_that_differ(series, comparison)[0]
        return _most_and_fewest(comparison, lab, _coarsest(series, lab))
    if row is None:
        return f"No lab's losses differ in the end, as far as {count(comparison.replicates, 'pair')} of runs tell"
    base = end[(end["run"] == comparison.names[0]) & (end["lab"] == row["lab"])]["mean"].iloc[0]
    mean, before = (with_spread(float(value), half_of(row)) for value in (row["mean"], base))
    return f"{row['lab']} loses {mean} people to other labs instead of {before}"


def _most_and_fewest(comparison: Comparison, lab: str, half: float) -> str:
    """Of three or more sides, where a lab loses most and fewest, with the digits that its differences can tell."""
    lost = quantity_of(comparison, LOST, lab)
    ends = extremes(lost)
    if ends is None or ends.most == ends.least:
        return f"{lab} loses as many people to other labs on each side"
    most, fewest = (
        f"{quoted_all(comparison, alike(lost, place))}, {with_spread(lost.sides[place].mean, half)}"
        for place in ends[:2]
    )
    return f"{lab} loses most people to other labs in {most}, fewest in {fewest}{'' if ends.apart else CHANCE}"


def _coarsest(series: pd.DataFrame, lab: str) -> float:
    """The widest half of an interval of a lab's differences, whose digits all numbers of its panel have."""
    end = series[(series["month"] == series["month"].max()) & (series["lab"] == lab)]
    return float((end["difference_high"] - end["difference"]).max())


def _with_band(comparison: Comparison) -> tuple[str, ...]:
    """Runs that are drawn with their spread: bands of more than two would hide one another."""
    return comparison.names if len(comparison.names) == MOST_BANDS else comparison.names[:1]


def _draw_run(axes: Axes, rows: pd.DataFrame, name: str, colour: str) -> None:
    months = rows["month"].to_numpy()
    axes.plot(months, rows["mean"], color=colour, solid_capstyle="butt")
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    label_end(axes, name, (float(months[-1]), float(rows["mean"].iloc[-1])), colour)


def _caption(comparison: Comparison, shaded: bool) -> str:
    shade = " Shaded: months in which a campaign may make offers." if shaded else ""
    whose = "" if len(comparison.names) == MOST_BANDS else f" in {comparison.titles[0]}"
    return (
        f"Moves to other labs up to each month, without those to the outside. Line: mean of {replicates_text(comparison)};"
        f" band: 5 % to 95 % of them{whose} (spread of runs, not an interval of the mean).{shade}"
    )
