"""When does the difference arise: what each lab has lost to other labs less what it had lost in the base."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import labs_of, losses_by_month
from talentmarket.comparison.side_by_side import has_several
from talentmarket.numbers import count, signed, with_spread
from talentmarket.plots.comparison.naming import PANEL_NAME, name_runs, names_height
from talentmarket.plots.comparison.words import (
    NO_DIFFERENCE,
    by_run,
    deciding,
    lab_panels,
    labs_concerned,
    labs_that_differ,
    marks_of,
    not_drawn,
    others_told,
    panels_height,
    quoted_run,
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

NINE_TENTHS = 0.9
MOST_BACK = (
    0.25  # of the difference at the end: a path that falls back by more has no month by which half of it is there
)
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
        A panel for each lab that loses more or fewer, all of one scale; a line and a band for each run but the base.
    """
    series, marks = losses_by_month(comparison), marks_of(comparison)
    drawn = labs_that_differ(series, comparison)
    others = [*comparison.names[1:]]
    colours, named = run_colours(comparison.names), len(others) > 1
    figure = canvas(panels_height(drawn) + (names_height(others) if named else 0.0))
    shaded = False
    for lab, axes in lab_panels(figure, comparison, drawn):
        shaded = shade_campaigns(axes, comparison)
        draw_events(axes, marks)
        zero_line(axes)
        for name in others:
            _draw_difference(axes, series[(series["lab"] == lab) & (series["run"] == name)], colours[name])
        axes.margins(y=0.14)  # room for the letters of events at the foot
        axes.set_ylabel("people lost, more")
    _one_scale(figure.axes)
    if named:
        name_runs(figure.axes[0], comparison, others, above=PANEL_NAME)
    heading = Heading(QUESTION, _finding(series, comparison), deciding(comparison))
    return dress(
        figure,
        heading,
        subtitle(comparison),
        f"{_caption(comparison, shaded)} {events_caption(marks)}{not_drawn(drawn, comparison)}",
    )


def _finding(series: pd.DataFrame, comparison: Comparison) -> str:
    """The difference at the end of the lab that the scenarios change, else the largest, and the way there; or that there is none."""
    others = series[series["run"] != comparison.names[0]]
    end = others[others["month"] == others["month"].max()]
    tell, changed = f"as far as {count(comparison.replicates, 'pair')} of runs tell", labs_concerned(comparison)
    last = most_telling(end, comparison)
    if last is None:
        return f"No lab's losses differ in the end, {tell}{_each(end, comparison)}"
    rows = others[(others["lab"] == last["lab"]) & (others["run"] == last["run"])].sort_values("month")
    size = with_spread(abs(float(last["difference"])), half_of(last))
    whose = f" in {quoted_run(comparison, last['run'])}" if has_several(comparison) else ""
    loss = f"{last['lab']} loses {size} {_more(last)} people to other labs{whose}{_course(rows, comparison)}"
    others = others_told(end[end["lab"] == last["lab"]], last)
    if others:
        loss += f"; {by_run(comparison, [(_difference(other), other['run']) for other in others])}"
    if last["lab"] in changed:
        return loss
    named = [lab for lab in labs_of(comparison) if lab in changed]
    return f"What {' and '.join(named)} {'loses' if len(named) == 1 else 'lose'} does not differ, {tell}; {loss}"


def _each(end: pd.DataFrame, comparison: Comparison) -> str:
    """Of several runs the differences at the end of the first lab that the scenarios change, most and least."""
    rows = end[end["lab"] == next((lab for lab in labs_of(comparison) if lab in labs_concerned(comparison)), "")]
    if len(rows) < 2:
        return ""
    ordered = rows.sort_values("difference").iloc[[0, -1]].to_dict("records")
    said = (
        f"{signed(with_spread(row['difference'], half_of(pd.Series(row))))} in {quoted_run(comparison, row['run'])}"
        for row in ordered
    )
    return f": {ordered[0]['lab']} {', '.join(said)}"


def _difference(row: pd.Series) -> str:
    """A difference at the end as a title has it, such as `5.1 more` or that there is none that can be told."""
    if row["difference_low"] * row["difference_high"] <= 0.0:
        return NO_DIFFERENCE
    return f"{with_spread(abs(float(row['difference'])), half_of(row))} {_more(row)}"


def most_telling(end: pd.DataFrame, comparison: Comparison) -> pd.Series | None:
    """The largest difference of the labs that the scenarios change, else of all labs, of those that are clear of zero.

    `end` are the last month's rows of `losses_by_month`, without the base.
    """
    clear = end[end["difference_low"] * end["difference_high"] > 0.0]
    changed = clear[clear["lab"].isin(labs_concerned(comparison))]
    rows = changed if len(changed) else clear
    return rows.loc[rows["difference"].abs().idxmax()] if len(rows) else None


def _course(rows: pd.DataFrame, comparison: Comparison) -> str:
    """How a difference came to its end: past a higher peak, or most of it by a month; nothing where it goes to and fro."""
    last, scenario = rows.iloc[-1], comparison.runs[0].scenario
    path = rows["difference"].to_numpy() * np.sign(last["difference"])
    peak, end = int(path.argmax()), float(path[-1])
    if path[peak] - end > half_of(last):
        when, most = dated(scenario, float(rows["month"].iloc[peak])), with_spread(path[peak], half_of(rows.iloc[peak]))
        return f" in the end, {most} {_more(last)} by {when}"
    if (np.maximum.accumulate(path) - path).max() > MOST_BACK * end:
        return ""
    early = path[: len(path) // 2 + 1]
    share, name = (NINE_TENTHS, "nine tenths") if early[-1] >= NINE_TENTHS * end else (0.5, "half")
    by = int(np.flatnonzero(path < share * end)[-1]) + 1
    return f", {name} of them by {dated(scenario, float(rows['month'].iloc[by]))}"


def _one_scale(panels: Sequence[Axes]) -> None:
    """Give all panels the limits that hold what any of them shows."""
    limits = np.array([axes.get_ylim() for axes in panels])
    for axes in panels:
        axes.set_ylim(limits[:, 0].min(), limits[:, 1].max())


def half_of(row: pd.Series) -> float:
    """Half the width of the interval of a row's difference, as `losses_by_month` makes it."""
    return float(row["difference_high"] - row["difference_low"]) / 2.0


def _more(row: pd.Series) -> str:
    return "more" if row["difference"] > 0.0 else "fewer"


def _draw_difference(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    months = rows["month"].to_numpy()
    axes.fill_between(months, rows["difference_low"], rows["difference_high"], color=colour, alpha=0.3, linewidth=0)
    axes.plot(months, rows["difference"], color=colour, solid_capstyle="butt", linewidth=1.2)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    last = rows.iloc[-1]
    value, half = float(last["difference"]), half_of(last)
    interval = f" ± {with_spread(half, half)}" if half > 0.0 else ""
    label_end(axes, f"{signed(with_spread(value, half))}{interval}", (float(months[-1]), value), colour)


def _caption(comparison: Comparison, shaded: bool) -> str:
    shade = " Shaded: months in which a campaign may make offers." if shaded else ""
    return (
        f"Moves to other labs up to each month less those in {comparison.titles[0]}, pair by pair. Line: mean of"
        f" {replicates_text(comparison)}; band: its 95 % interval (month by month). All panels have one scale.{shade}"
    )
