"""When does the difference arise: what each lab has lost to other labs less what it had lost in the base."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import losses_by_month
from talentmarket.numbers import number, signed
from talentmarket.plots.comparison.words import (
    deciding,
    lab_panels,
    labels_of,
    labs_that_differ,
    marks_of,
    not_drawn,
    panels_height,
    replicates_text,
    run_colours,
    shade_campaigns,
    subtitle,
    zero_line,
)
from talentmarket.plots.events import draw_events, events_caption
from talentmarket.plots.labels import label_end
from talentmarket.plots.style import Heading, canvas, dress, picture
from talentmarket.scenario.calendar import dated

QUESTION = "When does the difference in the labs' losses arise?"


@picture
def differences_over_time(comparison: Comparison) -> Figure:
    """What each lab has lost to other labs less what it had lost in the base, with the interval of the mean.

    Parameters
    ----------
    comparison
        Two to six runs.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each lab that loses more or fewer, a line and a band for each run but the base.
    """
    series, marks = losses_by_month(comparison), marks_of(comparison)
    drawn = labs_that_differ(series, comparison)
    figure = canvas(panels_height(drawn))
    labels, shaded = labels_of(comparison), False
    for lab, axes in lab_panels(figure, comparison, drawn):
        shaded = shade_campaigns(axes, comparison)
        draw_events(axes, marks)
        zero_line(axes)
        for name, colour in list(run_colours(comparison.names).items())[1:]:
            rows = series[(series["lab"] == lab) & (series["run"] == name)]
            _draw_difference(axes, rows, labels[name] if len(comparison.names) > 2 else "", colour)
        axes.margins(y=0.14)  # room for the letters of events at the foot
        axes.set_ylabel("people lost, more")
    heading = Heading(QUESTION, _finding(series, comparison), deciding(comparison))
    return dress(
        figure,
        heading,
        subtitle(comparison),
        f"{_caption(comparison, shaded)} {events_caption(marks)}{not_drawn(drawn, comparison)}",
    )


def _finding(series: pd.DataFrame, comparison: Comparison) -> str:
    """The largest difference at the end, and when half of it is there."""
    others = series[series["run"] != comparison.names[0]]
    end = others[others["month"] == others["month"].max()]
    last = end.loc[end["difference"].abs().idxmax()]
    if not last["difference_low"] * last["difference_high"] > 0.0:
        return "No lab's losses differ distinguishably in the end"
    rows = others[(others["lab"] == last["lab"]) & (others["run"] == last["run"])].sort_values("month")
    half = rows[(rows["difference"] / last["difference"]) >= 0.5]["month"].iloc[0]
    more = "more" if last["difference"] > 0.0 else "fewer"
    size = number(abs(float(last["difference"])))
    when = dated(comparison.runs[0].scenario, float(half))
    return f"{last['lab']} loses {size} people {more} to other labs, half of them by {when}"


def _draw_difference(axes: Axes, rows: pd.DataFrame, name: str, colour: str) -> None:
    months = rows["month"].to_numpy()
    axes.fill_between(months, rows["difference_low"], rows["difference_high"], color=colour, alpha=0.3, linewidth=0)
    axes.plot(months, rows["difference"], color=colour, solid_capstyle="butt", linewidth=1.2)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    last = rows.iloc[-1]
    half = (last["difference_high"] - last["difference_low"]) / 2.0
    value = signed(number(float(last["difference"])))
    text = f"{value} {name}" if name else f"{value} ± {number(float(half))}"
    label_end(axes, text, (float(months[-1]), float(last["difference"])), colour)


def _caption(comparison: Comparison, shaded: bool) -> str:
    shade = " Shaded: months in which a campaign may make offers." if shaded else ""
    return (
        f"Moves to other labs up to each month less those in {comparison.titles[0]}, pair by pair. Line: mean of"
        f" {replicates_text(comparison)}; band: its 95 % interval (month by month). Each panel has its own scale.{shade}"
    )
