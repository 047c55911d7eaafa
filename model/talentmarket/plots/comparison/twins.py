"""What would they have done otherwise: what became, in the base, of those whose lives differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.sentences import LEAST_PEOPLE
from talentmarket.comparison.side_by_side import has_several
from talentmarket.market.records.codes import KINDS
from talentmarket.numbers import count, number, percent
from talentmarket.plots import words
from talentmarket.plots.colours import SOFT, ink, text_on
from talentmarket.plots.comparison.words import MOST_NAMED, deciding, quoted, quoted_run, run_colours, subtitle
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.text.wording import listed

QUESTION = "What would they have done otherwise?"
DEEDS = {**KINDS, "": "did not move"}
OTHERWISE = {
    "stays to the end": "#D9D9D9",
    "same lab, other time or terms": "#56B4E9",
    "another lab": "#E69F00",
    "the outside": "#6B6B6B",
}
ROW = 0.34
LEAST_NUMBERED = 0.06


@picture
def fates_of_twins(comparison: Comparison) -> Figure:
    """For those whose lives differ, by what they do first in a run: what they do in the base instead.

    Parameters
    ----------
    comparison
        Two to six runs whose researchers can be matched.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each run but the base, a bar of shares for each kind of move.
    """
    twins = comparison.twins
    if not len(twins):
        return message(QUESTION, subtitle(comparison), "Nobody's life differs.")
    shares = {name: _shares(twins[twins["run"] == name], comparison) for name in comparison.names[1:]}
    heights = [max(len(each), 1) for each in shares.values()]
    figure = canvas(sum(heights) * ROW + 0.45 * len(heights) + 0.35)
    panels = figure.subplots(len(heights), 1, height_ratios=heights, sharex=True, squeeze=False)[:, 0]
    colours = run_colours(comparison.names)
    for axes, (name, table) in zip(panels, shares.items(), strict=True):
        _draw(axes, table, comparison.replicates)
        if len(heights) > 1:
            axes.set_title(
                words.shortened(comparison.titles[comparison.names.index(name)], 8.5, 4.0),
                color=ink(colours[name]),
                weight="bold",
                pad=14 if axes is panels[0] else 4,
            )
    _name_segments(panels[0])
    panels[-1].set_xlabel(f"what the same people do in {words.shortened(comparison.titles[0], 8, 2.5)}")
    heading = Heading(QUESTION, _finding(shares, comparison), deciding(comparison))
    return dress(figure, heading, subtitle(comparison), _caption(comparison))


def _finding(shares: dict[str, pd.DataFrame], comparison: Comparison) -> str:
    """Of those whom the raid moves, or else of all whose lives differ, how many would not have moved."""
    if has_several(comparison):
        return _most_and_fewest(shares, comparison)
    (table,) = shares.values()
    raids = "campaign" in table.index
    rows = table.loc[["campaign"]] if raids else table[table.index != ""]
    total = rows.to_numpy().sum()
    if not total:
        return "Some who move in the base do not"
    stay, leave = (percent(float(rows[way].sum() / total)) for way in ("stays to the end", "the outside"))
    each = number(float(total / comparison.replicates))
    whom = "who come with a raid and otherwise would not, or not then" if raids else "who move or move otherwise"
    return f"Of {each} people {whom}, {stay} would have stayed to the end and {leave} left for the outside"


def _most_and_fewest(shares: dict[str, pd.DataFrame], comparison: Comparison) -> str:
    """Of several runs, in which most and fewest would have stayed of those whom a raid moves, or else in which most and fewest lives part."""
    raided = {name: table.loc["campaign"] for name, table in shares.items() if "campaign" in table.index}
    stay = {name: float(row["stays to the end"] / row.sum()) for name, row in raided.items()}
    if len(stay) > 1:
        ends = _ends({name: percent(share) for name, share in stay.items()}, stay, comparison)
        return f"Of those whom a raid moves, {ends} would have stayed to the end"
    lives = {row["run"]: row["people"] / row["replicates"] for row in comparison.fates.to_dict("records")}
    people = _ends({name: number(each) for name, each in lives.items()}, lives, comparison)
    return f"Against {quoted(comparison, 0)}, {people} lead another life"


def _ends(told: dict[str, str], values: dict[str, float], comparison: Comparison) -> str:
    """Up to three runs' values as they are told, each with its run, or the largest and the smallest; once where all are told alike."""
    if len({*told.values()}) == 1:
        return f"{next(iter(told.values()))} in each"
    order = sorted(values, key=values.__getitem__, reverse=True)
    named = order if len(order) <= MOST_NAMED else [order[0], order[-1]]
    return listed([f"{told[name]} in {quoted_run(comparison, name)}" for name in named])


def _shares(twins: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Number of people by what they do in the run (rows) and in the base (columns)."""
    outside = {lab.name for each in comparison.runs for lab in each.scenario.labs if lab.kind == "outside"}
    base_to = twins["base_to"].astype(object)
    same = base_to == twins["to"].astype(object)
    otherwise = np.select(
        [base_to.isna(), same, base_to.isin(outside)],
        ["stays to the end", "same lab, other time or terms", "the outside"],
        "another lab",
    )
    deed = twins["kind"].astype(object).where(twins["kind"].notna(), "").to_numpy()
    found = pd.crosstab(deed, otherwise).reindex(columns=list(OTHERWISE), fill_value=0)
    some = found.index[found.sum(axis=1) >= LEAST_PEOPLE * comparison.replicates]
    return found.loc[[kind for kind in DEEDS if kind in (some if len(some) else found.index)]]


def _draw(axes: Axes, table: pd.DataFrame, replicates: int) -> None:
    totals = table.sum(axis=1).to_numpy()
    left = np.zeros(len(table))
    for name, colour in OTHERWISE.items():
        share = table[name].to_numpy() / np.maximum(totals, 1)
        axes.barh(np.arange(len(table)), share, 0.72, left, color=colour, edgecolor="white", label=name)
        for row in map(int, np.flatnonzero(share >= LEAST_NUMBERED)):
            place = left[row] + share[row] / 2
            text = percent(float(share[row]))
            axes.text(place, row, text, ha="center", va="center", size=7, color=text_on(colour))
        left += share
    for row, total in enumerate(totals):
        axes.annotate(
            number(total / replicates),
            (1, row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=7,
            color=SOFT,
            annotation_clip=False,
        )
    axes.set_yticks(range(len(table)), [DEEDS[kind] for kind in table.index])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def _name_segments(axes: Axes) -> None:
    """Name the segments above the first panel, and what stands right of the bars."""
    place = 0.0
    for name, colour in OTHERWISE.items():
        axes.annotate(
            "■",
            (0, 1),
            xytext=(place, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            size=8,
            color=colour,
        )
        axes.annotate(
            name,
            (0, 1),
            xytext=(place + 10, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            size=7,
            color=SOFT,
        )
        place += 10 + 72 * words.width(name, 7) + 12
    axes.annotate(
        "people a run",
        (1, 1),
        xytext=(6, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        size=6.5,
        color=SOFT,
    )


def _caption(comparison: Comparison) -> str:
    lives = count(len(comparison.twins), "life", "lives")
    return (
        f"The same people under the same shocks (twins) in {count(comparison.replicates, 'pair')} of runs: {lives} that part, by "
        "the first move that differs (rows: in the run; segments: in the base). Rows of less than half a person a run are left out."
    )
