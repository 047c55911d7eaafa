"""What stands in a report, the HTML made of it, and its file: written whole or not at all."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import uuid4
from xml.etree import ElementTree

import jinja2
from matplotlib.figure import Figure

from talentmarket.errors import InputError
from talentmarket.plots.files import svg_bytes

PIXELS_PER_POINT = 96 / 72
OPENING = 5  # sentences
GENERATOR = b'<meta name="generator" content="talentmarket '
BEGINNING = 4096  # bytes of a file in which that stands, if it is a report
TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True)
class Picture:
    """A picture of the report: its content as a data URI, its title, and its size in pixels."""

    source: str
    title: str
    width: int
    height: int


@dataclass(frozen=True)
class Row:
    """A row of a table: the text of each cell, whether it is played down, and the colour of a square before it; empty: none."""

    cells: tuple[str, ...]
    faint: bool = False
    colour: str = ""


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
    folded
        What stands in the table's place until a reader opens it; printed it is open. Empty: it is not folded.
    narrow
        Whether each row becomes a block of lines where the screen is too narrow for columns.
    """

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    sections: tuple[Section, ...]
    folded: str = ""
    narrow: bool = False


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
    opening
        How many of these sentences stand above the picture.
    sides
        The table of three or more sides, which stands below the opening; None for none.
    caveats
        What a reader should know before quoting it.
    hangs_on
        What the answer hangs on: a sentence on how to read it, then a parameter an item; empty for nothing.
    chapters
        Everything else.
    lead
        The one picture that shows the answer; None for none.
    version
        Version of talentmarket.
    """

    question: str
    title: str
    answer: tuple[str, ...]
    caveats: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    version: str
    lead: Picture | None = None
    hangs_on: tuple[str, ...] = ()
    opening: int = OPENING
    sides: Chapter | None = None


def picture(figure: Figure) -> Picture:
    """A figure of `talentmarket.plots` as part of a report; its title is what it says to those who cannot see it.

    Vector graphics in a data URI, so that nothing is loaded and no names collide.
    """
    return _embedded(svg_bytes(figure, titled=True))


def pictures_in(folder: Path, names: Iterable[str]) -> dict[str, Picture]:
    """Pictures that `plots.files.save` has written into a folder, by their names, in the order of these."""
    paths = {name: folder / f"{name}.svg" for name in names}
    return {name: _embedded(path.read_bytes()) for name, path in paths.items() if path.is_file()}


def _embedded(svg: bytes) -> Picture:
    root = ElementTree.fromstring(svg)
    width, height = (float(root.get(side, "0").removesuffix("pt")) * PIXELS_PER_POINT for side in ("width", "height"))
    title = next((each.text for each in root.iter(TITLE) if each.text), "")
    source = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    return Picture(source, title or "", round(width), round(height))


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


def _is_report(place: Path) -> bool:
    """Whether a file is a report, or empty; what is no ordinary file, such as a pipe, is none."""
    if not place.is_file():
        return False
    try:
        with place.open("rb") as stream:
            beginning = stream.read(BEGINNING)
    except OSError:
        return False
    return not beginning or GENERATOR in beginning


def write_report(report: Report, place: Path) -> None:
    """Write a report as an HTML file; an earlier report there is replaced, and nothing else.

    Raises
    ------
    InputError
        If the place cannot be written, is a folder, or holds something that is no report of talentmarket.
    """
    place = place.resolve()  # a link stays one
    if place.is_dir():
        raise InputError(f"{place}: is a folder; name a file for the report, such as {place / 'report.html'}")
    if place.exists() and not _is_report(place):
        raise InputError(f"{place}: is there already and is no report that talentmarket wrote; name another file")
    temporary = place.with_name(f".{place.name}.{uuid4().hex}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(html(report), encoding="utf-8", newline="\n")
        temporary.replace(place)
    except OSError as error:
        raise InputError(f"{place}: the report cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
