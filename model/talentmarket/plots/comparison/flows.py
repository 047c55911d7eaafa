"""Who gains from whom: moves between labs against those of the base."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, SymLogNorm, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.losses import flow_changes, labs_of
from talentmarket.comparison.side_by_side import has_several
from talentmarket.numbers import count, signed, with_spread
from talentmarket.plots import words
from talentmarket.plots.bars import Bars, draw_bars
from talentmarket.plots.colours import SOFT, ink, text_on
from talentmarket.plots.comparison.words import (
    NO_DIFFERENCE,
    by_run,
    colours_of_labs,
    deciding,
    others_told,
    replicates_text,
    run_colours,
    subtitle,
)
from talentmarket.plots.style import Heading, canvas, dress, message, picture

QUESTION = "Who gains from whom?"
CHANGES = LinearSegmentedColormap.from_list("changes", ["#B2182B", "#F4A582", "#FFFFFF", "#92C5DE", "#2166AC"])
PALE = "#AAAAAA"
MATRIX_WIDTH, BARS_WIDTH = 4.2, 1.6
NAME_SIZE, NAME_ROOM = 7.5, 1.3


@picture
def changes_of_flows(comparison: Comparison) -> Figure:
    """Mean number of moves between each two labs less that of the base.

    Parameters
    ----------
    comparison
        Two to six runs.

    Returns
    -------
    matplotlib.figure.Figure
        For each run but the base a matrix (row: who loses; column: who hires) and what each lab wins, net.
    """
    changes, labs = flow_changes(comparison), labs_of(comparison)
    if len(labs) < 2:
        return message(QUESTION, subtitle(comparison), "Nobody: there is only one lab.")
    others = comparison.names[1:]
    figure = canvas(len(others) * (0.85 + max(0.27 * len(labs), 0.7)))
    panels = figure.subplots(len(others), 2, width_ratios=[MATRIX_WIDTH, BARS_WIDTH], squeeze=False)
    largest = max(float(changes.loc[changes["from"] != "", "difference"].abs().max()), 1.0)
    colours, shades = colours_of_labs(comparison), run_colours(comparison.names)
    for (matrix, bars), name in zip(panels, others, strict=True):
        rows = changes[changes["run"] == name]
        _draw_matrix(matrix, rows[rows["from"] != ""], labs, largest)
        _name(matrix, labs)
        if len(others) > 1:
            title = comparison.titles[comparison.names.index(name)]
            matrix.set_ylabel(words.in_lines(title, 8, 1.6, 2), weight="bold", color=ink(shades[name]))
        _draw_net(bars, rows[rows["from"] == ""].set_index("to").loc[labs], [colours[lab] for lab in labs])
    limits = np.array([bars.get_xlim() for _, bars in panels])
    for _, bars in panels:
        bars.set_xlim(limits[:, 0].min(), limits[:, 1].max())
    heading = Heading(QUESTION, _finding(changes, comparison), deciding(comparison))
    return dress(figure, heading, subtitle(comparison), _caption(comparison))


def _finding(changes: pd.DataFrame, comparison: Comparison) -> str:
    """The largest change of a flow between two labs, of those that are distinguishable from zero."""
    clear = changes[(changes["from"] != "") & changes["significant"]]
    if not len(clear):
        return "No flow between two labs differs distinguishably"
    row = clear.loc[clear["difference"].abs().idxmax()]
    size = with_spread(abs(float(row["difference"])), float(row["high"] - row["low"]) / 2.0)
    more = "more" if row["difference"] > 0.0 else "fewer"
    said = f"{size} {more} people go from {row['from']} to {row['to']}"
    if not has_several(comparison):
        return said
    same_flow = changes[(changes["from"] == row["from"]) & (changes["to"] == row["to"])]
    others = [(_size(other), other["run"]) for other in others_told(same_flow, row)]
    return by_run(comparison, [(said, row["run"]), *others])


def _size(row: pd.Series) -> str:
    """A change as a title has it, or that there is none that can be told."""
    if not row["significant"]:
        return NO_DIFFERENCE
    return signed(with_spread(float(row["difference"]), float(row["high"] - row["low"]) / 2.0))


def _draw_matrix(axes: Axes, rows: pd.DataFrame, labs: list[str], largest: float) -> None:
    cells = rows.pivot(index="from", columns="to", values="difference").reindex(index=labs, columns=labs)
    significant = rows.pivot(index="from", columns="to", values="significant").reindex(index=labs, columns=labs)
    values = cells.to_numpy(dtype=float)
    halves = rows.assign(half=(rows["high"] - rows["low"]) / 2.0).pivot(index="from", columns="to", values="half")
    halves = halves.reindex(index=labs, columns=labs)
    norm = SymLogNorm(linthresh=1.0, vmin=-largest, vmax=largest)
    shown = np.where(significant.to_numpy() == True, values, 0.0)  # noqa: E712
    axes.imshow(shown, cmap=CHANGES, norm=norm, aspect="auto")
    for row, column in np.ndindex(values.shape):
        if row == column:
            axes.add_patch(Rectangle((row - 0.5, row - 0.5), 1, 1, facecolor="#EEEEEE", linewidth=0))
            continue
        clear = significant.iloc[row, column] == True  # noqa: E712
        colour = text_on(to_hex(CHANGES(norm(values[row, column])))) if clear else PALE
        half = float(halves.iloc[row, column])
        text = signed(with_spread(float(values[row, column]), half)) if values[row, column] else "·"
        axes.text(column, row, text, ha="center", va="center", size=min(8.0, 100.0 / len(labs)), color=colour)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _name(axes: Axes, labs: list[str]) -> None:
    room = MATRIX_WIDTH / len(labs) - 0.03
    columns = [words.in_lines(lab, NAME_SIZE, room, 2) for lab in labs]
    if any(words.ELLIPSIS in name for name in columns):
        axes.set_xticks(range(len(labs)), [words.shortened(lab, 6.5, NAME_ROOM) for lab in labs], rotation=90, size=6.5)
    else:
        axes.set_xticks(range(len(labs)), columns)
    axes.set_yticks(range(len(labs)), [words.in_lines(lab, NAME_SIZE, NAME_ROOM, 2) for lab in labs], linespacing=1.0)
    axes.xaxis.tick_top()
    axes.annotate(
        "from ↓  to →",
        (0, 1),
        xytext=(-5, 6),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        size=NAME_SIZE,
        color=SOFT,
    )


def _draw_net(axes: Axes, rows: pd.DataFrame, colours: list[str]) -> None:
    mean = rows["difference"].to_numpy()
    shades = [colour if significant else PALE for colour, significant in zip(colours, rows["significant"], strict=True)]
    halves = (rows["high"] - rows["low"]).to_numpy() / 2.0
    texts = [signed(with_spread(float(value), float(half))) for value, half in zip(mean, halves, strict=True)]
    bars = Bars(mean, rows["low"].to_numpy(), rows["high"].to_numpy(), texts, shades)
    draw_bars(axes, [bars], "people won (net), more\nthan in the base", 1.5)


def _caption(comparison: Comparison) -> str:
    months = count(comparison.runs[0].scenario.run.months, "month")
    return (
        f"Moves between labs over {months} less those in {comparison.titles[0]}, pair by pair: mean of"
        f" {replicates_text(comparison)}. Blue: more, red: fewer; grey numbers and bars are not"
        " distinguishable from zero (5 %, corrected for testing all of them). Thin line: 95 % interval of the mean."
    )
