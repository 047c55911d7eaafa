"""What stands in a report, and the HTML made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jinja2


@dataclass(frozen=True)
class Picture:
    """A picture of the report: its content as a data URI, the question that it answers, and its size in pixels."""

    source: str
    question: str
    width: int
    height: int


@dataclass(frozen=True)
class Row:
    """A row of a table: the text of each cell, and whether it is played down."""

    cells: tuple[str, ...]
    faint: bool = False


@dataclass(frozen=True)
class Section:
    """Rows of a table under a heading of their own; without a name there is no heading."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes
    ----------
    columns
        Heading of each column.
    numeric
        Whether each column holds numbers, which are aligned at the right.
    sections
        The rows, in order.
    """

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the report: paragraphs, then pictures, then tables, then commands to type; any may be missing."""

    name: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes
    ----------
    question
        The heading: what the report answers.
    title
        What was run, or compared.
    answer
        The answer in words, a sentence an item.
    caveats
        What a reader should know before quoting it.
    chapters
        Everything else.
    version
        Version of talentmarket.
    """

    question: str
    title: str
    answer: tuple[str, ...]
    caveats: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    version: str


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("talentmarket.report", ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def html(report: Report) -> str:
    """A report as one HTML document that loads nothing from anywhere; every text is escaped."""
    style = (files("talentmarket.report") / "report.css").read_text(encoding="utf-8")
    return _environment().get_template("report.html").render(report=report, style=style)
