"""What changes most: the largest differences that bear on what differs, on one axis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, SymmetricalLogLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY, SAME, UNDEFINED
from talentmarket.comparison.losses import labs_concerned
from talentmarket.comparison.sentences import HEADLINES
from talentmarket.numbers import count, factor_of_unit, number, signed, with_spread
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, SOFT, ink
from talentmarket.plots.comparison.effects_told import finding_of_chosen, finding_of_effects
from talentmarket.plots.comparison.words import (
    deciding,
    replicates_text,
    run_colours,
    subtitle,
)
from talentmarket.plots.style import MARGIN, WIDTH, Heading, canvas, dress, message, picture
from talentmarket.runs.measures.labels import label_of
from talentmarket.runs.measures.measure import WHOLE

Key = tuple[str, str]  # a measure and the lab or campaign that it is about
Places = dict[Key, float]

QUESTION = "What does it change?"
MOST = 10
BROAD = 8.0  # standard deviations; with larger differences the axis is logarithmic beyond `LINEAR`
LINEAR = 1.0  # standard deviations up to which the axis is linear
ROW = 0.165
PALE = "#9A9A9A"
SIZE, SMALL, HEADING = 7.0, 5.5, 8.5
ROW_GAP, PANEL_GAP = 0.2, 0.1  # inches: beside the names of the rows, and between panels
LINE = 0.16  # inches for each line more of a heading
MOST_LINES = 3  # of a panel's heading
MOST_WIDE = 3  # panels beside one another whose axis has room for the usual letters


@picture
def effects_of_runs(comparison: Comparison, chosen: Sequence[Key] = ()) -> Figure:
    """The largest differences of measures with their intervals, in standard deviations of one run.

    Parameters
    ----------
    comparison
        Two to six runs.
    chosen
        Measures with their labs (or campaigns; empty: the whole market) to show in place of the largest, the most telling
        first.

    Returns
    -------
    matplotlib.figure.Figure
        A row for each of the ten measures and labs with the largest differences, of the whole market and of the
        labs that the scenarios' difference is about; a panel for each run but the base. Those not significant are hollow.
    """
    table = of_measures(comparison, chosen) if chosen else shown(comparison)
    if not len(table):
        return message(QUESTION, subtitle(comparison), "Nothing: every measure is the same in every run.")
    rows = table.drop_duplicates(["group", "measure", "lab"])
    rows = rows if chosen else rows.sort_index()
    places = _places(rows)
    others = comparison.names[1:]
    names = _row_names(rows)
    headings = _headings(comparison, names) if len(others) > 1 else [""]
    figure = canvas((max(places.values()) + 2) * ROW + 0.55 + LINE * max(each.count("\n") for each in headings))
    panels = figure.subplots(1, len(others), sharex=True, sharey=True, squeeze=False)[0]
    colours = run_colours(comparison.names)
    for axes, name, heading in zip(panels, others, headings, strict=True):
        _draw_run(axes, table[table["run"] == name], places, colours[name])
        if len(others) > MOST_WIDE:
            axes.tick_params(axis="x", labelsize=SMALL)
        axes.set_title(heading, size=HEADING, color=ink(colours[name]), weight="bold")
    panels[0].set_yticks(list(places.values()), names, size=SIZE)
    if len(others) == 1:
        _write_numbers(panels[0], table, places)
    panels[len(others) // 2].set_xlabel("difference, in standard deviations of one run")
    finding = finding_of_chosen(table, comparison) if chosen else finding_of_effects(table, comparison)
    caption = _caption(comparison, "" if chosen else _how_many(comparison, len(places)))
    return dress(figure, Heading(QUESTION, finding, deciding(comparison)), subtitle(comparison), caption)


def _headings(comparison: Comparison, names: Sequence[str]) -> list[str]:
    """The titles of all runs but the base, broken or cut so that each fits above its panel beside the names of the rows."""
    panels = len(comparison.names) - 1
    widest = max(words.width(name, SIZE) for name in names)
    room = (WIDTH - 2.0 * MARGIN - ROW_GAP - widest) / panels - PANEL_GAP
    return [words.in_lines(title, HEADING, room, MOST_LINES, "bold") for title in comparison.titles[1:]]


def of_measures(comparison: Comparison, chosen: Sequence[Key]) -> pd.DataFrame:
    """The rows of some measures and labs, in their order; without those that have no difference to show."""
    table = comparison.table[~comparison.table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY])]
    table = table[table["scale"] > 0.0]
    keys = list(zip(table["measure"], table["lab"], strict=True))
    order = [place for key in dict.fromkeys(chosen) for place, each in enumerate(keys) if each == key]
    return table.iloc[order]


def shown(comparison: Comparison) -> pd.DataFrame:
    """The rows of ten measures and labs in every run: those that headlines speak of, and the largest differences.

    Differences that are distinguishable from zero come before others.
    """
    table = comparison.table
    table = table[~table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY]) & (table["scale"] > 0.0)]
    table = table[table["lab"].isin([*labs_concerned(comparison), WHOLE])]
    size = (table["difference"] / table["scale"]).abs()
    ranked = table.assign(size=size).sort_values(["significant", "size"], ascending=False, kind="stable")
    largest = ranked.drop_duplicates(["measure", "lab"])[["measure", "lab"]].itertuples(index=False, name=None)
    keys = set([*dict.fromkeys([*_of_headlines(ranked), *largest])][:MOST])
    return table[[key in keys for key in zip(table["measure"], table["lab"], strict=True)]]


def _of_headlines(ranked: pd.DataFrame) -> list[Key]:
    """For each measure that headlines speak of the lab where it differs most, or the whole where it is told of the whole."""
    found: dict[str, Key] = {}
    for row in ranked.sort_values("lab", key=lambda lab: lab != WHOLE, kind="stable").itertuples():
        if row.measure in HEADLINES:
            found.setdefault(row.measure, (row.measure, row.lab))
    return [*found.values()]


def _places(rows: pd.DataFrame) -> Places:
    """Height of each measure and lab, from the top; measures with several rows a little apart."""
    places: Places = {}
    height, last = -1.0, ""
    times = rows["measure"].value_counts()
    for row in rows.itertuples():
        apart = bool(last) and row.measure != last and max(times[last], times[row.measure]) > 1
        height += 1.5 if apart else 1.0
        places[(row.measure, row.lab)] = height
        last = row.measure
    return places


def _draw_run(axes: Axes, table: pd.DataFrame, places: Places, colour: str) -> None:
    height = np.array([places[key] for key in zip(table["measure"], table["lab"], strict=True)])
    centre, low, high = (table[column] / table["scale"] for column in ("difference", "low", "high"))
    significant = table["significant"].to_numpy(dtype=bool)
    for chosen, shade, fill in ((significant, colour, colour), (~significant, PALE, "white")):
        axes.hlines(height[chosen], low[chosen], high[chosen], color=shade, linewidth=1.2)
        axes.scatter(
            centre[chosen], height[chosen], s=16, color=fill, edgecolors=shade, linewidths=0.9, zorder=3, clip_on=False
        )
    axes.axvline(0, color=DARK, linewidth=0.7, zorder=1)
    if float((table["difference"] / table["scale"]).abs().max()) > BROAD:
        axes.set_xscale("symlog", linthresh=LINEAR)
        axes.xaxis.set_major_locator(SymmetricalLogLocator(base=10, linthresh=LINEAR))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.set_ylim(max(places.values()) + 0.8, -0.8)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _row_names(rows: pd.DataFrame) -> list[str]:
    """What each row is called: its measure and its lab, or its lab alone below another one of the same measure."""
    names = []
    last = ""
    for row in rows.itertuples():
        measure = label_of(row.measure)
        lab = words.shortened(row.lab, SIZE, 1.2)
        names.append(lab if row.measure == last else f"{measure}  {lab}".rstrip())
        last = row.measure
    return [words.printable(name) for name in names]


def _write_numbers(axes: Axes, table: pd.DataFrame, places: Places) -> None:
    """Write each difference with its unit at the right edge."""
    for row in table.itertuples():
        share = row.unit == "share"
        factor = factor_of_unit(row.unit)
        amount = signed(with_spread(factor * row.difference, factor * row.half_width))
        text = f"{amount} {'points (%)' if share else row.unit}" if row.significant else "not distinguishable from 0"
        axes.annotate(
            words.printable(text),
            (1, places[(row.measure, row.lab)]),
            xytext=(6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            size=SIZE - 0.5,
            color=SOFT if row.significant else PALE,
            annotation_clip=False,
        )


def _how_many(comparison: Comparison, rows: int) -> str:
    """Which differences are shown, and where the others are."""
    return (
        f"{count(rows, 'measure')}: who comes, stays and goes and what is spent, and the largest others of those that bear on what differs; "
        f"all {comparison.tests} differences that are tested stand in comparison.csv and in the report. "
    )


def _caption(comparison: Comparison, which: str) -> str:
    return (
        f"{which}Mean difference from {comparison.titles[0]} over {replicates_text(comparison)}, with its 95 % interval, divided "
        "by the standard deviation of one run (axis logarithmic beyond 1 where differences are very unequal). Filled: "
        "distinguishable from zero (5 %, corrected for testing all of them: Holm's method); hollow: not."
    )
