"""What a move to another lab pays in its first year, against the pay of two chief executives."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from talentmarket.numbers import count, money, number, percent
from talentmarket.plots.colours import DARK, OUTCOMES, SOFT
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.evidence.seeds import fact
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "What does a move to another lab pay in its first year?"
# Facts in M$ a year, the smaller one first, and how their lines are named.
YARDSTICKS = {"ceo_pay_uber": "Uber's CEO, 2024", "ceo_pay_microsoft": "Microsoft's CEO, 2024"}
KINDS = {"ordinary": ("Ordinary offers", "#7A93AC"), "campaign": ("Campaign offers", OUTCOMES["started"])}
# Bins have one width on the log axis and none lies across a yardstick: so many between the two.
BINS_BETWEEN_YARDSTICKS = 5
DIGITS = (1, 2, 5)
# How ordinary offers come about, by whether their pay is posted, and what then decides them.
ORDINARY = {True: "what labs post for a talent, whatever the person called earns", False: "a premium over present pay"}
ORDINARY_PATHS = ("labs.*.pay_level", "labs.*.posting.sigma", "labs.*.posting.competition", "labs.*.premium_mean")
LEAST = 10  # hires; of fewer the title says the number in place of the share
ROWS = (17, 28)


@picture
def pay_of_movers(moves: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """Distribution of first-year pay of those who moved between labs, for ordinary and campaign offers.

    Parameters
    ----------
    moves
        Table `moves`: from, to, kind, first_year (M$).
    scenario
        The scenario that was run.
    runs
        Number of finished runs.

    Returns
    -------
    matplotlib.figure.Figure
        A histogram a kind of move that occurred, over a log axis, with the yardsticks as named lines.
    """
    pay = _pay_by_kind(moves, scenario)
    if not pay:
        return message(QUESTION, scenario, f"Nobody moved between labs in {count(runs, 'run')}.")
    figure = canvas(0.9 + 1.25 * len(pay))
    panels = figure.subplots(len(pay), 1, sharex=True, squeeze=False)[:, 0]
    edges = _edges(np.concatenate(list(pay.values())))
    for axes, (kind, values) in zip(panels, pay.items(), strict=True):
        _draw_kind(axes, kind, values, edges, runs)
    _set_money_axis(panels[-1], edges)
    _name_yardsticks(panels[0])
    return dress(figure, Heading(QUESTION, _finding(pay), _decides(scenario)), scenario, _caption(runs, len(pay)))


def _decides(scenario: Scenario) -> str:
    """What decides the pay of moves: packages, and ordinary offers as the labs make them."""
    posted = {lab.posting.distribution != "none" for lab in scenario.labs if lab.kind == "lab"}
    ways = [words for post, words in ORDINARY.items() if post in posted]
    named = named_with_basis([scenario], ORDINARY_PATHS)
    return f"packages are set in the scenario; ordinary offers are {' or '.join(ways)}: {named}."


def _finding(pay: dict[str, np.ndarray]) -> str:
    """The median of each kind, and how many a raid pays more than the better paid chief executive."""
    median = {kind: money(float(np.median(values))) for kind, values in pay.items()}
    if "campaign" not in pay:
        return f"An ordinary move pays {median['ordinary']} in its first year (median)"
    name, ceo = yardsticks()[-1]
    above = int((pay["campaign"] > ceo).sum())
    beside = f", an ordinary one {median['ordinary']}" if "ordinary" in pay else ""
    hires = len(pay["campaign"])
    share = percent(above / hires) if hires >= LEAST else f"{above}"
    whom = f"{share} of a raid's {'' if hires >= LEAST else f'{hires} '}hires" if above else "None of a raid's hires"
    return f"A raid's move pays {median['campaign']} (median){beside}; {whom} get more than {name.partition(',')[0]}"


def _pay_by_kind(moves: pd.DataFrame, scenario: Scenario) -> dict[str, np.ndarray]:
    labs = [lab.name for lab in scenario.labs if lab.kind == "lab"]
    between = moves[moves["from"].isin(labs) & moves["to"].isin(labs)]
    pay = {kind: between.loc[between["kind"] == kind, "first_year"].to_numpy(dtype=float) for kind in KINDS}
    return {kind: values for kind, values in pay.items() if len(values)}


def yardsticks() -> list[tuple[str, float]]:
    """Name and pay (M$ a year) of the two chief executives."""
    return [(name, fact(identifier).number) for identifier, name in YARDSTICKS.items()]


def _edges(pay: np.ndarray) -> np.ndarray:
    """Bins of one width on a log axis that hold all pay and end at both yardsticks."""
    small, large = (np.log10(amount) for _, amount in yardsticks())
    width = (large - small) / BINS_BETWEEN_YARDSTICKS
    low = np.floor((np.log10(min(pay.min(), 1.0)) - small) / width) - 1
    high = max(np.ceil((np.log10(pay.max()) - small) / width), BINS_BETWEEN_YARDSTICKS + 1) + 1
    return 10 ** (small + width * np.arange(low, high + 1))


def _draw_kind(axes: Axes, kind: str, pay: np.ndarray, edges: np.ndarray, runs: int) -> None:
    name, colour = KINDS[kind]
    share = np.histogram(pay, edges)[0] / len(pay)
    axes.stairs(share, edges, fill=True, color=colour, label=kind)
    for _, amount in yardsticks():
        axes.axvline(amount, color=DARK, linewidth=0.8, linestyle=(0, (4, 2)))
    top = 1.08 * share.max()
    axes.set_ylim(0, top)
    step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if top / step < 5)
    ticks = np.arange(0, top, step)
    axes.set_yticks(ticks, [percent(float(tick)) for tick in ticks])
    axes.set_ylabel("share of moves")
    axes.set_title(f"{name}: {_facts(pay, runs)}", color=SOFT, size=7.5)


def _facts(pay: np.ndarray, runs: int) -> str:
    ceo = yardsticks()[-1][1]
    above = float((pay > ceo).mean())
    few = f"{int((pay > ceo).sum())}" if len(pay) < LEAST else percent(above, 1)
    share = "none" if not above else "under 0.1 %" if above < 0.001 else few
    moves = f"{number(len(pay) / runs)} moves a run" if runs > 1 else count(len(pay), "move")
    return f"{moves}, median {money(float(np.median(pay)))}, {share} above {money(ceo)}"


def _set_money_axis(axes: Axes, edges: np.ndarray) -> None:
    axes.set_xscale("log")
    axes.set_xlim(edges[0], edges[-1])
    ticks = [digit * 10.0**power for power in range(-6, 10) for digit in DIGITS]
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in ticks if edges[0] <= tick <= edges[-1]]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.set_xlabel("pay in the first year, M$ (log scale)")


def _name_yardsticks(axes: Axes) -> None:
    # Steps: the smaller yardstick's line ends below the larger one's name.
    for (name, amount), row in zip(yardsticks(), ROWS, strict=True):
        axes.annotate(
            f"{name}: {money(amount)} ",
            (amount, 1),
            xytext=(0, row),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            size=7.5,
            ha="right",
            color=DARK,
            annotation_clip=False,
        )
        axes.annotate(
            "",
            (amount, 1),
            xytext=(0, row + 8),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": DARK, "linewidth": 0.8, "shrinkA": 0, "shrinkB": 0},
        )


def _caption(runs: int, panels: int) -> str:
    scale = " Each panel has its own vertical scale." if panels > 1 else ""
    return (
        f"Moves between labs in {count(runs, 'run')}; bins of one width on the log scale.{scale}"
        " Dashed: yearly pay of two chief executives, mostly stock."
    )
