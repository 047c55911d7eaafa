"""What does it take to keep people: how many each answer of a lab to offers keeps, over what is spent on it."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.costs import SPENT_ON, of_answers
from talentmarket.comparison.side_by_side import KEPT, SPENT, Side, answering, quantity_of
from talentmarket.numbers import NO_BREAK, number, with_spread
from talentmarket.plots.colours import DARK, GREY, SOFT
from talentmarket.plots.comparison.naming import name_runs, names_height
from talentmarket.plots.comparison.words import (
    MOST_NAMED,
    NO_DIFFERENCE,
    by_run,
    deciding,
    replicates_text,
    run_colours,
    subtitle,
)
from talentmarket.plots.style import Heading, canvas, dress, message, picture

QUESTION = "How many people does an answer keep, and for how much?"
HEIGHT = 3.0
ROOM = 0.12  # share of the axes beyond the outermost interval
COSTS = tuple(digit * 10.0**power for power in range(-3, 6) for digit in (1, 3))  # M$ a person
STEEPEST, FLATTEST = 0.12, 8.0  # costs whose lines are drawn, over that of the diagonal
LINE_NAME = 16.0  # points that the names of lines take above the axes
SIZE = 6.5


class Answer(NamedTuple):
    """What is spent on an answer and whom it keeps, with differences from the base, and what each person kept costs, if that can be told."""

    spent: Side
    kept: Side
    cost: Side


@picture
def answers_by_cost(comparison: Comparison) -> Figure:
    """People kept by each answer of a lab to offers over what is spent on it, both as differences from the base.

    Parameters
    ----------
    comparison
        Two to six runs, in some of which a lab answers offers otherwise than in the base; of several labs the first is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        A dot with its two intervals for each answer, the base at zero, and thin lines of equal cost for each person kept.
    """
    labs = answering(comparison)
    if not labs:
        return message(QUESTION, subtitle(comparison), "No lab answers offers otherwise in any of the runs.")
    answers, colours = _answers_of(comparison, labs[0]), run_colours(comparison.names)
    named = [comparison.names[0], *answers]
    figure = canvas(HEIGHT + names_height(named))
    axes = figure.subplots()
    axes.scatter(0.0, 0.0, s=24, color=colours[comparison.names[0]], zorder=3)
    for name, (spent, kept, _) in answers.items():
        axes.hlines(kept.difference, spent.difference_low, spent.difference_high, color=colours[name], linewidth=1.2)
        axes.vlines(spent.difference, kept.difference_low, kept.difference_high, color=colours[name], linewidth=1.2)
        axes.scatter(spent.difference, kept.difference, s=24, color=colours[name], zorder=3)
    _frame(axes, list(answers.values()))
    _equal_costs(axes)
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.set_xlabel(f"spent on {SPENT_ON}, M$ more")
    axes.set_ylabel(f"{labs[0]}'s first staff still there, more")
    name_runs(axes, comparison, named, above=LINE_NAME)
    heading = Heading(QUESTION, _finding(answers, comparison, labs[0]), deciding(comparison))
    return dress(figure, heading, subtitle(comparison), _caption(comparison))


def _answers_of(comparison: Comparison, lab: str) -> dict[str, Answer]:
    """The answers of a lab by run, of those runs in which it answers offers otherwise than in the base."""
    rows = of_answers(comparison.costs[comparison.costs["lab"] == lab]).set_index("run")
    spent, kept = (
        dict(zip(comparison.names, quantity_of(comparison, each, lab).sides, strict=True)) for each in (SPENT, KEPT)
    )
    costs = {name: Side(*row) for name, *row in rows[["cost", "low", "high"]].itertuples()}
    return {name: Answer(spent[name], kept[name], cost) for name, cost in costs.items()}


def _frame(axes: Axes, answers: list[Answer]) -> None:
    """Limits that hold zero and all intervals with some room, and lines at zero."""
    spent, kept = [answer.spent for answer in answers], [answer.kept for answer in answers]
    for sides, limit in ((spent, axes.set_xlim), (kept, axes.set_ylim)):
        ends = [end for side in sides for end in (side.difference_low, side.difference_high)]
        low, high = min(0.0, *ends), max(0.0, *ends)
        room = ROOM * (high - low or 1.0)
        limit(low - room, high + room)
    axes.axhline(0.0, color=DARK, linewidth=0.7, zorder=1)
    axes.axvline(0.0, color=DARK, linewidth=0.7, zorder=1)


def _equal_costs(axes: Axes) -> None:
    """Thin lines from zero on which each person costs the same, named where they leave the axes."""
    right, top = axes.get_xlim()[1], axes.get_ylim()[1]
    for cost in COSTS:
        if not STEEPEST <= cost * top / right <= FLATTEST:
            continue
        end = (cost * top, top) if cost * top < right else (right, right / cost)
        axes.plot((0.0, end[0]), (0.0, end[1]), color=GREY, linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)
        aside, places = ((0, 3), ("center", "bottom")) if end[1] == top else ((4, 0), ("left", "center"))
        axes.annotate(
            f"{number(cost)}{NO_BREAK}M$ each",
            end,
            xytext=aside,
            textcoords="offset points",
            ha=places[0],
            va=places[1],
            size=SIZE,
            color=SOFT,
            annotation_clip=False,
        )


def _finding(answers: dict[str, Answer], comparison: Comparison, lab: str) -> str:
    """How many people the answers keep, and for how much each: of up to three runs, else the most and the fewest."""
    if not any(_clear(answer.kept) for answer in answers.values()):
        return f"No answer of {lab} keeps more or fewer people, as far as {replicates_text(comparison)} tell"
    order = sorted(answers, key=lambda name: answers[name].kept.difference, reverse=True)
    named = order if len(order) <= MOST_NAMED else [order[0], order[-1]]
    return f"Of its first staff {lab} keeps {by_run(comparison, [(_told(answers[name]), name) for name in named])}"


def _clear(side: Side) -> bool:
    """Whether the interval that is drawn leaves zero out, as the cost for each person asks for."""
    return side.difference_low * side.difference_high > 0.0


def _told(answer: Answer) -> str:
    """An answer as the title has it, such as `155 more at 7.8 M$ each`."""
    kept, cost = answer.kept, answer.cost
    if not _clear(kept):
        return NO_DIFFERENCE
    size = with_spread(abs(kept.difference), (kept.difference_high - kept.difference_low) / 2.0)
    each = (
        f" at {with_spread(cost.mean, (cost.high - cost.low) / 2.0)}{NO_BREAK}M$ each" if cost.mean == cost.mean else ""
    )
    return f"{size} {'more' if kept.difference > 0.0 else 'fewer'}{each}"


def _caption(comparison: Comparison) -> str:
    return (
        f"Differences from {comparison.titles[0]}, pair by pair: means of {replicates_text(comparison)}, lines their 95 % intervals. "
        "Kept: staff of month 0 who have never left by the end. A raise is counted as if whoever gets it stayed for the whole horizon. "
        "Dashed: equal cost for each person kept."
    )
