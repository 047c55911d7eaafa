"""What a person costs a raid: promised for each who comes, for each who is still there, and tier by tier."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from talentmarket.comparison.hires import CAME, hires, mean_of, per_person
from talentmarket.numbers import count, money, money_in_words, number
from talentmarket.plots.bars import SIZE, Bars, draw_bars
from talentmarket.plots.colours import GREY, OUTCOMES, SOFT
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.plots.words import shortened
from talentmarket.scenario.calendar import date_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "What does a raid pay for a person?"
STAY = ("campaigns.*.return_rate", "choice.exit_response", "labs.*.separation")
AXES_WIDTH = 4.2
NAME_ROOM = 2.2


@picture
def cost_of_hires(offers: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """What was promised for each person won, for each still there after a year and at the end, and in each tier.

    Parameters
    ----------
    offers
        Table `offers`: replicate, campaign, tier, outcome, total (M$), decided, left.
    scenario
        The scenario that was run.
    runs
        Number of finished runs.

    Returns
    -------
    matplotlib.figure.Figure
        A bar a row, in M$ a person, with the 95 % interval of the ratio (Fieller).
    """
    found = hires(offers, runs, scenario.run.months) if runs else pd.DataFrame({"came": [0.0]})
    if not found["came"].sum():
        return message(QUESTION, scenario, f"Nobody came in {count(runs, 'run')}.")
    rows = [*_people(found, scenario), *_tiers(offers, scenario, runs)]
    figure = canvas(0.32 * len(rows) + 0.3)
    axes = figure.subplots()
    values = np.array([value for _, value, _, _ in rows])
    low, high = np.array([[*interval] for _, _, interval, _ in rows]).T
    low, high = np.where(np.isnan(low), values, low), np.where(np.isnan(high), values, high)
    own = len(_people(found, scenario))
    colours = [OUTCOMES["started"]] * own + [GREY] * (len(rows) - own)
    texts = [f"{money(value)} ({who})" for _, value, _, who in rows]
    draw_bars(axes, [Bars(values, low, high, texts, colours)], "", AXES_WIDTH)
    axes.set_title("M$ of packages, over the number of people", loc="left", size=SIZE, color=SOFT)
    axes.set_yticks(range(len(rows)), [shortened(name, SIZE, NAME_ROOM) for name, _, _, _ in rows])
    axes.tick_params(axis="y", length=0)
    return dress(figure, Heading(QUESTION, _finding(found), _decides(scenario)), scenario, _caption(runs))


def _decides(scenario: Scenario) -> str:
    return (
        "the packages, which are set in the scenario, and how long those who come stay: "
        f"{named_with_basis([scenario], STAY)}. Face value: what has not vested when somebody leaves is never paid."
    )


Row = tuple[str, float, tuple[float, float], str]


def _people(found: pd.DataFrame, scenario: Scenario) -> list[Row]:
    """Rows of all who came, and of those who stayed; none of whom nothing is known."""
    end = date_of(scenario, scenario.run.months)
    rows: list[Row] = []
    for column, name in (
        ("came", "promised for each who comes"),
        ("stayed_a_year", "… for each who stays a year"),
        ("stayed", f"… for each still there{f' in {end}' if end else ' at the end'}"),
    ):
        cost, interval = per_person(found, column)
        if not np.isnan(cost):
            rows.append((name, cost, interval, f"{_mean(mean_of(found, column)[0])} people"))
    return rows


def _tiers(offers: pd.DataFrame, scenario: Scenario, runs: int) -> list[Row]:
    """What was promised a person in each tier, if there is more than one."""
    came = offers[offers["outcome"].astype(str).isin(CAME)]
    rows: list[Row] = []
    for campaign in scenario.campaigns:
        for tier in campaign.tiers:
            own = came[(came["campaign"].astype(str) == campaign.name) & (came["tier"].astype(str) == tier.name)]
            if len(own):
                name = tier.name if len(scenario.campaigns) == 1 else f"{campaign.name}, {tier.name}"
                mean = float(own["total"].mean())
                rows.append((f"tier {name}", mean, (mean, mean), f"{_mean(len(own) / runs)} people"))
    return rows if len(rows) > 1 else []


def _mean(people: float) -> str:
    return number(people, 3)


def _finding(found: pd.DataFrame) -> str:
    """The price of a person who came and of one who stayed."""
    promised = money_in_words(float(found["promised"].mean()))
    said = f"{money(per_person(found, 'came')[0])} for each who comes, {promised} in all"
    kept, _ = per_person(found, "stayed")
    return said if np.isnan(kept) else f"{said}; {money(kept)} for each who is still there at the end"


def _caption(runs: int) -> str:
    which = (
        "One run." if runs == 1 else f"Sums over {runs:,} runs; thin lines: 95 % interval of the ratio of two means."
    )
    return f"{which} In brackets: people a run."
