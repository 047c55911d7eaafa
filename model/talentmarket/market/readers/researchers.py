"""Researchers as a set backed by records: what an AgentSet offers, at the cost of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from talentmarket.errors import InputError
from talentmarket.market.records import Records, people

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("talent", "loyalty", "wealth", "pay", "grant", "joined", "granted", "lab", "level")
NAMES = ("number", *COLUMNS)
# What an AgentSet has besides, and what to write instead.
ELSEWHERE = {
    "set": "what researchers have follows from the scenario: write TalentMarket(spec, loyalty_mean=0.4), or an event",
    "add": "researchers come from outside by the scenario's rules: set labs.NAME.headcount",
    "discard": "nobody is taken out of a market; choose with select()",
    "remove": "nobody is taken out of a market; choose with select()",
    "shuffle_do": "write shuffle().do(function)",
}


class Researcher:
    """A view of one researcher: `market.researchers[17].pay`.

    Has its `number` and the columns of `COLUMNS` as attributes; `lab` is the lab's name. Money is in M$, pay in wages of
    the first month.
    """

    __slots__ = ("_labs", "_records", "number")

    def __init__(self, records: Records[people.Researcher], labs: tuple[str, ...], number: int) -> None:
        self._records, self._labs, self.number = records, labs, number

    def __getattr__(self, name: str) -> Any:
        if name not in COLUMNS:
            raise AttributeError(f"a researcher has no {name!r}; there are {', '.join(NAMES)}")
        value = self._records[name][self.number]
        return self._labs[value] if name == "lab" else value.item()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Researcher) and self._records is other._records and self.number == other.number

    def __hash__(self) -> int:
        return hash((id(self._records), self.number))

    def __repr__(self) -> str:
        return f"Researcher({self.number}, lab={self.lab!r}, talent={self.talent:.2f}, loyalty={self.loyalty:.2f})"


class ResearcherSet:
    """Some or all researchers of a market, in an order, read from its records at the moment of asking.

    Has an AgentSet's `select`, `sort`, `shuffle`, `groupby`, `get`, `agg`, `map` and `do`. What takes a function of one
    researcher calls it for each of them, some microseconds a head; `get` gives a whole column as an array at once.
    """

    def __init__(
        self,
        records: Records[people.Researcher],
        labs: tuple[str, ...],
        random: Random,
        rows: np.ndarray | None = None,
    ) -> None:
        self._records, self._labs, self.random = records, labs, random
        self._rows = np.arange(len(records)) if rows is None else rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Researcher]:
        return (Researcher(self._records, self._labs, number) for number in self._rows.tolist())

    def __contains__(self, one: object) -> bool:
        if not isinstance(one, Researcher) or one._records is not self._records:
            return False
        return bool((self._rows == one.number).any())

    def __getitem__(self, place: Any) -> Any:
        """The researcher at a place, or the set of those at a slice, at several places or where a boolean array is true."""
        if isinstance(place, slice):
            return self._of(self._rows[place])
        places = np.asarray(place)
        if places.ndim == 1 and places.dtype == bool:
            return self.select(places)
        if places.ndim > 1 or not np.issubdtype(places.dtype, np.integer):
            raise InputError(
                f"researchers are found by place, as researchers[17], researchers[:10] or researchers[[3, 5]], not by"
                f" {place!r:.70}; to choose by what they have, write researchers.select(lambda r: r.lab == 'OpenAI')"
            )
        if places.ndim:
            return self._of(self._rows[places])
        return Researcher(self._records, self._labs, int(self._rows[places]))

    def __getattr__(self, name: str) -> Any:
        hint = ELSEWHERE.get(name, "a column is read by get(), such as get('pay')")
        raise AttributeError(f"a set of researchers has no {name!r}; {hint}")

    def __repr__(self) -> str:
        return f"<{len(self):,} researchers>"

    def get(self, names: str | list[str]) -> Any:
        """One of the columns `NAMES` as an array of shape (n,), `lab` as names; for a list of them, a list a researcher.

        Raises
        ------
        InputError
            There is no such column.
        """
        if isinstance(names, str):
            return self._column(names)
        columns = [self._column(name).tolist() for name in names]
        return [list(values) for values in zip(*columns, strict=True)]

    def select(
        self,
        where: Callable[[Researcher], Any] | np.ndarray | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
    ) -> ResearcherSet:
        """Those for whom a function of one researcher, or a boolean array of shape (n,), is true.

        Parameters
        ----------
        where
            None for everybody.
        at_most
            The first so many of them; a float of at most 1 is a share of the set, rounded down.
        inplace
            Leave out the others here instead of in a new set.

        Raises
        ------
        InputError
            If it is neither, or an array of another shape.
        """
        if where is None:
            rows = self._rows
        elif callable(where):
            rows = self._rows[[bool(where(one)) for one in self]] if len(self) else self._rows
        else:
            rows = self._rows[self._mask(where)]
        if isinstance(at_most, float):
            at_most = int(len(self) * at_most) if at_most <= 1.0 else int(min(at_most, len(self)))
        return self._of(rows[:at_most], inplace)

    def sort(
        self, key: str | Callable[[Researcher], Any], ascending: bool = False, inplace: bool = False
    ) -> ResearcherSet:
        """In the order of a column or of a function of one researcher: the greatest first, unless `ascending`."""
        keys = self._values(key)
        order = sorted(range(len(self)), key=keys.__getitem__, reverse=not ascending)
        return self._of(self._rows[order], inplace)

    def shuffle(self, inplace: bool = False) -> ResearcherSet:
        """In an order drawn from the model's `random`, which no rule of the market asks."""
        rows = self._rows.tolist()
        self.random.shuffle(rows)
        return self._of(np.array(rows, dtype=self._rows.dtype), inplace)

    def agg(self, name: str, function: Callable[[np.ndarray], Any] | Iterable[Callable[[np.ndarray], Any]]) -> Any:
        """A function of one column, such as `agg("pay", np.median)`; a list of results for several functions.

        Raises
        ------
        InputError
            If there is no such column, or something is no function.
        """
        if callable(function):
            return function(self._column(name))
        functions = [] if isinstance(function, str) else list(function)
        if not functions or not all(callable(each) for each in functions):
            raise InputError(
                f"agg takes a function or several, as in agg('pay', [min, np.median, max]), found {function!r:.70}"
            )
        return [each(self._column(name)) for each in functions]

    def groupby(self, by: str | Callable[[Researcher], Any]) -> Groups:
        """The set in parts, one for each value of a column or of a function of one researcher, in order of appearance."""
        places: dict[Any, list[int]] = {}
        for place, key in enumerate(self._values(by)):
            places.setdefault(key, []).append(place)
        return Groups({key: self._of(self._rows[mine]) for key, mine in places.items()})

    def map(self, function: Callable[[Researcher], Any]) -> list[Any]:
        """What a function gives for each researcher."""
        return [function(one) for one in self]

    def do(self, function: Callable[[Researcher], Any]) -> ResearcherSet:
        """Call a function for each researcher; gives the set itself."""
        for one in self:
            function(one)
        return self

    def to_frame(self) -> pd.DataFrame:
        """A row a researcher with the columns `COLUMNS`; the index is the researcher's number."""
        import pandas as pd

        return pd.DataFrame(
            {name: self._column(name) for name in COLUMNS}, index=pd.Index(self._rows, name="researcher")
        )

    def _of(self, rows: np.ndarray, inplace: bool = False) -> ResearcherSet:
        if inplace:
            self._rows = rows
            return self
        return ResearcherSet(self._records, self._labs, self.random, rows)

    def _column(self, name: str) -> np.ndarray:
        if name not in NAMES:
            raise InputError(f"there is no column {name!r:.70}; there are {', '.join(NAMES)}")
        if name == "number":
            return self._rows.copy()
        column = self._records[name][self._rows]
        return np.array(self._labs)[column] if name == "lab" else column

    def _values(self, key: str | Callable[[Researcher], Any]) -> list[Any]:
        """What researchers are ordered or grouped by, one value each."""
        if callable(key):
            return self.map(key)
        return self._column(key).tolist()

    def _mask(self, where: Any) -> np.ndarray:
        mask = np.asarray(where)
        if mask.dtype != bool or mask.shape != (len(self),):
            raise InputError(
                f"select takes a function of one researcher, as in select(lambda r: r.talent > 2), or {len(self):,} true or"
                f" false values, as in select(researchers.get('talent') > 2), found {where!r:.70}"
            )
        return mask


class Groups:
    """Parts of a set of researchers, as `groupby` makes them: `groups` is a set for each value."""

    def __init__(self, groups: dict[Any, ResearcherSet]) -> None:
        self.groups = groups

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[tuple[Any, ResearcherSet]]:
        return iter(self.groups.items())

    def count(self) -> dict[Any, int]:
        """Researchers by value."""
        return self.map(len)

    def agg(self, name: str, function: Callable[[np.ndarray], Any]) -> dict[Any, Any]:
        """A function of one column, or several, by value; as `ResearcherSet.agg`."""
        return self.map(lambda part: part.agg(name, function))

    def map(self, function: Callable[[ResearcherSet], Any]) -> dict[Any, Any]:
        """What a function of a set gives, by value."""
        return {value: function(part) for value, part in self.groups.items()}
