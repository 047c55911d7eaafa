"""Researchers as a set backed by records: what an AgentSet offers, at the cost of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from talentmarket.market.records import people
from talentmarket.market.records.record import Records

COLUMNS = ("talent", "loyalty", "wealth", "pay", "grant", "joined", "granted", "lab", "level")


class Researcher:
    """A view of one researcher: `market.researchers[17].pay`.

    Has the columns of `COLUMNS` as attributes; `lab` is the lab's name. Money is in M$, pay in wages of the first month.
    """

    __slots__ = ("_labs", "_records", "number")

    def __init__(self, records: Records[people.Researcher], labs: tuple[str, ...], number: int) -> None:
        self._records, self._labs, self.number = records, labs, number

    def __getattr__(self, name: str) -> Any:
        if name not in COLUMNS:
            raise AttributeError(f"a researcher has no {name!r}; there are {', '.join(COLUMNS)}")
        value = self._records[name][self.number]
        return self._labs[value] if name == "lab" else value.item()

    def __repr__(self) -> str:
        return f"Researcher({self.number}, lab={self.lab!r}, talent={self.talent:.2f}, loyalty={self.loyalty:.2f})"


class ResearcherSet:
    """Some or all researchers of a market, read from its records at the moment of asking."""

    def __init__(
        self, records: Records[people.Researcher], labs: tuple[str, ...], rows: np.ndarray | None = None
    ) -> None:
        self._records = records
        self._labs = labs
        self._rows = np.arange(len(records)) if rows is None else rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Researcher:
        return Researcher(self._records, self._labs, int(self._rows[number]))

    def __iter__(self) -> Iterator[Researcher]:
        return (self[position] for position in range(len(self)))

    def get(self, name: str) -> np.ndarray:
        """One column of `COLUMNS`, shape (n,); `lab` as names.

        Raises
        ------
        KeyError
            There is no such column.
        """
        if name not in COLUMNS:
            raise KeyError(f"there is no column {name!r}; there are {', '.join(COLUMNS)}")
        column = self._records[name][self._rows]
        return np.array(self._labs)[column] if name == "lab" else column

    def select(self, where: np.ndarray | Callable[[ResearcherSet], np.ndarray]) -> ResearcherSet:
        """Those for whom `where`, a boolean array of shape (n,) or a function of the set that gives one, is true."""
        chosen = where(self) if callable(where) else where
        return ResearcherSet(self._records, self._labs, self._rows[np.asarray(chosen, dtype=bool)])

    def agg(self, name: str, function: Callable[[np.ndarray], Any]) -> Any:
        """A function of one column, such as `agg("pay", np.median)`."""
        return function(self.get(name))
