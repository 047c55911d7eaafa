"""The studies that come with talentmarket, with what came of their points: a small table each, read without a run.

A row is a point of the design: its number, the value of each parameter, and for each outcome of each side the values of all
replicates, with blanks between them. Everything else (means, intervals, indices, sentences, pictures) follows from these.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from talentmarket.errors import InputError
from talentmarket.scenario import shipped
from talentmarket.studies.reading.file import SHIPPED, read_study
from talentmarket.studies.reading.study import Study
from talentmarket.studies.sampling.design import POINT, design_of
from talentmarket.studies.sampling.evaluating import Evaluated
from talentmarket.studies.sampling.running import Sampled

DIGITS = 6


def table_path(name: str) -> Path:
    """Where the table of a shipped study stands."""
    return shipped.folder("scenarios") / SHIPPED / "points" / f"{name}.csv"


def table_text(sampled: Sampled) -> str:
    """The table of a study as CSV.

    Raises
    ------
    InputError
        If a point failed: such a study is not shipped.
    """
    failed = [f"point {each.point}: {each.error}" for each in sampled.evaluated if each.error]
    if failed:
        raise InputError(f"{sampled.study.title}: {len(failed)} points failed; {failed[0]}")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([POINT, *_varied(sampled.study), *_columns(sampled.study)])
    for settings, point in zip(_settings(sampled.study), sampled.evaluated, strict=True):
        by_column = point.values.reshape(len(point.values), -1).T
        cells = (" ".join(f"{value:.{DIGITS}g}" for value in column) for column in by_column)
        writer.writerow([point.point, *settings, *cells])
    return stream.getvalue()


def read_sampled(name: str) -> Sampled:
    """A shipped study with the points of its table.

    Raises
    ------
    InputError
        If there is no such study, or its table is missing, damaged or one of other points.
    """
    return sampled_from(read_study(name), table_path(name))


def sampled_from(study: Study, path: Path) -> Sampled:
    """A study with the points of a table. Raises as `read_sampled` does."""
    try:
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name}: the points of the study cannot be read: {error}") from error
    expected = [POINT, *_varied(study), *_columns(study)]
    settings = list(_settings(study))
    if not lines or lines[0] != expected or len(lines) != len(settings) + 1:
        raise InputError(f"{path.name}, line 1: these are not the points of this study as its file stands; run it anew")
    evaluated = []
    for number, (cells, own) in enumerate(zip(lines[1:], settings, strict=True)):
        where = f"{path.name}, line {number + 2}"
        if cells[: len(own) + 1] != [str(number), *own]:
            raise InputError(f"{where}: this is not point {number} of the study as its file stands; run it anew")
        evaluated.append(Evaluated(number, _values(study, cells[len(own) + 1 :], where), ""))
    return Sampled(study, design_of(study), tuple(evaluated))


def _values(study: Study, cells: list[str], where: str) -> np.ndarray:
    """The values of a row by replicate, side and outcome."""
    try:
        values = np.array([[float(value) for value in cell.split()] for cell in cells])
    except ValueError:
        raise InputError(f"{where}: expected the same number of numbers in each of {len(cells)} cells") from None
    if values.ndim != 2 or not study.stopping.least <= values.shape[1] <= study.stopping.most:
        raise InputError(f"{where}: expected {study.stopping.least} to {study.stopping.most} replicates in each cell")
    return values.T.reshape(-1, len(study.sides), len(study.outcomes))


def _varied(study: Study) -> list[str]:
    return [each.path for each in (*study.parameters, *study.levers)]


def _columns(study: Study) -> list[str]:
    return [f"{outcome.name} in {side.name}" for side in study.sides for outcome in study.outcomes]


def _settings(study: Study) -> Iterator[tuple[str, ...]]:
    """The values of what is varied at each point, as they are written in the table."""
    design = design_of(study)
    columns = [design[path].tolist() for path in _varied(study)]
    for values in zip(*columns, strict=True):
        yield tuple(f"{each:.{DIGITS}g}" if isinstance(each, float) else json.dumps(each) for each in values)
