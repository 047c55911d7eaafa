"""Raids beside one another: how many of those asked come and stay in each run, and for how much."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.hires import hires, per_person
from talentmarket.comparison.intervals import Interval
from talentmarket.comparison.side_by_side import PROMISED, SHARE, alike, extremes, has_several, quantity_of
from talentmarket.numbers import NO_BREAK, fixed, money, money_in_words, number, with_spread
from talentmarket.plots import words
from talentmarket.plots.bars import Bars, draw_bars
from talentmarket.plots.colours import GREY
from talentmarket.plots.comparison.naming import name_runs, names_height
from talentmarket.plots.comparison.words import CHANCE, deciding, quoted_all, replicates_text, run_colours, subtitle
from talentmarket.plots.raid.funnel import STEPS, funnel_of_runs
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.runs.runs import Runs

QUESTION = "How many does the raid win, and for how much?"
AXES_WIDTH = 4.4


def any_raid(comparison: Comparison) -> bool:
    """Whether somebody is asked in any of the runs."""
    return any(bool(runs.months["approached"].any()) for runs in comparison.runs)


@picture
def raids_side_by_side(comparison: Comparison) -> Figure:
    """The steps from asked to stayed, and what was promised, in every run that has a raid.

    Parameters
    ----------
    comparison
        Two to six runs.

    Returns
    -------
    matplotlib.figure.Figure
        A row for each step and run, means of the runs with their 95 % intervals; one for a step that is the same in all.
    """
    named = zip(comparison.names, comparison.runs, strict=True)
    raids = {name: found for name, runs in named if (found := _of(runs, comparison)) is not None}
    if not raids:
        return message(QUESTION, subtitle(comparison), "Nobody is asked in any of the runs.")
    steps = [step for step in STEPS if all(step in means for means, _ in raids.values())]
    rows = [(step, name) for step in steps for name in ([*raids][:1] if _is_same(step, raids) else raids)]
    figure = canvas(0.21 * len(rows) + 0.5 + names_height([*raids]))
    axes = figure.subplots()
    colours = run_colours(comparison.names)
    means, intervals = zip(*(raids[name][0][step] for step, name in rows), strict=True)
    low, high = (np.array([each[end] for each in intervals]) for end in (0, 1))
    texts = [_text(step, *raids[name]) for step, name in rows]
    shades = [GREY if _is_same(step, raids) else colours[name] for step, name in rows]
    draw_bars(axes, [Bars(np.array(means), low, high, texts, shades)], "", AXES_WIDTH)
    first = [place for place, (step, _) in enumerate(rows) if place == 0 or rows[place - 1][0] != step]
    axes.set_yticks(
        first,
        [f"{STEPS[rows[place][0]][0]}{' (in each)' if _is_same(rows[place][0], raids) else ''}" for place in first],
    )
    axes.tick_params(axis="y", length=0)
    name_runs(axes, comparison, [*raids])
    heading = Heading(QUESTION, _finding(raids, comparison), deciding(comparison))
    caption = f"Approaches of all campaigns; means of {replicates_text(comparison)}, thin lines their 95 % intervals. Packages at face value."
    return dress(figure, heading, subtitle(comparison), caption)


Raid = tuple[dict[str, tuple[float, Interval]], pd.DataFrame]


def _is_same(step: str, raids: dict[str, Raid]) -> bool:
    """Whether a step is the same in all runs, as the number asked often is."""
    return len(raids) > 1 and len({means[step][0] for means, _ in raids.values()}) == 1


def _of(runs: Runs, comparison: Comparison) -> Raid | None:
    """Means and intervals of the funnel of a run, and its hires, over the replicates that are compared; None without a raid."""
    months, offers = (
        table[table["replicate"].isin(comparison.pairing.replicates)] for table in (runs.months, runs.offers)
    )
    if not months["approached"].any():
        return None
    found = hires(offers, comparison.replicates, runs.scenario.run.months)
    return funnel_of_runs(months, offers, runs.scenario, comparison.replicates), found


def _text(step: str, means: dict[str, tuple[float, Interval]], found: pd.DataFrame) -> str:
    """The number of a step; where people come also what was promised."""
    mean, interval = means[step]
    text = with_spread(mean, interval.half)
    if step == "started" and mean:
        cost, _ = per_person(found, "came")
        text += f" ({money_in_words(float(found['promised'].mean()))}, {money(cost)} each)"
    return text


def _finding(raids: dict[str, Raid], comparison: Comparison) -> str:
    """How many come for how much; of two raids, in each."""
    if has_several(comparison) and len(raids) > 1:
        return _most_and_fewest(comparison)
    first, *others = raids
    come = {name: float(means["started"][0]) for name, (means, _) in raids.items()}
    most = max(others, key=lambda name: abs(come[name] - come[first]), default="")
    said = []
    for name in filter(None, (first, most)):
        means, found = raids[name]
        price = f" for {money_in_words(float(found['promised'].mean()))}" if found["promised"].any() else ""
        whose = most or has_several(comparison)
        title = f" ({words.printable(comparison.titles[comparison.names.index(name)])})" if whose else ""
        came = with_spread(come[name], means["started"][1].half)
        said.append(f"{came} of {number(round(means['approached'][0]))} come{price}{title}")
    return "; ".join(said)


def _most_and_fewest(comparison: Comparison) -> str:
    """Of three or more sides, where most and fewest of those asked come, and from where to where packages go."""
    share = quantity_of(comparison, SHARE)
    ends = extremes(share)
    if ends is None:
        return "Hardly anybody is asked"
    most, fewest = (100.0 * share.sides[place].mean for place in (ends.most, ends.least))
    if ends.most == ends.least:
        said = f"As many come in each raid, {fixed(most, 1)}{NO_BREAK}% of those asked"
    else:
        said = (
            f"Most come in {quoted_all(comparison, alike(share, ends.most))}, {fixed(most, 1)}{NO_BREAK}% of those asked, fewest in "
            f"{quoted_all(comparison, alike(share, ends.least))}, {fixed(fewest, 1)}{NO_BREAK}%{'' if ends.apart else CHANCE}"
        )
    prices = extremes(promised := quantity_of(comparison, PROMISED))
    if prices is None:
        return said
    low, high = (number(promised.sides[place].mean) for place in (prices.least, prices.most))
    return f"{said}; {low}{f' to {high}' if high != low else ''}{NO_BREAK}M$ each"
