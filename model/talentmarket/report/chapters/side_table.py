"""The table of three or more sides: who comes, for how much, and what becomes of the labs, a row a side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from talentmarket.comparison.comparison import Comparison
from talentmarket.plots.comparison.words import run_colours
from talentmarket.report.page import Chapter, Row, Section, Table
from talentmarket.report.side_words import NOTE, Cell, Column, columns


def side_chapter(comparison: Comparison) -> Chapter:
    """The sides with their means, and below them what differs from the first; each with the colour that pictures give it."""
    colours = run_colours(comparison.names)
    named = [(title, colours[name]) for name, title in zip(comparison.names, comparison.titles, strict=True)]
    base = comparison.titles[0]
    parts = groupby(columns(comparison), lambda column: column.part)
    return Chapter(
        "sides", "Side by side", (NOTE,), (), tuple(_table(part, list(found), named, base) for part, found in parts)
    )


def _table(part: str, found: Sequence[Column], named: Sequence[tuple[str, str]], base: str) -> Table:
    """A part of the table: a row for each side, and one for the difference of each but the first."""

    def rows(first: int, text: Callable[[Cell], str]) -> tuple[Row, ...]:
        sides = list(enumerate(named))[first:]
        return tuple(
            Row((title, *(text(each.cells[place]) for each in found)), colour=colour)
            for place, (title, colour) in sides
        )

    levels, differences = Section(part, rows(0, _level)), Section(f"Difference from {base}", rows(1, _difference))
    headings = ("Side", *(each.heading for each in found))
    return Table(headings, (False, *(True for _ in found)), (levels, differences), narrow=True)


def _level(cell: Cell) -> str:
    return "\n".join(filter(None, (cell.value, cell.interval)))


def _difference(cell: Cell) -> str:
    return "\n".join(filter(None, (cell.difference, cell.its_interval)))
