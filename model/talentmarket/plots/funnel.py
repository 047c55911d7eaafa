"""Where a raid loses those whom it approaches: at each step before the choice, in it, and after it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.comparison.intervals import t_interval
from talentmarket.market.records.codes import PARTS
from talentmarket.numbers import count, fixed, number, percent
from talentmarket.plots.bars import SIZE, Bars, draw_bars
from talentmarket.plots.colours import GREY, OUTCOMES, SOFT
from talentmarket.plots.style import canvas, dress, message, picture
from talentmarket.scenario.schema import Scenario

# Each step of the funnel: a column of `months`, its words, and what is said of those whom the step before loses.
STEPS = {
    "approached": ("are asked", ""),
    "engaged": ("talk", "never talk"),
    "offers": ("get an offer", "get no offer"),
    "accepted": ("accept", "do not take it"),
    "started": ("start", "never start"),
}
NOT_TAKEN = ("refused", "took another offer")
AXES_WIDTH = 5.2


def funnel(months: pd.DataFrame, runs: int) -> dict[str, float]:
    """Means of the steps of `STEPS` over the runs, over all labs and months.

    Parameters
    ----------
    months
        Table `months`: approached, engaged, offers, accepted, started.
    runs
        Number of finished runs.
    """
    return {step: float(months[step].sum()) / runs for step in STEPS}


def finding(means: Mapping[str, float]) -> str:
    """How many come of how many asked, and the step that loses most."""
    steps = list(STEPS)
    lost = {after: means[before] - means[after] for before, after in pairwise(steps)}
    most = max(lost, key=lambda step: lost[step])
    came = f"{_whole(means['started'])} of {_whole(means['approached'])} come"
    return f"{came}; {_whole(lost[most])} {STEPS[most][1]}" if lost[most] > 0.0 else came


def _whole(mean: float) -> str:
    """A mean number of people in a title."""
    return number(round(mean)) if mean >= 10.0 else number(mean, 2)


def _mean(mean: float) -> str:
    """A mean number of approaches beside a bar."""
    return fixed(mean, 0 if mean >= 100.0 or mean == round(mean) else 1)


@picture
def fate_of_approaches(months: pd.DataFrame, offers: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """How many of those approached are left after each step, and what the refusals hung on.

    Parameters
    ----------
    months
        Table `months`: approached, engaged, offers, accepted, started.
    offers
        Table `offers`: replicate, outcome, and without_... for each of `PARTS`.
    scenario
        The scenario that was run.
    runs
        Number of finished runs.

    Returns
    -------
    matplotlib.figure.Figure
        Above, the means of the steps over the runs with the loss before each; below, if anybody refused, the share of the
        refusals that would have been acceptances with one part of the choice away: its mean over the runs that have any,
        with its 95 % interval.
    """
    means = funnel(months, runs) if runs else dict.fromkeys(STEPS, 0.0)
    if not means["approached"]:
        return message("Nobody is asked", scenario, f"No campaign approached anybody in {count(runs, 'run')}.")
    refused = offers[offers["outcome"].astype(str).isin(NOT_TAKEN)]
    rows = [len(STEPS), len(PARTS)] if len(refused) else [len(STEPS)]
    figure = canvas(0.4 * sum(rows))
    panels = figure.subplots(len(rows), 1, squeeze=False, height_ratios=rows)[:, 0]
    _draw_steps(panels[0], means)
    if len(refused):
        _draw_parts(panels[1], refused)
    return dress(figure, finding(means), scenario, _caption(len(refused), runs))


def _draw_steps(axes: Axes, means: Mapping[str, float]) -> None:
    values = np.array([means[step] for step in STEPS])
    texts = [_mean(values[0])]
    for (_, lost), before, value in zip(list(STEPS.values())[1:], values[:-1], values[1:], strict=True):
        gone = f"{_mean(before - value)} {lost}" if before > value else "nobody lost"
        texts.append(f"{_mean(value)} ({gone})")
    colours = [GREY] * (len(values) - 1) + [OUTCOMES["started"]]
    bars = Bars(values, values, values, texts, colours)
    draw_bars(axes, [bars], "", AXES_WIDTH)
    _name(axes, "approaches a run", [words for words, _ in STEPS.values()])


def _draw_parts(axes: Axes, refused: pd.DataFrame) -> None:
    by_run = refused.groupby("replicate")[[f"without_{part}" for part in PARTS]].mean().to_numpy(dtype=float)
    share = by_run.mean(axis=0)
    interval = np.array([t_interval(column) for column in by_run.T])  # none of a single run
    low, high = np.clip(np.where(np.isnan(interval), share[:, np.newaxis], interval), 0.0, 1.0).T
    bars = Bars(share, low, high, [percent(each) for each in share], [OUTCOMES["refused"]] * len(share))
    draw_bars(axes, [bars], "", AXES_WIDTH)
    title = "share of the offers not taken that would have been, with one part of the choice away"
    _name(axes, title, [f"without {words}" for words in PARTS.values()])


def _name(axes: Axes, title: str, names: list[str]) -> None:
    """Say what the bars are, and name their rows at the left."""
    axes.set_title(title, loc="left", size=SIZE, color=SOFT)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(axis="y", length=0)


def _caption(refused: int, runs: int) -> str:
    which = "One run" if runs == 1 else f"Means of {runs:,} runs, thin lines their 95 % intervals"
    steps = f"{which}; whoever is asked again counts again."
    if not refused:
        return steps
    return (
        f"{steps} Below: {count(refused, 'offer')} in all, weighed and not taken, and weighed again with the same noise; shares "
        "need not add up, as a refusal may hang on several parts or on none."
    )
