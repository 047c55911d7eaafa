"""Does the mission beat money: how many accept, over the size of the offer, by loyalty."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from talentmarket.numbers import count, money, number, percent
from talentmarket.plots import words
from talentmarket.plots.colours import LOYALTY
from talentmarket.plots.labels import label_end
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "Does the mission beat money?"
ACCEPTED = ("withdrew", "started", "returned")
SIZES = 6
LEAST = 10  # offers of a size and a third of loyalty; a share of fewer says nothing
NORMAL_95 = 1.959964
# Points of the loyalty bands stand side by side, this share of the axis apart.
APART = 0.018
LEAST_DECADES = 0.3
WEIGHTS = ("choice.mission_scale", "choice.money_weight", "population.loyalty_mean")
# Sizes nearer to each other than this share of the axis cannot all have a tick.
CLOSE = 0.08


def binomial_interval(successes: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Score interval of a share with 95 % coverage (Wilson 1927).

    Parameters
    ----------
    successes, trials
        Counts of the same shape; trials are at least 1.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper end, in [0, 1].
    """
    share = successes / trials
    weight = NORMAL_95**2 / trials
    centre = (share + weight / 2) / (1 + weight)
    half = NORMAL_95 * np.sqrt(share * (1 - share) / trials + weight / trials / 4) / (1 + weight)
    return np.clip(centre - half, 0, share), np.clip(centre + half, share, 1)


@picture
def acceptance_by_offer(offers: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """Share of campaign offers that were accepted, by size of the package and loyalty of the researcher.

    Parameters
    ----------
    offers
        Table `offers`: total (M$), loyalty, acceptance_probability, outcome.
    scenario
        The scenario that was run.
    runs
        Number of finished runs.

    Returns
    -------
    matplotlib.figure.Figure
        For each third of loyalty: points with 95 % binomial intervals for what happened, a line for the model's
        mean probability of acceptance.
    """
    if not len(offers):
        return message(QUESTION, scenario, f"No campaign made an offer in {count(runs, 'run')}.")
    every = _cells(offers)
    cells = every[every["offers"] >= LEAST]
    if not len(cells):
        return message(QUESTION, scenario, _counted(offers, runs))
    left_out = int(every["offers"].sum() - cells["offers"].sum())
    figure = canvas(3.5)
    axes = figure.subplots()
    _set_axes(axes, np.unique(offers["total"].round(6)), cells, scenario)
    bands = cells["band"].unique()
    for place, band in enumerate(bands):
        colour = LOYALTY[place * (len(LOYALTY) - 1) // max(len(bands) - 1, 1)]
        _draw_band(axes, cells[cells["band"] == band], colour, place - (len(bands) - 1) / 2)
    finding = _finding(cells, offers, {every["order"].min(), every["order"].max()})
    return dress(figure, Heading(QUESTION, finding, _decides(scenario)), scenario, _caption(offers, runs, left_out))


def _decides(scenario: Scenario) -> str:
    return (
        f"how much the mission counts against money: {named_with_basis([scenario], WEIGHTS)}. Of those who had an offer only; "
        "the share of all asked over the size of the offer: talentmarket study offer_size."
    )


def _finding(cells: pd.DataFrame, offers: pd.DataFrame, ends: set[int]) -> str:
    """The share of all offers that are accepted, and of the largest packages by the least and by the most loyal, `ends`."""
    every = f"{percent(float(_accepted(offers).mean()))} of the offers are accepted"
    largest = cells[cells["size"] == cells["size"].max()]
    if not ends <= {*largest["order"]}:  # the least and the most loyal are not both among them
        return every
    share = (largest["accepted"] / largest["offers"]).to_numpy()
    low, high = binomial_interval(largest["accepted"].to_numpy(), largest["offers"].to_numpy())
    apart = high[-1] < low[0] or high[0] < low[-1]
    whom = f"{percent(float(share[0]))} by the least loyal third and {percent(float(share[-1]))} by the most loyal"
    said = f"{every}; those of {money(float(largest['total'].iloc[-1]))}, {whom}"
    return said if apart else f"{said}, which may be chance"


def _accepted(offers: pd.DataFrame) -> pd.Series:
    return offers["outcome"].astype(str).isin(ACCEPTED)


def _counted(offers: pd.DataFrame, runs: int) -> str:
    """What to say of offers that are too few for shares."""
    made = f"{count(len(offers), 'offer')} in {count(runs, 'run')}"
    return f"{int(_accepted(offers).sum())} of {made} were accepted, too few for shares by size and loyalty."


def _cells(offers: pd.DataFrame) -> pd.DataFrame:
    """One row for each band of loyalty and size of package that holds an offer."""
    cuts = np.unique(np.round(offers["loyalty"].quantile([1 / 3, 2 / 3]), 2))
    names = [f"below {cuts[0]:.2f}", *(f"{a:.2f} to {b:.2f}" for a, b in pairwise(cuts))]
    band = np.searchsorted(cuts, offers["loyalty"], side="right")
    frame = pd.DataFrame(
        {
            "order": band,
            "band": np.array([*names, f"{cuts[-1]:.2f} and more"])[band],
            "size": _size_classes(offers["total"].to_numpy(dtype=float)),
            "log_total": np.log(offers["total"]),
            "accepted": _accepted(offers),
            "probability": offers["acceptance_probability"],
        }
    )
    groups = frame.groupby(["order", "band", "size"])
    cells = groups.agg(
        offers=("accepted", "size"),
        accepted=("accepted", "sum"),
        probability=("probability", "mean"),
        total=("log_total", lambda values: np.exp(values.mean())),
    )
    return cells.reset_index()


def _size_classes(totals: np.ndarray) -> np.ndarray:
    """Class of each package: its size where there are few sizes, else its sixth of all packages."""
    sizes, classes = np.unique(totals.round(6), return_inverse=True)
    if len(sizes) <= SIZES:
        return classes
    cuts = np.unique(np.quantile(totals, np.arange(1, SIZES) / SIZES))
    return np.searchsorted(cuts, totals, side="right")


def _set_axes(axes: Axes, sizes: np.ndarray, cells: pd.DataFrame, scenario: Scenario) -> None:
    low, high = np.log10(cells["total"].min()), np.log10(cells["total"].max())
    margin = max(0.06 * (high - low), (LEAST_DECADES - (high - low)) / 2, 0.02)
    axes.set_xscale("log")
    axes.set_xlim(10 ** (low - margin), 10 ** (high + margin))
    if len(sizes) > SIZES or (np.diff(np.log10(sizes)) < CLOSE * (high - low)).any():
        sizes = np.array(words.log_ticks(*axes.get_xlim()))
    axes.xaxis.set_major_locator(FixedLocator(sizes.tolist()))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    years = sorted({tier.years for campaign in scenario.campaigns for tier in campaign.tiers})
    axes.set_xlabel(f"package, M$ in all over {' or '.join(str(year) for year in years)} years (log scale)")
    axes.set_ylabel("share of offers accepted")
    axes.set_ylim(-0.02, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.grid(axis="y")


def _draw_band(axes: Axes, cells: pd.DataFrame, colour: str, place: float) -> None:
    low, high = np.log(axes.get_xlim())
    total = cells["total"].to_numpy() * np.exp(place * APART * (high - low))
    share = (cells["accepted"] / cells["offers"]).to_numpy()
    ends = binomial_interval(cells["accepted"].to_numpy(), cells["offers"].to_numpy())
    axes.plot(total, cells["probability"], color=colour, linewidth=1.4, label=cells["band"].iloc[0])
    axes.vlines(total, *ends, color=colour, linewidth=1.0)
    axes.scatter(total, share, s=22, color=colour, edgecolors="white", linewidths=0.6, zorder=3)
    end = (float(total[-1]), float(cells["probability"].iloc[-1]))
    label_end(axes, f"loyalty {cells['band'].iloc[0]}", end, colour)


def _caption(offers: pd.DataFrame, runs: int, left_out: int) -> str:
    without = f" Left out: {count(left_out, 'offer')}, in groups of fewer than {LEAST}." if left_out else ""
    return (
        f"Points: share accepted of {count(len(offers), 'campaign offer')} in {count(runs, 'run')}, by"
        " thirds of the researchers' loyalty (0: money only, 1: mission only); bars: 95 % binomial interval, offers"
        f" taken as independent. Lines: mean of the model's own probability of acceptance.{without}"
    )
