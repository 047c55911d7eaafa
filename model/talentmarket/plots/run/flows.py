"""Who takes people from whom: a matrix of moves between labs, each lab's balance, and the outside world."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from talentmarket.numbers import count, number, signed
from talentmarket.plots import words
from talentmarket.plots.bars import Bars, draw_bars
from talentmarket.plots.colours import GREY, SOFT, lab_colours, text_on
from talentmarket.plots.style import Heading, canvas, dress, message, picture
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import named_with_basis

QUESTION = "Who takes people from whom?"
HEAT = LinearSegmentedColormap.from_list("moves", ["#FFFFFF", "#C6DBEF", "#4292C6", "#08306B"])
FRAME = "#C0417F"  # no lab's colour
SPREAD = (0.05, 0.95)
NAME_SIZE = 7.5
NAME_ROOM = 1.3
MOST_NUMBERED = 25
MATRIX_WIDTH = 3.1
BARS_WIDTH = 1.35
FLOWS = ("labs.*.contact", "labs.*.mission", "choice.switching_cost")


@picture
def flows_between_labs(flows: pd.DataFrame, scenario: Scenario, runs: int) -> Figure:
    """Mean number of moves in a run from each lab to each other lab.

    Parameters
    ----------
    flows
        Table `flows`: replicate, month, from, to, moves (people).
    scenario
        The scenario that was run: its labs and campaigns.
    runs
        Number of finished runs, also those without a single move.

    Returns
    -------
    matplotlib.figure.Figure
        Matrix (row: who loses; column: who hires), net gain of each lab from the others, hires from and
        exits to the outside world.
    """
    if runs == 0:
        return message(QUESTION, scenario, "No run was finished.")
    labs = [lab.name for lab in scenario.labs if lab.kind == "lab"]
    outside = next(lab.name for lab in scenario.labs if lab.kind == "outside")
    moves = _matrices(flows, [*labs, outside], runs)
    between = moves[:, :-1, :-1]
    figure = canvas(0.75 + max(0.27 * len(labs), 0.7))
    matrix, balance, exchange = figure.subplots(1, 3, width_ratios=[MATRIX_WIDTH, BARS_WIDTH, BARS_WIDTH])
    _draw_matrix(matrix, between.mean(axis=0))
    _name_rows_and_columns(matrix, labs)
    _outline_raids(matrix, labs, scenario)
    colours = lab_colours(scenario.labs)
    draw_bars(balance, [_balance(between, [colours[lab] for lab in labs])], "people won (net)\nfrom other labs", 1.3)
    draw_bars(exchange, _exchange(moves.mean(axis=0)), f"lost to  |  hired from\n{_short(outside)}", 1.3)
    heading = Heading(QUESTION, _finding(between.mean(axis=0), labs, scenario), _decides(scenario))
    return dress(figure, heading, scenario, _caption(scenario, runs))


def _decides(scenario: Scenario) -> str:
    return f"how often recruiters call, and what the labs are worth to people: {named_with_basis([scenario], FLOWS)}."


def _finding(mean: np.ndarray, labs: list[str], scenario: Scenario) -> str:
    """What raiders take from their targets and lose to them; without a raid the largest flow between two labs."""
    pairs = [
        (target, campaign.lab)
        for campaign in scenario.campaigns
        for target in campaign.targets
        if {target, campaign.lab} <= {*labs}
    ]
    if not mean.any():
        return "Nobody moves from lab to lab"
    if pairs:
        losing, hiring = (labs.index(name) for name in pairs[0])
    else:
        losing, hiring = (int(place) for place in np.unravel_index(mean.argmax(), mean.shape))
    taken, back = (number(float(flow)) for flow in (mean[losing, hiring], mean[hiring, losing]))
    return f"{labs[hiring]} takes {taken} people from {labs[losing]}, and {back} go the other way"


def _short(name: str) -> str:
    return words.shortened(name, NAME_SIZE, NAME_ROOM)


def _matrices(flows: pd.DataFrame, names: list[str], runs: int) -> np.ndarray:
    """Moves by run, losing lab and hiring lab, with zeros where the table has no row."""
    moves = np.zeros((runs, len(names), len(names)))
    run = pd.factorize(flows["replicate"])[0]
    losing, hiring = (pd.Index(names).get_indexer(flows[column].astype(str)) for column in ("from", "to"))
    np.add.at(moves, (run, losing, hiring), flows["moves"].to_numpy(dtype=float))
    return moves


def _draw_matrix(axes: Axes, mean: np.ndarray) -> None:
    norm = PowerNorm(0.5, 0, max(float(mean.max()), 1e-9))
    axes.imshow(mean, cmap=HEAT, norm=norm, aspect="auto")
    for lab in range(len(mean)):
        axes.add_patch(Rectangle((lab - 0.5, lab - 0.5), 1, 1, facecolor="#EEEEEE", linewidth=0))
    if len(mean) <= MOST_NUMBERED:
        _number_cells(axes, mean, HEAT(norm(mean)))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _number_cells(axes: Axes, mean: np.ndarray, grounds: np.ndarray) -> None:
    size = min(8.0, 100.0 / len(mean))
    for row, column in np.argwhere(~np.eye(len(mean), dtype=bool)):
        value = float(mean[row, column])
        colour = text_on(to_hex(grounds[row, column]))
        text = number(value) if value else "·"
        axes.text(column, row, text, ha="center", va="center", size=size, color=colour)


def _name_rows_and_columns(axes: Axes, labs: list[str]) -> None:
    room = MATRIX_WIDTH / len(labs)
    columns = [words.in_lines(lab, NAME_SIZE, room - 0.03, 2) for lab in labs]
    level = not any(words.ELLIPSIS in name for name in columns)
    rows = [words.in_lines(lab, NAME_SIZE, NAME_ROOM, 2) for lab in labs]
    axes.set_yticks(range(len(labs)), rows, linespacing=1.0)
    if level:
        axes.set_xticks(range(len(labs)), columns)
    else:
        size = min(NAME_SIZE, 0.9 * room * words.POINTS_PER_INCH)
        axes.set_xticks(range(len(labs)), [_short(lab) for lab in labs], rotation=90, size=size)
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


def _outline_raids(axes: Axes, labs: list[str], scenario: Scenario) -> None:
    for campaign in scenario.campaigns:
        for target in campaign.targets:
            if {target, campaign.lab} <= set(labs):
                corner = (labs.index(campaign.lab) - 0.47, labs.index(target) - 0.44)
                axes.add_patch(Rectangle(corner, 0.94, 0.88, fill=False, edgecolor=FRAME, linewidth=1.4))


def _balance(moves: np.ndarray, colours: list[str]) -> Bars:
    net = moves.sum(axis=1) - moves.sum(axis=2)
    low, high = np.quantile(net, SPREAD, axis=0)
    mean = net.mean(axis=0)
    return Bars(mean, low, high, [signed(number(float(value))) for value in mean], colours)


def _exchange(mean: np.ndarray) -> list[Bars]:
    lost, hired = mean[:-1, -1], mean[-1, :-1]
    right, left = ([number(float(value)) for value in values] for values in (hired, lost))
    # A hair below zero, so that the number of a lab that lost nobody stands on the left too.
    lost = -np.maximum(lost, 1e-9)
    return [
        Bars(hired, hired, hired, right, [GREY] * len(hired)),
        Bars(lost, lost, lost, left, ["#C8C8C8"] * len(lost)),
    ]


def _caption(scenario: Scenario, runs: int) -> str:
    months = count(scenario.run.months, "month")
    if runs == 1:
        parts = [f"Number of people in one run of {months}."]
    else:
        parts = [f"Mean number of people a run, over {runs:,} runs of {months}. Thin line: 5 % to 95 % of runs."]
    if len(scenario.labs) - 1 > MOST_NUMBERED:
        parts.append("The darker, the more.")
    if scenario.campaigns:
        parts.append("Framed: a campaign's raider and target.")
    return " ".join(parts)
