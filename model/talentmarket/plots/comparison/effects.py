"""What changes, and what does not: the differences of all measures on one axis."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.effects import ONE_ONLY, SAME, UNDEFINED
from talentmarket.numbers import number, signed
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, SOFT, ink
from talentmarket.plots.comparison.words import replicates_text, run_colours, subtitle
from talentmarket.plots.style import canvas, dress, message, picture

QUESTION = "What changes, and what does not?"
ROW = 0.165
PALE = "#9A9A9A"
SIZE = 7.0


@picture
def effects_of_runs(comparison: Comparison) -> Figure:
    """The difference of every measure with its interval, in standard deviations of a replicate.

    Parameters
    ----------
    comparison
        Two to six runs; measures that are the same in every replicate are left out.

    Returns
    -------
    matplotlib.figure.Figure
        A row for each measure and lab, a panel for each run but the base; those not significant are hollow.
    """
    table = comparison.table
    table = table[~table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY]) & (table["scale"] > 0.0)]
    if not len(table):
        return message(QUESTION, subtitle(comparison), "Nothing: every measure is the same in every replicate.")
    rows = table.drop_duplicates(["group", "measure", "lab"]).sort_index()
    places = _places(rows)
    others = comparison.names[1:]
    figure = canvas((max(places.values()) + 2) * ROW + 0.55)
    panels = figure.subplots(1, len(others), sharex=True, sharey=True, squeeze=False)[0]
    colours = run_colours(comparison.names)
    for axes, name in zip(panels, others, strict=True):
        _draw_run(axes, table[table["run"] == name], places, colours[name])
        if len(others) > 1:
            axes.set_title(words.shortened(name, 8.5, 4.6 / len(others)), color=ink(colours[name]), weight="bold")
    _name_rows(panels[0], rows, places)
    if len(others) == 1:
        _write_numbers(panels[0], table, places)
    panels[len(others) // 2].set_xlabel("difference, in standard deviations of one replicate")
    return dress(figure, QUESTION, subtitle(comparison), _caption(comparison))


Places = dict[tuple[str, str], float]


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
        axes.scatter(centre[chosen], height[chosen], s=16, color=fill, edgecolors=shade, linewidths=0.9, zorder=3)
    axes.axvline(0, color=DARK, linewidth=0.7, zorder=1)
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
        text = f"{signed(number(row.difference))} {row.unit}" if row.significant else "not significant"
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


def _caption(comparison: Comparison) -> str:
    hidden = int(comparison.table["verdict"].isin([SAME, UNDEFINED, ONE_ONLY]).sum())
    rest = f" {hidden} rows in which nothing differs, or that only one run knows, are left out." if hidden else ""
    return (
        f"Mean difference from {comparison.names[0]} over {replicates_text(comparison)}, with its 95 % interval, divided by"
        " the standard deviation of a replicate (pooled). Filled: significant (5 %, Holm over all measures and runs);"
        f" hollow: not.{rest}"
    )
