"""Three or more sides in words: a question, and the sentences that answer it for all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.costs import SPENT_ON
from talentmarket.comparison.side_by_side import (
    COST,
    KEPT,
    LOST,
    MOVES,
    PROMISED,
    SHARE,
    SPENT,
    Quantity,
    about_answers,
    alike,
    answering,
    extremes,
    labs_told,
    quantities,
)
from talentmarket.report.side_words import ANSWERS, HEADINGS, NOBODY, OF_RAIDS, with_interval
from talentmarket.scenario.text.wording import capital, listed

# Where a quantity is largest and smallest.
SENTENCES = {
    SHARE: "of those asked, most come in {most}, and fewest in {least}",
    PROMISED: "each who comes is promised most in {most}, and least in {least}",
    LOST: "{lab} loses most people to other labs in {most}, and fewest in {least}",
    MOVES: "most people a year go from lab to lab in {most}, and fewest in {least}",
    SPENT: f"{{lab}} spends most on {SPENT_ON} in {{most}}, and least in {{least}}",
    KEPT: "most of {lab}'s first staff are still there at the end in {most}, and fewest in {least}",
}
LONGEST_QUESTION = 150  # characters
LEAST_NAME = 14
QUOTES = 2  # marks around a name


def question_of_sides(comparison: Comparison) -> str:
    """What a comparison of three or more sides asks, with their names, shortened as far as there must be room."""
    asked = dict.fromkeys(runs.scenario.question for runs in comparison.runs[1:])
    labs = labs_told(comparison)
    if len(asked) == 1 and comparison.runs[0].scenario.question in asked:
        start = next(iter(asked)).rstrip("?")
    elif about_answers(comparison):
        start = f"How many stay at {' and '.join(answering(comparison))}, and what does it cost"
    elif len(_with_raid(comparison)) > 1:
        start = "How many come, and for how much"
    else:
        start = f"How many people {_lose(labs)} to other labs" if labs else "How many people go from lab to lab"
    room = LONGEST_QUESTION - len(start) - QUOTES * len(comparison.names)
    names = [f"“{name}”" for name in shortened(comparison.titles, room)]
    return (
        f"{start}: {', '.join(names[:-1])} or {names[-1]}?" if names else f"{start}, on {len(comparison.names)} sides?"
    )


def _with_raid(comparison: Comparison) -> list[int]:
    """The sides, by number, on which there is a raid."""
    return [place for place, runs in enumerate(comparison.runs) if runs.scenario.campaigns]


def _lose(labs: Sequence[str]) -> str:
    return f"does {labs[0]} lose" if len(labs) == 1 else f"do {' and '.join(labs)} lose"


def shortened(names: Sequence[str], room: int) -> list[str]:
    """Names of at most so many characters together, the longest ones cut; none if they could not be told apart then."""
    longest = max(map(len, names))
    while longest > LEAST_NAME and sum(min(len(name), longest) + 2 for name in names) > room:
        longest -= 1
    cut = [name if len(name) <= longest else f"{name[: longest - 1].rstrip(' ,')}…" for name in names]
    return cut if len({*cut}) == len(cut) else []


def opening(comparison: Comparison) -> list[str]:
    """The answer for all sides at once: where most and fewest come, for how much, and what the labs lose, spend and keep.

    Where the sides differ in their answers to one raid, what these keep and cost stands first.
    """
    found = quantities(comparison)
    ordered = sorted(found, key=lambda each: each.name not in ANSWERS) if about_answers(comparison) else found
    said = [text for each in ordered if (text := _told(comparison, each))]
    raids = _with_raid(comparison)
    if not raids:
        return said
    if len(raids) == 1:
        title = comparison.titles[raids[0]]
        if math.isnan(found[0].sides[raids[0]].mean):
            return [f"Only in “{title}” is there a raid, and {NOBODY}.", *said]
        share, people = (with_interval(each, each.sides[raids[0]]) for each in found[:2])
        return [f"Only in “{title}” is there a raid: of those asked {share} come, {people} people.", *said]
    without = [place for place in range(len(comparison.titles)) if place not in raids]
    return [*said, *([f"There is no raid in {_titles(comparison, without)}."] if without else [])]


def _told(comparison: Comparison, quantity: Quantity) -> str:
    """What is said of a quantity on all sides; empty for nothing."""
    if quantity.name == COST:
        return cheapest(comparison, quantity)
    return _sentence(comparison, quantity) if quantity.name in SENTENCES else ""


def cheapest(comparison: Comparison, cost: Quantity) -> str:
    """The answers of a lab by what each person kept costs, the cheapest first where its interval lies below all others."""
    known = [place for place, side in enumerate(cost.sides) if side.mean == side.mean]
    if not known:
        return f"What each person kept at {cost.lab} costs cannot be told of any answer."
    first, *others = sorted(known, key=lambda place: cost.sides[place].mean)
    if not others:
        alone = f"“{comparison.titles[first]}” alone: {with_interval(cost, cost.sides[first])}"
        return f"What each person kept at {cost.lab} costs can be told of {alone}."
    told = [f"“{comparison.titles[place]}”, {with_interval(cost, cost.sides[place])}" for place in (first, *others)]
    if cost.sides[first].high < min(cost.sides[place].low for place in others):
        return f"Cheapest for each person kept at {cost.lab}: {told[0]}; then {'; '.join(told[1:])}."
    return f"Which answer is cheapest for each person kept at {cost.lab} is not clear: {'; '.join(told)}."


def _sentence(comparison: Comparison, quantity: Quantity) -> str:
    """Where a quantity is largest and smallest, and whether these can be told apart; empty if fewer than two sides have it."""
    ends = extremes(quantity)
    if ends is None:
        return ""
    if ends.most == ends.least:
        heading = HEADINGS[quantity.name].format(lab=quantity.lab).partition(", M$")[0]
        where = "in each raid" if quantity.name in OF_RAIDS else "on each side"
        return f"{heading}: {with_interval(quantity, quantity.sides[ends.most])}, the same {where}."
    most, least = (
        f"{_titles(comparison, alike(quantity, place))}, {with_interval(quantity, quantity.sides[place])}"
        for place in (ends.most, ends.least)
    )
    said = SENTENCES[quantity.name].format(most=most, least=least, lab=quantity.lab)
    chance = (
        "" if ends.apart is not False else f"; with {comparison.replicates:,} runs of each these cannot be told apart"
    )
    return f"{capital(said)}{chance}."


def _titles(comparison: Comparison, places: Sequence[int]) -> str:
    """The titles of some sides in quotation marks, such as `“A”, “B” and “C”`."""
    return listed([f"“{comparison.titles[place]}”" for place in places])
