"""Whether a table that was read is one that a run of a scenario leaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from talentmarket.runs.measures.everything import questions
from talentmarket.runs.tables.arrow import names_and_codes, schema_of, values_of
from talentmarket.runs.tables.columns import MEASURES, TABLES, Column
from talentmarket.runs.tables.frames import categories
from talentmarket.scenario.schema import Scenario


def check_table(table: pa.Table, columns: Sequence[Column], scenario: Scenario, replicates: range) -> None:
    """Check the columns of a table, their types, and that replicates, months and names are those of a run.

    Parameters
    ----------
    replicates
        Those that the table may hold.

    Raises
    ------
    ValueError
        If something is missing or wrong; the message says what.
    """
    _check_schema(table.schema, schema_of(columns))
    for column in columns:
        if table[column.name].null_count and not column.optional:
            raise ValueError(f"the column {column.name} has empty cells")
    _check_range(table, "replicate", replicates)
    if np.any(np.diff(values_of(table["replicate"])) < 0):
        raise ValueError("the replicates are not in their order")
    if "month" in table.column_names:
        _check_range(table, "month", range(scenario.run.months + 1))
    known = {} if columns is MEASURES else categories(scenario, table.column_names)
    for name in known.keys() & {*table.column_names}:
        _check_names(table, name, ["", *known[name]])
    if columns is TABLES["months"]:
        _check_panel(table, scenario)
    if columns is MEASURES:
        _check_measures(table, scenario)


def _check_schema(actual: pa.Schema, expected: pa.Schema) -> None:
    if strange := set(expected.names) ^ set(actual.names):
        raise ValueError(f"the columns {', '.join(sorted(strange))} are missing or unknown")
    for name in expected.names:
        if actual.field(name).type != expected.field(name).type:
            raise ValueError(f"the column {name} holds {actual.field(name).type}, not {expected.field(name).type}")
    if not actual.equals(expected):
        raise ValueError("the columns are in another order, or there are two of a name")


def _check_range(table: pa.Table, name: str, allowed: range) -> None:
    values = values_of(table[name])
    if len(values) and not (values.min() in allowed and values.max() in allowed):
        raise ValueError(f"the column {name} holds {values.min()} to {values.max()}, expected {_bounds(allowed)}")


def _bounds(allowed: range) -> str:
    return f"{allowed.start} to {allowed.stop - 1}" if allowed else "no more rows"


def _check_names(table: pa.Table, name: str, known: Sequence[str]) -> None:
    names, codes = names_and_codes(table[name].drop_null())
    if unknown := sorted({names[code] for code in np.unique(codes)} - set(known)):
        raise ValueError(f"the column {name} holds {unknown[0]!r:.70}, which the scenario has not")


def _check_panel(table: pa.Table, scenario: Scenario) -> None:
    """Each replicate has every month and lab, once and in their order."""
    labs, months = len(scenario.labs), scenario.run.months + 1
    names, codes = names_and_codes(table["lab"])
    place = {lab.name: number for number, lab in enumerate(scenario.labs)}
    cells = values_of(table["month"]) * labs + np.array([place[name] for name in names] or [0])[codes]
    _check_repeats(table, cells, months * labs, "one a month and lab")


def _check_measures(table: pa.Table, scenario: Scenario) -> None:
    """Each replicate has every measure with every lab that it is about, in their order."""
    asked = {(measure.name, lab): number for number, (measure, lab) in enumerate(questions(scenario))}
    (measures, of_measure), (labs, of_lab) = (names_and_codes(table[name]) for name in ("measure", "lab"))
    number = [[asked.get((measure, lab), -1) for lab in labs] for measure in measures]
    cells = np.array(number, dtype=int).reshape(len(measures), len(labs))[of_measure, of_lab]
    _check_repeats(table, cells, len(asked), "the measures of this version; `talentmarket run` computes them anew")


def _check_repeats(table: pa.Table, cells: np.ndarray, size: int, what: str) -> None:
    """Check that each replicate has the cells 0 to `size` - 1."""
    replicates, counts = np.unique(values_of(table["replicate"]), return_counts=True)
    wrong = replicates[counts != size]
    if len(wrong) or not np.array_equal(cells, np.tile(np.arange(size), len(replicates))):
        raise ValueError(f"the rows of {f'replicate {wrong[0]}' if len(wrong) else 'a replicate'} are not {what}")
