"""The table of sensitivity indices: which analyses a design allows, a row for each index of each parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from talentmarket.studies.analyses.panel import Panel
from talentmarket.studies.analyses.pawn import LEAST_POINTS, pawn
from talentmarket.studies.analyses.rank_correlation import partial_rank_correlations
from talentmarket.studies.analyses.screening import elementary_effects
from talentmarket.studies.analyses.variance import own_variance, sobol_indices, too_wide
from talentmarket.studies.reading.study import Study
from talentmarket.studies.sampling.design import shares

INDEX_COLUMNS = {
    "response": "The outcome, or its difference from the base.",
    "choice": "Values of the levers; empty without any.",
    "parameter": "Path of the parameter.",
    "index": "rank_correlation (partial), pawn, sobol_first, sobol_total, morris (mean size of elementary effects).",
    "value": "The index; empty where it is refused.",
    "low": "Lower end of its 95 % interval.",
    "high": "Upper end.",
    "floor": "PAWN: what the largest index of permuted responses stays below 95 times of 100.",
    "direction": "1 if the response rises with the parameter, -1 if it falls, 0 if that is not clear.",
    "note": "Why there is no value.",
}
LEAST_TRAJECTORIES = 2
FAILED = "points failed or are undefined"
WIDE = "an interval is wider than .5: too few points"

Row = tuple[Any, ...]


def indices_of(study: Study, panel: Panel) -> Iterator[Row]:
    """Rows of `INDEX_COLUMNS` for one response under one choice of levers."""
    if study.design.kind == "morris":
        yield from _morris(study, panel)
        return
    if len(panel.mean) < LEAST_POINTS or not study.parameters:
        return
    correlations = partial_rank_correlations(panel.inputs, panel.mean)
    directions = [int(np.sign(value)) if interval.low * interval.high > 0 else 0 for value, interval in correlations]
    for parameter, (value, interval), direction in zip(study.parameters, correlations, directions, strict=True):
        yield _row(panel, parameter.path, "rank_correlation", (value, *interval), direction=direction)
    found = pawn(panel.inputs, panel.mean)
    for number, parameter in enumerate(study.parameters):
        values = (float(found.indices[number]), float(found.low[number]), float(found.high[number]))
        yield _row(panel, parameter.path, "pawn", values, found.floor, directions[number])
    if study.design.kind == "saltelli":
        yield from _sobol(study, panel)


def _sobol(study: Study, panel: Panel) -> Iterator[Row]:
    parameters = [parameter.path for parameter in study.parameters]
    if not panel.complete:
        yield from (_row(panel, path, "sobol_total", note=FAILED) for path in parameters)
        return
    found = sobol_indices(panel.mean, len(parameters), own_variance(panel.replicates))
    for name, values, halves in (
        ("sobol_first", found.first, found.first_half),
        ("sobol_total", found.total, found.total_half),
    ):
        refused = too_wide(halves)
        for path, value, half in zip(parameters, values.tolist(), halves.tolist(), strict=True):
            if refused:
                yield _row(panel, path, name, note=WIDE)
            else:
                yield _row(panel, path, name, (value, value - half, value + half))


def _morris(study: Study, panel: Panel) -> Iterator[Row]:
    """Of the trajectories without a point that failed."""
    parameters = [parameter.path for parameter in study.parameters]
    cube, steps = shares(study.design, len(parameters)), len(parameters) + 1
    mean = np.full(len(cube), np.nan)
    mean[panel.rows] = panel.mean
    whole = np.repeat(~np.isnan(mean.reshape(-1, steps)).any(axis=1), steps)
    trajectories = int(whole.sum()) // steps
    if trajectories < LEAST_TRAJECTORIES:
        yield from (_row(panel, path, "morris", note=FAILED) for path in parameters)
        return
    found = elementary_effects(cube[whole], mean[whole])
    for number, path in enumerate(parameters):
        size, half = float(found.size[number]), float(found.half[number])
        # Twice the standard error of the mean effect, from its spread over the trajectories.
        error = float(found.spread[number]) / np.sqrt(trajectories)
        direction = int(np.sign(found.mean[number])) if abs(found.mean[number]) > 2.0 * error else 0
        yield _row(panel, path, "morris", (size, max(0.0, size - half), size + half), direction=direction)


def _row(
    panel: Panel,
    path: str,
    index: str,
    value: tuple[float, float, float] = (np.nan, np.nan, np.nan),
    floor: float = np.nan,
    direction: int = 0,
    note: str = "",
) -> Row:
    return (panel.name, panel.choice, path, index, *value, floor, direction, note)


RANKED_BY = ("sobol_total", "pawn", "morris", "rank_correlation")


def strongest(table: pd.DataFrame, response: str, choice: str) -> pd.DataFrame:
    """The rows of the best index that a response has, the strongest parameter first.

    Parameters
    ----------
    table
        As `StudyResult.indices`.
    """
    mine = table[(table["response"] == response) & (table["choice"] == choice) & table["value"].notna()]
    for name in RANKED_BY:
        rows = mine[mine["index"] == name]
        if len(rows):
            return rows.loc[rows["value"].abs().sort_values(ascending=False, kind="stable").index]
    return mine
