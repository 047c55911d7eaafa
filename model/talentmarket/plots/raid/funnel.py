"""How many of those whom a raid asks come and stay: what each step loses, and what the refusals hung on."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.comparison.hires import hires, mean_of
from talentmarket.comparison.intervals import Interval, t_interval
from talentmarket.market.records.codes import PARTS
from talentmarket.numbers import count, fixed, money_in_words, percent, with_spread
from talentmarket.plots.bars import SIZE, Bars, draw_bars
from talentmarket.plots.colours import GREY, OUTCOMES, SOFT
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import CHOICE, RAID, named_with_basis

# Each step of the funnel: a column of `months`, its words, and what is said of those whom the step before loses.
STEPS = {
    "approached": ("are asked", ""),
    "engaged": ("talk", "never talk"),
    "offers": ("get an offer", "get no offer"),
    "accepted": ("accept", "do not take it"),
    "started": ("start", "never start"),
    "stayed_a_year": ("stay a year", "leave within a year"),
}
QUESTION = "How many of those whom a raid asks come, and what does it cost?"
NOT_TAKEN = ("refused", "took another offer")
CAME = ("started", "stayed_a_year")
AXES_WIDTH = 5.2


def funnel_of_runs(
    months: pd.DataFrame, offers: pd.DataFrame, scenario: Scenario, runs: int
) -> dict[str, tuple[float, Interval]]:
    """Means of the steps of `STEPS` over the runs, with their 95 % intervals; the last only if it can be known of all.

    Parameters
    ----------
    months
        Table `months`: replicate, approached, engaged, offers, accepted, started.
    offers
        Table `offers`; see `hires.hires`.
    scenario
        The scenario that was run.
    runs
        Number of finished runs.
    """
    steps = [step for step in STEPS if step in months]
    by_run = months.groupby("replicate")[steps].sum().reset_index(drop=True).reindex(range(runs), fill_value=0.0)
    by_run["stayed_a_year"] = hires(offers, runs, scenario.run.months)["stayed_a_year"]
    return {step: mean_of(by_run, step) for step in STEPS if by_run[step].notna().all()}


def asked_again(scenario: Scenario) -> bool:
    """Whether somebody may be asked more than once: by one campaign again, or by two with a target in common."""
    targets = [target for campaign in scenario.campaigns for target in {*campaign.targets}]
    return len({*targets}) < len(targets) or any(campaign.retry_after for campaign in scenario.campaigns)


def finding(means: Mapping[str, float], promised: float, half: float = 0.0, again: bool = False) -> str:
    """How many come of how many asked, for how much, and the step that loses most.

    `promised` is the face value in M$ of the packages of those who came, a mean over the runs; `half` is half the interval of
    the number who start, and `again` whether people are asked more than once.
    """
    steps = [step for step in STEPS if step in means]
    before = [step for step in steps if step != "stayed_a_year"]
    lost = {after: means[step] - means[after] for step, after in pairwise(before)}
    most = max(lost, key=lambda step: lost[step])
    price = f", for {money_in_words(promised)}" if promised else ""
    came, asked = with_spread(means["started"], half), _mean(means["approached"])
    come = "comes" if came == "1" else "come"
    said = f"{came} {come} of {asked} approaches{price}" if again else f"{came} of {asked} {come}{price}"
    return f"{said}; {_mean(lost[most])} {STEPS[most][1]}" if lost[most] > 0.0 else said


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
    steps = funnel_of_runs(months, offers, scenario, runs) if runs else {}
    means = {step: mean for step, (mean, _) in steps.items()}
    if not means.get("approached"):
        return message("Nobody is asked", scenario, f"No campaign approached anybody in {count(runs, 'run')}.")
    refused = offers[offers["outcome"].astype(str).isin(NOT_TAKEN)]
    rows = [len(means), len(PARTS)] if len(refused) else [len(means)]
    figure = canvas(0.4 * sum(rows))
    panels = figure.subplots(len(rows), 1, squeeze=False, height_ratios=rows)[:, 0]
    _draw_steps(panels[0], steps)
    if len(refused):
        _draw_parts(panels[1], refused)
    promised = float(hires(offers, runs, scenario.run.months)["promised"].mean())
    return dress(
        figure,
        Heading(QUESTION, _finding(steps, promised, scenario), _decides(scenario)),
        scenario,
        _caption(len(refused), runs),
    )


def _decides(scenario: Scenario) -> str:
    return (
        f"how many talk and are made an offer: {named_with_basis([scenario], RAID)}; how many of these accept: "
        f"{named_with_basis([scenario], CHOICE)}. Over the size of the offer: talentmarket study offer_size."
    )


def _finding(steps: Mapping[str, tuple[float, Interval]], promised: float, scenario: Scenario) -> str:
    means = {step: mean for step, (mean, _) in steps.items()}
    return finding(means, promised, steps["started"][1].half, asked_again(scenario))


def _draw_steps(axes: Axes, steps: Mapping[str, tuple[float, Interval]]) -> None:
    said = [STEPS[step] for step in steps]
    values = np.array([mean for mean, _ in steps.values()])
    halves = np.nan_to_num([interval.half for _, interval in steps.values()])  # none of a single run
    texts = [_mean(values[0])]
    for (_, lost), before, value, half in zip(said[1:], values[:-1], values[1:], halves[1:], strict=True):
        gone = f"{_mean(before - value)} {lost}" if before > value else "nobody lost"
        texts.append(f"{with_spread(value, half)} ({gone})")
    colours = [OUTCOMES["started"] if step in CAME else GREY for step in steps]
    bars = Bars(values, values - halves, values + halves, texts, colours)
    draw_bars(axes, [bars], "", AXES_WIDTH)
    _name(axes, "approaches a run", [words for words, _ in said])


def _draw_parts(axes: Axes, refused: pd.DataFrame) -> None:
    by_run = refused.groupby("replicate")[[f"without_{part}" for part in PARTS]].mean().to_numpy(dtype=float)
    share = by_run.mean(axis=0)
    interval = np.array([t_interval(column) for column in by_run.T])  # none of a single run
    low, high = np.clip(np.where(np.isnan(interval), share[:, np.newaxis], interval), 0.0, 1.0).T
    bars = Bars(share, low, high, [percent(each) for each in share], [OUTCOMES["refused"]] * len(share))
    draw_bars(axes, [bars], "", AXES_WIDTH)
    title = "of the offers that were not taken: share that would have been, with one part of the choice away"
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
