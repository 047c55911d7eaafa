"""How far down its list a raid gets: the fate of every offer by list rank."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

from talentmarket.comparison.hires import CAME, hires, mean_of
from talentmarket.numbers import count, number, with_spread
from talentmarket.plots.colours import OUTCOMES, SOFT, ink
from talentmarket.plots.raid.tiers import draw_tiers, tier_edges
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.schema import Campaign, Scenario
from talentmarket.scenario.writing.resting import named_with_basis

BINS = 16
AXES_WIDTH = 5.2
# A first tier narrower than this share of the list would vanish on a linear axis.
LEAST_SHARE = 0.04
DECADES = (1, 2, 5)
STEP = 0.2
LANES = {"started": "came, did not go back", "returned": "came, went back"}
HATCHES = {"returned": "////", "withdrew": "....", "took another offer": "xxxx"}  # told apart in grey print
MANY = 150
ASKED = ("campaigns.*.scouting_error", "campaigns.*.offer")


@picture
def fate_of_offers(offers: pd.DataFrame, campaign: Campaign, scenario: Scenario, runs: int) -> Figure:
    """What became of the offers of a campaign, by list rank: over all runs, and one by one in one run.

    Parameters
    ----------
    offers
        Table `offers`: replicate, campaign, rank, attempt, outcome; other campaigns' rows are left out.
    campaign
        The campaign to draw, with its tiers.
    scenario
        The scenario that was run.
    runs
        Number of finished runs, also those without an offer.

    Returns
    -------
    matplotlib.figure.Figure
        Above, the share of each outcome in stretches of ranks that end where tiers end; below, the offers of the
        run whose number of offers is nearest to the mean.
    """
    question = f"How far down its list does {campaign.lab} get?"
    offers = offers[offers["campaign"].astype(str) == campaign.name].astype({"outcome": str})
    if not len(offers):
        return message(question, scenario, f"{campaign.name} made no offer in {count(runs, 'run')}.")
    figure = canvas(3.9)
    shares, strip = figure.subplots(2, 1, height_ratios=[2.1, 1.1], sharex=True)
    tiers = tier_edges(campaign, int(offers["rank"].max()))
    _set_ranks(strip, tiers)
    _draw_shares(shares, offers, _stretches(tiers), runs)
    draw_tiers(shares, campaign, tiers, AXES_WIDTH)
    example = _typical_run(offers, runs)
    _draw_strip(strip, offers, example, runs)
    for axes in (shares, strip):
        for colour, width in (("white", 2.5), (SOFT, 0.7)):
            axes.vlines(
                tiers[1:-1], 0, 1, transform=axes.get_xaxis_transform(), color=colour, linewidth=width, zorder=2
            )
    heading = Heading(question, _finding(campaign, offers, scenario, runs), _decides(scenario))
    return dress(figure, heading, scenario, _caption(campaign, offers, runs))


def _finding(campaign: Campaign, offers: pd.DataFrame, scenario: Scenario, runs: int) -> str:
    """How deep the offers go, and how many come of them."""
    came, interval = mean_of(hires(offers, runs, scenario.run.months), "came")
    deepest = number(round(float(offers.groupby("replicate")["rank"].max().mean())))
    which = "down to rank" if runs == 1 else "on average down to rank"
    share = f"{with_spread(came, interval.half)} of {number(len(offers) / runs)} offers bring somebody"
    return f"{campaign.lab} makes offers {which} {deepest}; {share}"


def _decides(scenario: Scenario) -> str:
    return (
        "how many are asked and the package of each tier, both set in the scenario; how well the list knows talent, and how many "
        f"talks end in an offer: {named_with_basis([scenario], ASKED)}."
    )


def _is_log(tiers: np.ndarray) -> bool:
    return bool(tiers[1] - 0.5 < LEAST_SHARE * tiers[-1])


def _set_ranks(axes: Axes, tiers: np.ndarray) -> None:
    axes.set_xlabel("rank on the list (1: the first to be asked)")
    last = int(tiers[-1])
    if _is_log(tiers):
        axes.set_xscale("log")
        ticks = [digit * 10**power for power in range(9) for digit in DECADES if digit * 10**power <= last]
        axes.xaxis.set_major_locator(FixedLocator(ticks))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    axes.set_xlim(tiers[0], tiers[-1])


def _stretches(tiers: np.ndarray) -> np.ndarray:
    """Ends of about `BINS` stretches of ranks of the same width on the axis, none across two tiers."""
    to_axis, to_rank = (np.log, np.exp) if _is_log(tiers) else (np.asarray, np.asarray)
    places = to_axis(tiers)
    edges = [tiers[0]]
    for start, end in pairwise(places):
        parts = max(1, round(BINS * (end - start) / (places[-1] - places[0])))
        inner = to_rank(start + (end - start) * np.arange(1, parts + 1) / parts)
        edges.extend(np.floor(inner + 1e-6 - 0.5) + 0.5)
    return np.unique(edges)


def _draw_shares(axes: Axes, offers: pd.DataFrame, edges: np.ndarray, runs: int) -> None:
    stretch = np.searchsorted(edges, offers["rank"].to_numpy(dtype=float)) - 1
    made = np.bincount(stretch, minlength=len(edges) - 1)
    base = np.zeros(len(made))
    for outcome, colour in OUTCOMES.items():
        ended_so = np.bincount(stretch[offers["outcome"] == outcome], minlength=len(made))
        share = np.divide(ended_so, made, out=np.zeros(len(made)), where=made > 0)
        axes.bar(
            edges[:-1],
            share,
            np.diff(edges),
            base,
            align="edge",
            color=colour,
            edgecolor="white",
            label=outcome,
            hatch=HATCHES.get(outcome, ""),
        )
        base += share
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.set_ylabel("share of offers")
    axes.tick_params(axis="x", length=0, labelbottom=False)
    _number_stretches(axes, edges, made / runs)


def _number_stretches(axes: Axes, edges: np.ndarray, made: np.ndarray) -> None:
    middles = np.sqrt(edges[:-1] * edges[1:]) if axes.get_xscale() == "log" else (edges[:-1] + edges[1:]) / 2
    for middle, mean in zip(middles, made, strict=True):
        _write_above(axes, number(float(mean)), (middle, 0)).set_horizontalalignment("center")
    _write_above(axes, "offers a run", (edges[0], -6)).set_horizontalalignment("right")


def _write_above(axes: Axes, text: str, place: tuple[float, float]) -> Annotation:
    """Write above the bars at a rank, moved sideways by so many points."""
    rank, aside = place
    return axes.annotate(
        text, (rank, 1), xytext=(aside, 6), textcoords="offset points", size=6.5, color=SOFT, annotation_clip=False
    )


def _typical_run(offers: pd.DataFrame, runs: int) -> int:
    made = offers.groupby("replicate").size()
    return int((made - len(offers) / runs).abs().idxmin())


def _draw_strip(axes: Axes, offers: pd.DataFrame, example: int, runs: int) -> None:
    present = [outcome for outcome in OUTCOMES if (offers["outcome"] == outcome).any()]
    shown = offers[offers["replicate"] == example]
    size = 16 if len(shown) < MANY else 6
    for lane, outcome in enumerate(present):
        dots = shown[shown["outcome"] == outcome]
        height = lane + STEP * np.minimum(dots["attempt"] - 1, 2)
        axes.scatter(dots["rank"], height, s=size, color=OUTCOMES[outcome], linewidths=0, label=outcome, zorder=3)
        mean = number((offers["outcome"] == outcome).sum() / runs)
        axes.annotate(
            f"{len(dots)} (mean {mean})" if runs > 1 else f"{len(dots)}",
            (1, lane),
            xytext=(6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            size=7,
            color=SOFT,
        )
    axes.set_yticks(range(len(present)), [LANES.get(outcome, outcome) for outcome in present])
    for label, outcome in zip(axes.get_yticklabels(), present, strict=True):
        label.set_color(ink(OUTCOMES[outcome]))
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-0.6, len(present) - 0.4)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    which = "The run" if runs == 1 else f"One run (replicate {example})"
    axes.set_title(f"{which}: each offer a dot", size=7.5, color=SOFT)


def _caption(campaign: Campaign, offers: pd.DataFrame, runs: int) -> str:
    came = offers.loc[offers["outcome"].isin(CAME), "rank"]
    years = " or ".join(str(year) for year in sorted({tier.years for tier in campaign.tiers}))
    parts = [
        f"{campaign.name}: {count(len(offers), 'offer')} in {count(runs, 'run')},",
        f"packages over {years} years.",
        f"Mean rank of those who came: {came.mean():.0f}." if len(came) else "Nobody came.",
        "Withdrew: accepted, but did not start.",
    ]
    if (offers["outcome"] == "returned").any():
        parts.append(f"Started and returned together: the {number(len(came) / runs)} who come.")
    if (offers["attempt"] > 1).any():
        parts.append("A dot above its line is a later asking.")
    return " ".join(parts)
