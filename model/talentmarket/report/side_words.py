"""The numbers of three or more sides in words: the cells of their table, and its lines in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from talentmarket.comparison.comparison import Comparison
from talentmarket.comparison.side_by_side import (
    COST,
    KEPT,
    LOST,
    MOVES,
    PEOPLE,
    PROMISED,
    SHARE,
    SPENT,
    Quantity,
    Side,
    quantities,
)
from talentmarket.numbers import NO_BREAK, UNKNOWN, decimals, factor_of_unit, fixed, signed
from talentmarket.scenario.text.wording import capital

# What a quantity is called above its column, and in a sentence on where it is largest and smallest.
HEADINGS = {
    SHARE: "Come, of those asked",
    PEOPLE: "People who come",
    PROMISED: "Package of each who comes, M$",
    LOST: "{lab} loses to other labs, people",
    MOVES: "Go from lab to lab, people a year",
    SPENT: "{lab} spends on answers, M$",
    KEPT: "{lab}'s first staff still there, people",
    COST: "Answers for each person kept, M$",
}
OF_RAIDS = (SHARE, PEOPLE, PROMISED)
ANSWERS = (SPENT, KEPT, COST)
UNITS = {"share": f"{NO_BREAK}%", "M$": f"{NO_BREAK}M$"}
NO_RAID, NOBODY = "no raid", "nobody is asked"
MOST_DECIMALS = 1
BRACKETS = (
    "A difference in brackets is not distinguishable from zero (5 %, corrected for testing all measures at once)."
)
NOTE = f"Means over the runs, below each its 95 % interval. {BRACKETS}"
NOTE_OF_LINES = (
    f"Means over the runs with their 95 % intervals; differences are from the first side, pair by pair. {BRACKETS}"
)


class Cell(NamedTuple):
    """A quantity on one side as texts: value and interval, and the difference from the first side with its own; empty: none."""

    value: str
    interval: str = ""
    difference: str = ""
    its_interval: str = ""


class Column(NamedTuple):
    """A quantity: the part of the table it belongs to (empty: who comes and goes), its heading, and a cell for each side."""

    part: str
    heading: str
    cells: tuple[Cell, ...]


def columns(comparison: Comparison) -> list[Column]:
    """The table of the sides, a column a quantity."""
    return [
        Column(
            f"{each.lab}'s answers to offers" if each.name in ANSWERS else "",
            HEADINGS[each.name].format(lab=each.lab),
            tuple(_cell(comparison, each, place) for place in range(len(each.sides))),
        )
        for each in quantities(comparison)
    ]


def side_lines(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """The same for a terminal: the title of each side, and a line for each quantity."""
    found = columns(comparison)
    for place, title in enumerate(comparison.titles):
        yield title, list(dict.fromkeys(_line(each.heading, each.cells[place]) for each in found))


def _line(heading: str, cell: Cell) -> str:
    if cell.value in (NO_RAID, NOBODY):
        return f"{capital(cell.value)}."
    interval = f" ({cell.interval})" if cell.interval else ""
    difference = f"; difference {cell.difference}, {cell.its_interval}" if cell.difference else ""
    return f"{heading}: {cell.value}{interval}{difference}"


def _cell(comparison: Comparison, quantity: Quantity, place: int) -> Cell:
    side, unit = quantity.sides[place], f"{NO_BREAK}%" if quantity.unit == "share" else ""
    if side.mean != side.mean:
        return Cell(_why_none(comparison, quantity, place))
    value, interval = _texts(quantity, side)
    return Cell(f"{value}{unit}", interval, *_difference(quantity, side))


def _why_none(comparison: Comparison, quantity: Quantity, place: int) -> str:
    if quantity.name not in OF_RAIDS:
        return UNKNOWN
    scenario = comparison.runs[place].scenario
    return UNKNOWN if scenario.campaigns and quantity.name == PROMISED else NOBODY if scenario.campaigns else NO_RAID


def _texts(quantity: Quantity, side: Side) -> tuple[str, str]:
    """A mean and its interval, if it has one; shares in percent."""
    factor = factor_of_unit(quantity.unit)
    half = factor * (side.high - side.low) / 2.0
    places = (
        decimals(factor * side.mean, half, most=MOST_DECIMALS) if half > 0.0 else decimals(factor * side.mean, most=1)
    )
    mean, low, high = (fixed(factor * each, places) for each in (side.mean, side.low, side.high))
    return mean, f"{low} to {high}" if half > 0.0 else ""


def _difference(quantity: Quantity, side: Side) -> tuple[str, ...]:
    if side.difference != side.difference:
        return ()
    factor = factor_of_unit(quantity.unit)
    half = factor * (side.difference_high - side.difference_low) / 2.0
    places = decimals(factor * side.difference, half, most=MOST_DECIMALS + 1)
    mean, low, high = (
        signed(fixed(factor * each, places)) for each in (side.difference, side.difference_low, side.difference_high)
    )
    unit = f"{NO_BREAK}points" if quantity.unit == "share" else ""
    return f"{mean}{unit}" if side.clear else f"({mean}{unit})", f"{low} to {high}"


def with_interval(quantity: Quantity, side: Side) -> str:
    """A mean with its unit and interval, such as `12.0 % (9.4 to 14.7)`."""
    mean, interval = _texts(quantity, side)
    return f"{mean}{UNITS.get(quantity.unit, '')}" + (f" ({interval})" if interval else "")
