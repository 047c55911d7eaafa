"""Reads a list of points, a CSV with a column for each parameter; everything wrong in it is told with its line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from talentmarket.errors import InputError
from talentmarket.scenario.reading.problems import Problem, as_error
from talentmarket.scenario.text.tree import Place
from talentmarket.scenario.text.wording import as_written, listed, nearest, one_line
from talentmarket.studies.reading.fields import is_finite
from talentmarket.studies.reading.parameter import Parameter

# Of names that are unknown: the file may be another one than was meant, and hold anything.
MOST_TOLD, LONGEST_TOLD = 3, 40


class ListedPoint(NamedTuple):
    """A point of a list: where it stands, and its values in the order of the parameters."""

    place: Place
    values: tuple[Any, ...]


def read_points(path: Path, parameters: Sequence[Parameter]) -> list[ListedPoint]:
    """Points from a CSV with a column for each parameter, headed by its path.

    Raises
    ------
    ScenarioError
        If a column is missing, unknown or there twice, or a cell is no value of its parameter.
    """
    header, *lines = _lines(path) or [[]]
    if problems := [Problem(Place(path.name, 1, 0), text) for text in _misnamed(header, parameters)]:
        raise as_error(problems)
    if not lines:
        raise as_error([Problem(Place(path.name, 0, 0), "holds no points")])
    by_column = [next(each for each in parameters if each.path == name) for name in header]
    points = []
    for number, cells in enumerate(lines, start=2):
        place = Place(path.name, number, 0)
        try:
            values = _values(cells, by_column)
        except InputError as error:
            problems.append(Problem(place, str(error)))
            continue
        points.append(ListedPoint(place, tuple(values[each.path] for each in parameters)))
    if problems:
        raise as_error(problems)
    return points


def _lines(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no CSV in UTF-8"
        raise InputError(f"{path.name}: the points cannot be read: {why}") from error


def _misnamed(header: Sequence[str], parameters: Sequence[Parameter]) -> Iterator[str]:
    """What is wrong with the names of the columns."""
    wanted = [parameter.path for parameter in parameters]
    for name in wanted:
        if name not in header:
            yield f"has no column {name}"
        elif header.count(name) > 1:
            yield f"has the column {name} twice"
    if unknown := [name for name in header if name not in wanted]:
        told = [one_line(name, LONGEST_TOLD) for name in unknown[:MOST_TOLD]]
        more = [f"{len(unknown) - MOST_TOLD:,} more"] if len(unknown) > MOST_TOLD else []
        text = f"has a column that is no parameter of the study: {listed([*told, *more])}"
        yield f"{text}; {nearest(unknown[0], wanted)}"


def _values(cells: Sequence[str], by_column: Sequence[Parameter]) -> dict[str, Any]:
    """The values of a line by their paths. Raises InputError."""
    if len(cells) != len(by_column):
        raise InputError(f"expected {len(by_column)} numbers, found {len(cells)}")
    return {each.path: _value(cell, each) for cell, each in zip(cells, by_column, strict=True)}


def _value(cell: str, parameter: Parameter) -> Any:
    """The value that a cell tells: a finite number, or one of those that a parameter lists. Raises InputError."""
    number = _number(cell)
    for value in parameter.values:
        if cell in (value, json.dumps(value)) or (is_finite(value) and value == number):
            return value
    if parameter.values:
        allowed = f"one of {listed([as_written(value) for value in parameter.values], 'or')}"
    elif number is None:
        allowed = "a finite number"
    elif parameter.whole and not number.is_integer():
        allowed = "a whole number"
    else:
        return round(number) if parameter.whole else number
    raise InputError(f"{parameter.path} is {one_line(cell, LONGEST_TOLD) or 'missing'}, but must be {allowed}")


def _number(cell: str) -> float | None:
    """The finite number that a cell holds; None if it holds none."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if is_finite(number) else None
