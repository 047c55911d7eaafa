"""The tables of some replicates as NumPy columns, and counts over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from talentmarket.runs.tables.arrow import names_and_codes, values_of
from talentmarket.scenario.schema import Scenario


class Observed:
    """What is known of some replicates of one scenario; replicates that failed are left out.

    Attributes
    ----------
    scenario
        What was run.
    labs
        Names of all labs, in the order of the scenario; L is their number.
    replicates
        Numbers of the replicates that went well, in order (R,).
    """

    def __init__(self, scenario: Scenario, tables: Mapping[str, pa.Table]) -> None:
        self.scenario = scenario
        self.labs = tuple(lab.name for lab in scenario.labs)
        self._tables = tables
        went_well = np.array([error == "" for error in tables["replicates"]["error"].to_pylist()], dtype=bool)
        self.replicates = values_of(tables["replicates"]["replicate"])[went_well]
        self._went_well = went_well
        # Dozens of measures ask for the same positions.
        self._positions: dict[tuple[str, str, Sequence[str]], np.ndarray] = {}
        self._runs: dict[str, np.ndarray] = {}
        self._cells: dict[tuple[str, str], np.ndarray] = {}

    def values(self, table: str, column: str) -> np.ndarray:
        """A column of numbers, one for each row."""
        return values_of(self._tables[table][column])

    def once(self, column: str) -> np.ndarray:
        """A column of the table `replicates`, one for each replicate that went well (R,)."""
        return values_of(self._tables["replicates"][column])[self._went_well]

    def positions(self, table: str, column: str, names: Sequence[str]) -> np.ndarray:
        """Position in `names` of each row's name; -1 for any other name."""
        asked = (table, column, tuple(names))
        if asked not in self._positions:
            known, codes = names_and_codes(self._tables[table][column])
            place = {name: position for position, name in enumerate(names)}
            self._positions[asked] = np.array([place.get(name, -1) for name in known] or [-1])[codes]
        return self._positions[asked]

    def among(self, table: str, column: str, names: Sequence[str]) -> np.ndarray:
        """Whether each row's name is one of `names`."""
        return self.positions(table, column, names) >= 0

    def run_of(self, table: str) -> np.ndarray:
        """Position in `replicates` of each row's replicate."""
        if table not in self._runs:
            self._runs[table] = np.searchsorted(self.replicates, self.values(table, "replicate"))
        return self._runs[table]

    def sums(self, table: str, column: str, where: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """Rows for which `where` holds, or the sum of their `weights`, by replicate and lab.

        Parameters
        ----------
        column
            The column that holds the lab.

        Returns
        -------
        numpy.ndarray
            (R, L).
        """
        # To add a zero for a row that does not count takes less time than to pick those that do.
        counted = where.astype(float) if weights is None else np.where(where, weights, 0.0)
        size = len(self.replicates) * len(self.labs)
        return np.bincount(self._cells_of(table, column), counted, size).reshape(-1, len(self.labs))

    def _cells_of(self, table: str, column: str) -> np.ndarray:
        """Number of each row's cell by replicate and lab."""
        if (table, column) not in self._cells:
            lab = self.positions(table, column, self.labs)
            self._cells[table, column] = self.run_of(table) * len(self.labs) + lab
        return self._cells[table, column]

    def matrix(self, column: str, labs: Sequence[str]) -> np.ndarray:
        """A column of the table `flows`, added up over the run, from row to column among some labs (R, n, n)."""
        size = len(labs)
        origin, destination = (self.positions("flows", side, labs) for side in ("from", "to"))
        among = (origin >= 0) & (destination >= 0)
        cell = (self.run_of("flows") * size + origin) * size + destination
        weights = self.values("flows", column)[among].astype(float)
        return np.bincount(cell[among], weights, len(self.replicates) * size**2).reshape(-1, size, size)

    def panel(self, column: str) -> np.ndarray:
        """A column of the table `months` by replicate, month from 0 and lab (R, T + 1, L)."""
        shape = (len(self.replicates), self.scenario.run.months + 1, len(self.labs))
        if ("months", "month") not in self._cells:
            run, month, lab = (
                self.run_of("months"),
                self.values("months", "month"),
                self.positions("months", "lab", self.labs),
            )
            self._cells["months", "month"] = (run * shape[1] + month) * shape[2] + lab
        cells = np.full(shape, np.nan)
        cells.reshape(-1)[self._cells["months", "month"]] = self.values("months", column)
        return cells


def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """`part` / `whole`, not a number where `whole` is 0."""
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=np.asarray(whole) != 0)


def medians(values: np.ndarray, cells: np.ndarray, size: int) -> np.ndarray:
    """Median of the values of each cell 0 to `size` - 1; not a number for an empty cell (size,)."""
    ordered = np.append(values[np.lexsort((values, cells))].astype(float), np.nan)
    counts = np.bincount(cells, minlength=size)
    first = np.cumsum(counts) - counts
    low = np.where(counts > 0, first + (counts - 1) // 2, len(values))
    high = np.where(counts > 0, first + counts // 2, len(values))
    return (ordered[low] + ordered[high]) / 2.0
