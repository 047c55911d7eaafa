"""What of a difference is whose doing: a waterfall of its parts."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from talentmarket.comparison.apart import TOGETHER, chief_rows
from talentmarket.comparison.comparison import Comparison
from talentmarket.numbers import number, signed
from talentmarket.plots import words
from talentmarket.plots.colours import DARK, GREY
from talentmarket.plots.comparison.words import RUNS, replicates_text, subtitle
from talentmarket.plots.style import canvas, dress, picture
from talentmarket.runs.measures.labels import label_of

ROW = 0.32
MORE, LESS = RUNS[1], RUNS[0]


@picture
def parts_of_difference(comparison: Comparison, apart: pd.DataFrame) -> Figure:
    """The parts of a difference one below the other, each beginning where the one before ends; all of it at the foot.

    Parameters
    ----------
    comparison
        Two runs.
    apart
        Their difference taken apart; see `comparison.apart.COLUMNS`.

    Returns
    -------
    matplotlib.figure.Figure
        Bars for what a part adds (Shapley value, or in turn where parts are many), diamonds for it alone.
    """
    rows = chief_rows(apart, comparison.runs[1].scenario)
    share = "shapley" if rows["shapley"].notna().all() else "in_turn"
    figure = canvas(ROW * len(rows) + 0.7)
    axes = figure.subplots()
    begin = 0.0
    for place, row in enumerate(rows.to_dict("records")):
        size = row[share]
        whole = row["part"] == TOGETHER
        start = 0.0 if whole else begin
        colour = GREY if whole else MORE if size > 0.0 else LESS
        axes.barh(place, size, left=start, height=0.55, color=colour)
        half = (row[f"{share}_high"] - row[f"{share}_low"]) / 2.0
        axes.errorbar(start + size, place, xerr=half, color=DARK, linewidth=0.9, capsize=2)
        if not whole:
            axes.scatter(
                start + row["alone"], place, marker="D", s=14, color="white", edgecolors=DARK, linewidths=0.8, zorder=4
            )
            axes.vlines(start + size, place, place + 1, color=GREY, linewidth=0.6)
        end = max(start, start + size + half, start + (0.0 if whole else row["alone"]))
        axes.annotate(
            f"{signed(number(size))} ± {number(half, 2)}", (end, place), (4, 0), textcoords="offset points", va="center"
        )
        begin = start + size
    axes.axvline(0.0, color=DARK, linewidth=0.7)
    axes.set_yticks(np.arange(len(rows)), [words.shortened(part, 7.5, 2.2) for part in rows["part"]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.margins(x=0.14)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    first = rows.iloc[0]
    of_lab = f" of {first['lab']}" if first["lab"] else ""
    label = f"{label_of(first['measure'])}{of_lab}"
    axes.set_xlabel(f"{label}, difference")
    return dress(figure, _title(rows, share, label), subtitle(comparison), _caption(comparison, share))


def _title(rows: pd.DataFrame, share: str, label: str) -> str:
    parts = rows[rows["part"] != TOGETHER]
    largest = parts.loc[parts[share].abs().idxmax()]
    whole = float(rows[share].iloc[-1])
    if math.isclose(whole, 0.0):
        return f"The parts of the difference in {label} cancel out"
    size, everything = (signed(number(value, 2)) for value in (float(largest[share]), whole))
    return f"{largest['part']} is good for {size} {label}; all that differs, for {everything}"


def _caption(comparison: Comparison, share: str) -> str:
    how = (
        "its Shapley value, the mean over all orders of the parts"
        if share == "shapley"
        else "what it adds to those above"
    )
    return (
        f"{replicates_text(comparison)}. Bars: what each part of the difference does, {how}; lines: 95 % intervals. "
        "Diamonds: where a bar would end if its part were alone."
    )
