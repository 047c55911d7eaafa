"""What changes most: the largest differences that bear on what differs, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, SymmetricalLogLocator

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY, SAME, UNDEFINED
from talentmarket.comparison.losses import labs_concerned
from talentmarket.comparison.sentences import SENTENCES, clause, headlines
from talentmarket.numbers import NO_BREAK, number, signed, with_spread
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, SOFT, ink
from talentmarket.plots.comparison.words import deciding, replicates_text, run_colours, subtitle
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.runs.measures.measure import WHOLE

Key = tuple[str, str]  # a measure and the lab or campaign that it is about
Places = dict[Key, float]

QUESTION = "What does it change?"
MOST, MOST_SAID = 10, 2
BROAD = 8.0  # standard deviations; with larger differences the axis is logarithmic beyond `LINEAR`
LINEAR = 1.0  # standard deviations up to which the axis is linear
MOST_RUNS = 2  # with their numbers at the right
ROW = 0.165
PALE = "#9A9A9A"
SIZE = 7.0


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
    figure = canvas((max(places.values()) + 2) * ROW + 0.55)
    panels = figure.subplots(1, len(others), sharex=True, sharey=True, squeeze=False)[0]
    colours = run_colours(comparison.names)
    for axes, name, title in zip(panels, others, comparison.titles[1:], strict=True):
        _draw_run(axes, table[table["run"] == name], places, colours[name])
        if len(others) > 1:
            axes.set_title(words.in_lines(title, 8.5, 4.6 / len(others), 2), color=ink(colours[name]), weight="bold")
    _name_rows(panels[0], rows, places)
    if len(others) == 1:
        _write_numbers(panels[0], table, places)
    panels[len(others) // 2].set_xlabel("difference, in standard deviations of one run")
    finding = _first(table, comparison) if chosen else _finding(table, comparison)
    caption = _caption(comparison, "" if chosen else _how_many(comparison))
    return dress(figure, Heading(QUESTION, finding, deciding(comparison)), subtitle(comparison), caption)


def of_measures(comparison: Comparison, chosen: Sequence[Key]) -> pd.DataFrame:
    """The rows of some measures and labs, in their order; without those that have no difference to show."""
    table = comparison.table[~comparison.table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY])]
    table = table[table["scale"] > 0.0]
    keys = list(zip(table["measure"], table["lab"], strict=True))
    order = [place for key in dict.fromkeys(chosen) for place, each in enumerate(keys) if each == key]
    return table.iloc[order]


def shown(comparison: Comparison) -> pd.DataFrame:
    """The rows of the ten largest differences, those that are distinguishable from zero first; those of every run."""
    table = comparison.table
    table = table[~table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY]) & (table["scale"] > 0.0)]
    table = table[table["lab"].isin([*labs_concerned(comparison), WHOLE])]
    size = (table["difference"] / table["scale"]).abs()
    ranked = table.assign(size=size).sort_values(["significant", "size"], ascending=False, kind="stable")
    keys = set(
        ranked.drop_duplicates(["measure", "lab"]).head(MOST)[["measure", "lab"]].itertuples(index=False, name=None)
    )
    return table[[key in keys for key in zip(table["measure"], table["lab"], strict=True)]]


def _finding(table: pd.DataFrame, comparison: Comparison) -> str:
    """The most telling differences of two measures in words; else the largest by its name."""
    several = len(comparison.names) > MOST_RUNS
    said: dict[str, str] = {}
    for row in headlines(comparison.table[comparison.table["lab"].isin([*labs_concerned(comparison), WHOLE])]):
        whose = f" ({comparison.titles[comparison.names.index(row.run)]})" if several else ""
        said.setdefault(row.measure, f"{clause(row)}{whose}")
    if said:
        text = "; ".join([*said.values()][:MOST_SAID])
        return f"{text[0].upper()}{text[1:]}"
    if not table["significant"].any():
        return f"Nothing that is distinguishable from zero with {comparison.replicates:,} runs of each"
    row = table.loc[(table["difference"] / table["scale"]).abs().where(table["significant"]).idxmax()]
    where = f", {row['lab']}" if row["lab"] else ""
    size = signed(with_spread(float(row["difference"]), float(row["half_width"])))
    return f"{row['measure'].replace('_', ' ')}{where}: {size} {row['unit']}"


def _first(table: pd.DataFrame, comparison: Comparison) -> str:
    """The first measures of a table in words, in its order."""
    several = len(comparison.names) > MOST_RUNS
    said = []
    for row in table.head(MOST_SAID).itertuples():
        whose = f" ({comparison.titles[comparison.names.index(row.run)]})" if several else ""
        said.append(f"{_in_words(row)}{whose}")
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}"


def _in_words(row: Any) -> str:
    """A difference as a clause, or as both means where there is no sentence for the measure; it says what cannot be told from none."""
    chance = "" if row.significant else ", which may be chance"
    if row.measure in SENTENCES:
        return f"{clause(row)}{chance}"
    factor, unit = (100.0, f"{NO_BREAK}%") if row.unit == "share" else (1.0, "")
    half = max(factor * row.half_width, 0.25 if row.unit == "share" else 0.0)  # a tenth of a per cent is enough
    mean, base = (f"{with_spread(factor * value, half)}{unit}" for value in (row.mean, row.base_mean))
    of = f" of {row.lab}" if row.lab else ""
    return f"{row.measure.replace('_', ' ')}{of}: {mean} instead of {base}{chance}"


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


def _name_rows(axes: Axes, rows: pd.DataFrame, places: Places) -> None:
    names = []
    last = ""
    for row in rows.itertuples():
        measure = row.measure.replace("_", " ")
        lab = words.shortened(row.lab, SIZE, 1.2)
        names.append(lab if row.measure == last else f"{measure}  {lab}".rstrip())
        last = row.measure
    axes.set_yticks(list(places.values()), [words.printable(name) for name in names], size=SIZE)


def _write_numbers(axes: Axes, table: pd.DataFrame, places: Places) -> None:
    """Write each difference with its unit at the right edge."""
    for row in table.itertuples():
        share = row.unit == "share"
        factor = 100.0 if share else 1.0
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


def _how_many(comparison: Comparison) -> str:
    """Which differences are shown, of how many."""
    count = int((~comparison.table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY])).sum())
    return (
        f"The {MOST} largest of {count} differences, of those that bear on what differs; all stand in comparison.csv and in the "
        "report. "
    )


def _caption(comparison: Comparison, which: str) -> str:
    return (
        f"{which}Mean difference from {comparison.titles[0]} over {replicates_text(comparison)}, with its 95 % interval, divided "
        "by the standard deviation of one run (axis logarithmic beyond 1 where differences are very unequal). Filled: "
        "distinguishable from zero (5 %, corrected for testing all of them: Holm's method); hollow: not."
    )
