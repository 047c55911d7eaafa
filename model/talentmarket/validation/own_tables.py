"""A user's own table of retention, pay or flows, as spreadsheets write one: read, checked, and told of line by line.

Columns may be parted by commas, semicolons or tabs; where they are not commas, a comma may stand before decimals. Blank
lines, blanks around cells, a byte order mark and % signs are welcome.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from talentmarket.errors import InputError
from talentmarket.scenario.text.files import read_text
from talentmarket.scenario.text.wording import nearest, one_line

Kind = Literal["retention", "pay", "flows"]
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Form:
    """What a kind of table holds: the columns it needs, those it may have besides, and what other headings they go by."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]
    names: tuple[str, ...]  # of the columns that hold names of labs


FORMS: Mapping[Kind, Form] = {
    "retention": Form(("lab", "months", "share"), ("low", "high", "people"), ("lab",)),
    "pay": Form(("lab", "pay"), ("percentile", "month", "low", "high"), ("lab",)),
    "flows": Form(("from", "to", "moves"), (), ("from", "to")),
}
ALIASES = {
    "company": "lab", "employer": "lab", "firm": "lab", "retention": "share", "still_there": "share", "n": "people",
    "month_since_joining": "months", "median_pay": "pay", "origin": "from", "source": "from", "destination": "to",
    "target": "to", "count": "moves", "people_moved": "moves",
}  # fmt: skip
LIMITS = {
    "months": (1.0, 1200.0), "share": (0.0, 1.0), "people": (1.0, 1e9), "pay": (0.0, 1e5), "moves": (0.0, 1e9),
    "month": (0.0, 1200.0), "percentile": (10.0, 90.0),
}  # fmt: skip
PERCENTILES = (10, 50, 90)
SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class OwnTable:
    """A table that was read.

    Attributes
    ----------
    kind
        What it is of.
    rows
        Its columns under their own names and `line`, the line of the file; a cell that is blank is not a number.
    file
        Its name in messages.
    """

    kind: Kind
    rows: pd.DataFrame
    file: str


def read_own_table(path: str | os.PathLike[str]) -> OwnTable:
    """Read a table of retention (lab, months, share), pay (lab, pay) or flows (from, to, moves).

    Raises
    ------
    InputError
        If the file cannot be read, has none of these columns, or a cell is wrong; the message names the lines.
    """
    if not isinstance(path, str | os.PathLike):
        raise InputError(f"a table must be a path, found {path!r:.70}")
    file = one_line(os.fspath(path), 300)
    lines = [(number, line) for number, line in enumerate(read_text(Path(path), file).splitlines(), 1) if line.strip()]
    if not lines:
        raise InputError(f"{file}: is empty")
    parted = _delimiter(lines[0][1])
    heads = [_heading(cell) for cell in _cells(lines[0][1], parted)]
    kind, decimal = _kind(heads, file), _decimal_sign([line for _, line in lines[1:]], parted)
    rows: list[dict[str, object]] = []
    problems: list[str] = []
    for number, line in lines[1:]:
        cells = dict(zip(heads, _cells(line, parted), strict=False))
        if any(cells.values()):
            row, wrong = _row(kind, cells, decimal)
            rows.append({"line": number, **row})
            problems += [f"{file}, line {number}: {one}" for one in wrong]
    if problems:
        raise InputError("\n".join(problems[:MOST_PROBLEMS]))
    if not rows:
        raise InputError(f"{file}: has a heading and no rows")
    return OwnTable(kind, pd.DataFrame(rows), file)


def read_flows(path: str | os.PathLike[str]) -> pd.DataFrame:
    """A user's table of flows: columns from, to and moves, one row for each origin and destination.

    Raises
    ------
    InputError
        As `read_own_table` does, or if it is a table of something else.
    """
    table = read_own_table(path)
    if table.kind != "flows":
        raise InputError(f"{table.file}: is a table of {table.kind}; flows have the columns from, to and moves")
    moves = table.rows.groupby(["from", "to"], sort=False, as_index=False)["moves"].sum()
    return pd.DataFrame(moves)


def check_labs(table: OwnTable, labs: Sequence[str]) -> None:
    """Make sure that a table names labs of a scenario only. Raises InputError with the lines that do not."""
    problems = [
        f"{table.file}, line {row['line']}: there is no lab {one_line(row[column])!r}; {nearest(row[column], labs)}"
        for row in table.rows.to_dict("records")
        for column in FORMS[table.kind].names
        if row[column] not in labs
    ]
    if problems:
        raise InputError("\n".join(problems[:MOST_PROBLEMS]))


def _delimiter(heading: str) -> str:
    return max((";", "\t", ","), key=heading.count)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=delimiter, skipinitialspace=True))]


def _heading(cell: str) -> str:
    name = re.sub(r"[\s\-]+", "_", cell.casefold())
    return ALIASES.get(name, name)


def _kind(heads: Sequence[str], file: str) -> Kind:
    given = {*heads} | ({"months"} if "years" in heads else set())
    for kind, form in FORMS.items():
        if {*form.needed} <= given:
            unknown = given - {*form.needed, *form.optional, "years"}
            if unknown:
                more = f"needs {', '.join(form.needed)} and may have {', '.join(form.optional) or 'nothing else'}"
                raise InputError(f"{file}: a table of {kind} {more}, found {', '.join(map(one_line, sorted(unknown)))}")
            return kind
    wanted = "; ".join(f"{kind} ({', '.join(form.needed)})" for kind, form in FORMS.items())
    raise InputError(f"{file}: expected the columns of {wanted}; found {', '.join(map(one_line, heads))}")


def _row(kind: Kind, cells: Mapping[str, str], decimal: str) -> tuple[dict[str, object], list[str]]:
    """A row's values, and what is wrong with it."""
    form = FORMS[kind]
    row: dict[str, object] = {}
    problems: list[str] = []
    if "years" in cells and not cells.get("months"):
        years = _number(cells["years"], decimal)
        cells = {**cells, "months": f"{years * 12.0:.0f}" if years is not None else cells["years"]}
    for column in (*form.needed, *form.optional):
        text = cells.get(column, "")
        if column in form.names:
            row[column] = text
            problems += [] if text else [f"{column} is missing"]
        elif not text:
            row[column] = math.nan
            problems += [f"{column} is missing"] if column in form.needed else []
        else:
            value = _number(text, decimal)
            row[column] = math.nan if value is None else value
            problems += _number_problems(column, text, value, kind, decimal)
    problems += _interval_problems(row)
    return row, problems


def _number_problems(column: str, text: str, value: float | None, kind: Kind, decimal: str) -> Iterator[str]:
    if value is None:
        yield f"{column} is {one_line(text)!r}, which is no number with {decimal!r} before its decimals"
        return
    low, high = LIMITS["share" if kind == "retention" else "pay"] if column in ("low", "high") else LIMITS[column]
    if not low <= value <= high:
        percent = (
            f"; {value:g} % is written {value / 100:g}, or with its % sign" if high == 1.0 and value <= 100 else ""
        )
        yield f"{column} is {value:g}, but must be from {low:g} to {high:,.0f}{percent}"
    elif column == "percentile" and value not in PERCENTILES:
        yield f"percentile is {value:g}, but must be {', '.join(map(str, PERCENTILES[:-1]))} or {PERCENTILES[-1]}"


def _interval_problems(row: Mapping[str, object]) -> Iterator[str]:
    low, high = row.get("low"), row.get("high")
    if isinstance(low, float) and isinstance(high, float) and math.isnan(low) != math.isnan(high):
        yield "low and high go together"
    elif isinstance(low, float) and isinstance(high, float) and low > high:
        yield f"low is {low:g}, above high, which is {high:g}"


def _decimal_sign(lines: Sequence[str], delimiter: str) -> str:
    """What stands before the decimals of a file's numbers."""
    if delimiter == "," or any(re.search(r"[0-9],[0-9]{3}\.[0-9]", line) for line in lines):
        return "."
    return "," if any(re.search(r"[0-9],[0-9]", line) for line in lines) else "."


def _number(text: str, decimal: str) -> float | None:
    """A number as spreadsheets write it, 1,234.5 or 1.234,5 by the decimal sign of its file; 67 % is 0.67."""
    plain = re.sub(r"[\s'\u00a0\u202f]", "", text)
    percent, plain = plain.endswith("%"), plain.rstrip("%")
    if decimal == ",":
        plain = plain.translate(SWAPPED)
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", plain):
        return None
    return float(plain) / (100.0 if percent else 1.0)
