"""Which points a study runs: a design over the parameters, crossed with the levers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from talentmarket.errors import InputError
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.points import read_points
from talentmarket.studies.reading.study import Design, Study

MORRIS_LEVELS = 4
EXTENDABLE = ("sobol", "random")
POINT, DESIGN_POINT = "point", "design_point"

Sample = Callable[[int, int, int], np.ndarray]


def salib() -> ModuleType:
    """SALib, which the kinds morris and saltelli need.

    Raises
    ------
    InputError
        If it is not installed.
    """
    try:
        import SALib
    except ModuleNotFoundError:
        raise InputError(
            "designs of kind morris and saltelli need SALib: pip install 'talentmarket[studies]'"
        ) from None
    return SALib


def problem_of(dimensions: int) -> dict[str, Any]:
    """The unit cube as SALib wants it described."""
    return {
        "num_vars": dimensions,
        "names": [f"x{number}" for number in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }


def _sobol(points: int, dimensions: int, seed: int) -> np.ndarray:
    # The next power of two, so that fewer points are always the first of more.
    return qmc.Sobol(dimensions, rng=seed).random_base2(max(1, math.ceil(math.log2(points))))[:points]


def _latin(points: int, dimensions: int, seed: int) -> np.ndarray:
    return qmc.LatinHypercube(dimensions, rng=seed).random(points)


def _random(points: int, dimensions: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((points, dimensions))


def _morris(points: int, dimensions: int, seed: int) -> np.ndarray:
    salib()
    from SALib.sample.morris import sample

    trajectories = max(2, points // (dimensions + 1))
    return np.asarray(sample(problem_of(dimensions), trajectories, num_levels=MORRIS_LEVELS, seed=seed))


def _saltelli(points: int, dimensions: int, seed: int) -> np.ndarray:
    salib()
    from SALib.sample.sobol import sample

    base = 2 ** max(2, int(math.log2(max(points / (dimensions + 2), 1.0))))
    return np.asarray(sample(problem_of(dimensions), base, calc_second_order=False, seed=seed))


SAMPLES: Mapping[str, Sample] = {
    "sobol": _sobol,
    "latin": _latin,
    "random": _random,
    "morris": _morris,
    "saltelli": _saltelli,
}


def shares(design: Design, dimensions: int) -> np.ndarray:
    """The points of a design that is drawn, in the unit cube (points, dimensions).

    Morris and Saltelli designs have as many points as whole trajectories, or powers of two, come to.
    """
    return SAMPLES[design.kind](design.points, dimensions, design.seed)


def design_of(study: Study) -> pd.DataFrame:
    """A row for each point: `point`, `design_point`, and a column for each parameter and lever by its path.

    Of a design that refines it is what it would be without; which points those are is not known beforehand.

    Points that differ in levers alone have one `design_point` and follow one another.

    Raises
    ------
    InputError
        If a list of points does not fit the study, or SALib is needed and not there.
    """
    return _crossed(study, _rows(study))


def design_at(study: Study, cube: np.ndarray) -> pd.DataFrame:
    """The design, as `design_of` makes it, of points in the unit cube (n, parameters)."""
    return _crossed(study, _drawn(study, cube))


def _crossed(study: Study, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    choices = list(product(*(lever.values for lever in study.levers)))
    crossed = [(number, *row, *choice) for number, row in enumerate(rows) for choice in choices]
    columns = [DESIGN_POINT, *(each.path for each in (*study.parameters, *study.levers))]
    table = pd.DataFrame(crossed, columns=columns)
    table.insert(0, POINT, np.arange(len(table)))
    return table


def _rows(study: Study) -> list[tuple[Any, ...]]:
    if not study.parameters:
        return [()]
    if study.design.kind == "grid":
        return list(product(*(parameter.levels for parameter in study.parameters)))
    if study.design.file is not None:
        return [point.values for point in read_points(study.design.file, study.parameters)]
    return _drawn(study, shares(study.design, len(study.parameters)))


def _drawn(study: Study, cube: np.ndarray) -> list[tuple[Any, ...]]:
    return list(zip(*(each.drawn(cube[:, number]) for number, each in enumerate(study.parameters)), strict=True))


def plain_columns(design: pd.DataFrame) -> pd.DataFrame:
    """A table with columns of one type each: what is neither number, text nor truth is written as JSON."""
    plain = design.copy()
    for name in plain.columns:
        kinds = {type(value) for value in plain[name].tolist()}
        if (len(kinds - {int, float}) and len(kinds) > 1) or list in kinds:
            plain[name] = [json.dumps(value) for value in plain[name]]
    return plain


def design_from(plain: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The design of a study from its table of plain columns.

    Raises
    ------
    ValueError
        If the table is of another study.
    """
    varied = (*study.parameters, *study.levers)
    if list(plain.columns) != [POINT, DESIGN_POINT, *(each.path for each in varied)]:
        raise ValueError("these are not the columns of the study")
    design = plain.copy()
    for each in varied:
        if each.values:
            named = [_value_of(cell, each) for cell in design[each.path].tolist()]
            design[each.path] = pd.Series(named, dtype=object if list in map(type, named) else None)
    return design


def _value_of(cell: Any, parameter: Parameter) -> Any:
    """The value of a list that a plain cell holds, or its JSON."""
    for value in parameter.values:
        if cell in (value, json.dumps(value)):
            return value
    raise ValueError(f"{cell!r} is no value of {parameter.path}")
