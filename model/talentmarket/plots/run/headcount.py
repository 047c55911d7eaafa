"""Which labs grow and which shrink: head-count by month, a panel for each lab."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

from talentmarket.numbers import number, percent, signed
from talentmarket.plots import words
from talentmarket.plots.colours import SHADE, SOFT, ink, lab_colours
from talentmarket.plots.events import Mark, draw_events, event_marks, events_caption
from talentmarket.plots.style import WIDTH, Heading, canvas, dress, message, picture
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import listed
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "Which labs grow, and which shrink?"
PANEL_HEIGHT = 1.75
SPREAD = (0.05, 0.95)
LEAST_RANGE = 0.02
LEAST_SAID = 0.005
WHOLE = 0.1  # from here on a change is a whole percentage
MOVES = 0.02  # a lab whose mean head-count never leaves month 0 by more than this share is named, not drawn
AIMS = ("labs.*.headcount", "labs.*.growth", "labs.*.refill")
NOTES = 2
NAME_SIZES, NOTE_SIZES = (8.5, 6.0), (6.5, 5.5)
TICK_ROOM = 0.68
HEADROOM = 0.2
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240)


@picture
def headcount_by_lab(months: pd.DataFrame, events: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """Head-count of each lab over time with the spread of runs; campaign months shaded, events marked.

    Parameters
    ----------
    months
        Table `months`: replicate, month, lab, headcount (researchers).
    events
        Table `events`: replicate, month, event.
    scenario
        The scenario that was run: its labs and campaigns.
    runs
        Number of runs in the table.

    Returns
    -------
    matplotlib.figure.Figure
        One panel a lab that raids, is raided or changes, with its own scale, the outside world last; the others are named.
    """
    if not len(months):
        return message(QUESTION, scenario, "No run was finished.")
    every = [lab.name for lab in sorted(scenario.labs, key=lambda lab: lab.kind == "outside")]
    summary, marks = _summary(months), event_marks(events, runs, scenario)
    sides = _sides(scenario, int(months["month"].max()))
    names = [name for name in every if name in sides or _moves(summary.loc[name])]
    still = [name for name in every if name not in names]
    heading = Heading(QUESTION, _finding(summary, names, scenario), _decides(scenario))
    if not names:
        return message(QUESTION, scenario, f"None: over the whole run all stay within {percent(MOVES)} of month 0.")
    columns = 2 if len(names) <= 2 else 3 if len(names) <= 12 else 4
    rows = math.ceil(len(names) / columns)
    figure = canvas(rows * PANEL_HEIGHT + 0.2)
    last = int(months["month"].max())
    for place, name in enumerate(names):
        axes = figure.add_subplot(rows, columns, place + 1)
        _draw_lab(axes, summary.loc[name], lab_colours(scenario.labs)[name], runs)
        _draw_heading(axes, name, summary.loc[name], lab_colours(scenario.labs)[name])
        _draw_campaigns(axes, name, scenario, last)
        draw_events(axes, marks)
        axes.set_xlabel("month" if place + columns >= len(names) else "")
        axes.set_ylabel("researchers" if place % columns == 0 else "")
    return dress(figure, heading, scenario, " ".join([_caption(scenario, runs, last, marks), _still(still)]).strip())


def _moves(lab: pd.DataFrame) -> bool:
    """Whether a lab's mean head-count leaves that of month 0 by more than `MOVES`."""
    start = float(lab["mean"].iloc[0])
    return bool((lab["mean"] - start).abs().max() > MOVES * start)


def _decides(scenario: Scenario) -> str:
    return f"the head-count that each lab aims at, and refilling from outside: {named_with_basis([scenario], AIMS)}."


def _sides(scenario: Scenario, last: int) -> list[str]:
    """Labs that raid or are raided up to a month, in the order of the scenario."""
    of_raids = {lab for raid in scenario.campaigns if raid.start <= last for lab in (raid.lab, *raid.targets)}
    return [lab.name for lab in scenario.labs if lab.kind == "lab" and lab.name in of_raids]


def _finding(summary: pd.DataFrame, drawn: list[str], scenario: Scenario) -> str:
    """What becomes of the size of raiders and raided; without a raid of the labs that grow and shrink most."""
    labs = _sides(scenario, int(summary.index.get_level_values("month").max()))
    moving = labs or [lab.name for lab in scenario.labs if lab.kind == "lab" and lab.name in drawn]
    change = {}
    for name in moving:
        start, end = (float(summary.loc[name]["mean"].iloc[place]) for place in (0, -1))
        if start:
            change[name] = end / start - 1.0
    said = []
    for most, verb in ((max, "grows"), (min, "shrinks")):
        name = most(change, key=lambda lab: change[lab], default="")
        if name and abs(change[name]) >= LEAST_SAID and (change[name] > 0.0) == (verb == "grows"):
            said.append(f"{name} {verb} by {_share(abs(change[name]))}")
    if labs and not said:
        return f"{listed(labs)} {'keeps its' if len(labs) == 1 else 'keep their'} size: whoever leaves is replaced"
    return " and ".join(said) or "No lab ends with more or fewer people than it had"


def _share(change: float) -> str:
    """A change of head-count: with the panel's decimal where a whole number would round much of it away."""
    return percent(change, 0 if change >= WHOLE else 1)


def _still(names: list[str]) -> str:
    return f"Not drawn, as they stay within {percent(MOVES)} of month 0: {', '.join(names)}." if names else ""


def _summary(months: pd.DataFrame) -> pd.DataFrame:
    groups = months.astype({"lab": str}).groupby(["lab", "month"])["headcount"]
    return pd.DataFrame({"mean": groups.mean(), "low": groups.quantile(SPREAD[0]), "high": groups.quantile(SPREAD[1])})


def _draw_lab(axes: Axes, lab: pd.DataFrame, colour: str, runs: int) -> None:
    month = lab.index.to_numpy()
    if runs > 1:
        axes.fill_between(month, lab["low"], lab["high"], color=colour, alpha=0.22, linewidth=0)
    axes.plot(month, lab["mean"], color=colour, solid_capstyle="butt")
    axes.axhline(lab["mean"].iloc[0], color=SOFT, linewidth=0.6, linestyle=(0, (1, 2)), zorder=1)
    axes.set_xlim(month[0], max(month[-1], 1))
    axes.xaxis.set_major_locator(MultipleLocator(_month_step(int(month[-1]))))
    low, high = _limits(lab)
    axes.set_ylim(low, high + HEADROOM * (high - low))
    # No tick, and so no grid line, where the notes on campaigns stand.
    ticks = [tick for tick in MaxNLocator(4, integer=True).tick_values(low, high) if low <= tick <= high]
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.grid(axis="y")


def _month_step(last: int) -> int:
    return next((step for step in MONTH_STEPS if last <= 5 * step), MONTH_STEPS[-1])


def _limits(lab: pd.DataFrame) -> tuple[float, float]:
    # A lab that hardly changes must look as if it hardly changed.
    start = float(lab["mean"].iloc[0])
    least = max(LEAST_RANGE * start, 1.0)
    low = min(float(lab["low"].min()), start - least)
    high = max(float(lab["high"].max()), start + least)
    return max(low - 0.05 * (high - low), 0.0), high + 0.05 * (high - low)


def _draw_heading(axes: Axes, name: str, lab: pd.DataFrame, colour: str) -> None:
    start, end = float(lab["mean"].iloc[0]), float(lab["mean"].iloc[-1])
    change = f" ({signed(percent(end / start - 1, 1))})" if start else ""
    text, size = words.fitted(name, NAME_SIZES, _panel_width(axes), "bold")
    axes.set_title(text, color=ink(colour), weight="bold", size=size, pad=15)
    axes.annotate(
        f"{number(start)} → {number(end)}{change}",
        (0, 1),
        xytext=(0, 4),
        xycoords="axes fraction",
        textcoords="offset points",
        size=7,
        color=SOFT,
    )


def _draw_campaigns(axes: Axes, name: str, scenario: Scenario, last: int) -> None:
    notes = []
    for campaign in scenario.campaigns:
        # The head-count of month m is that at its end, so month m is the stretch from m - 1 to m.
        start, end = max(campaign.start - 1, 0), min(campaign.start - 1 + campaign.months, last)
        if start >= end:
            continue
        axes.axvspan(start, end, color=SHADE, linewidth=0, zorder=0)
        if name == campaign.lab:
            notes.append((start, f"raids {', '.join(campaign.targets)}"))
        elif name in campaign.targets:
            notes.append((start, f"raided by {campaign.lab}"))
    if len(notes) > NOTES:
        notes = [*notes[: NOTES - 1], (notes[NOTES - 1][0], f"and {len(notes) - NOTES + 1} more raids")]
    room = _panel_width(axes)
    for line, (start, note) in enumerate(notes):
        text, size = words.fitted(note, NOTE_SIZES, room)
        # At the start of the campaign, or as near to it as the panel allows.
        place = max(min(start / last, 1 - words.width(text, size) / room), 0)
        axes.annotate(
            text,
            (place, 1),
            xytext=(2, -2 - 8 * line),
            xycoords="axes fraction",
            textcoords="offset points",
            size=size,
            color=SOFT,
            va="top",
        )


def _panel_width(axes: Axes) -> float:
    """Width in inches, or a little less: what is left of the figure beside the tick labels."""
    grid = axes.get_subplotspec()
    return WIDTH / (grid.get_gridspec().ncols if grid else 1) - TICK_ROOM


def _caption(scenario: Scenario, runs: int, last: int, marks: list[Mark]) -> str:
    spread = f"Line: mean of {runs:,} runs; band: 5 % to 95 % of runs (spread of runs, not an interval of the mean)."
    parts = [spread if runs > 1 else "Line: one run."]
    parts.append("Dotted: month 0. Each panel has its own scale, never finer than ±2 %.")
    if any(campaign.start <= last for campaign in scenario.campaigns):
        parts.append("Shaded: months in which a campaign may make offers.")
    return " ".join([*parts, events_caption(marks)]).strip()
