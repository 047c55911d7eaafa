"""Replicates from the first month to the last: several side by side, or one that is looked at month by month."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from talentmarket.errors import InputError, whole_number
from talentmarket.market.jobs.target_lists import draw_up_lists
from talentmarket.market.month import run_markets
from talentmarket.market.numeric.chance import key_of
from talentmarket.market.readers.approaches import approaches_of
from talentmarket.market.readers.tables import (
    Table,
    chosen,
    events_table,
    flows_table,
    months_table,
    moves_table,
    offers_table,
    replicates_table,
)
from talentmarket.market.records.world import MOVES_MADE, World, market_of
from talentmarket.market.setup.events import Timeline
from talentmarket.market.setup.world import build
from talentmarket.scenario.schema import Scenario

MOST_TOGETHER = 16
RESEARCHERS_TOGETHER = 50_000  # 10 MB
RESEARCHER_MONTHS_TOGETHER = 2_500_000  # a tenth of a second, which an interruption waits for
LAST_KEY = 2**32 - 1  # the generator's key has a word of 32 bits for the seed, and one for the replicate


def check_scenario(scenario: object) -> Scenario:
    """Make sure that something is a scenario. Raises InputError if not."""
    if not isinstance(scenario, Scenario):
        raise InputError(f"expected a Scenario, as `load` gives one, found {scenario!r:.70}")
    return scenario


class Markets:
    """Replicates of a scenario that are run together, each to the bits that it has alone.

    Their records lie side by side, so that Python is asked once for all of them: a small market costs less than being asked.
    They take the memory of `used`, markets of the very same scenario that nobody looks at any more.

    Attributes
    ----------
    side_by_side : World
        Their records, see `World`.
    month : int
        Months run so far.

    Raises
    ------
    InputError
        If it is no scenario, or a replicate no whole number from 0 to 2**32 - 1.
    """

    def __init__(self, scenario: Scenario, replicates: Sequence[int], used: World | None = None) -> None:
        self.scenario = check_scenario(scenario)
        self.replicates = [whole_number("replicate", replicate, LAST_KEY) for replicate in replicates]
        self.side_by_side = build(scenario, self.replicates, used)
        self.month = 0
        self.timelines = [Timeline(scenario, key_of(scenario.run.seed, each)) for each in self.replicates]
        self._first_month = replicates_table(self.side_by_side, scenario, self.replicates)
        self._moves: list[list[np.ndarray]] = [[] for _ in self.replicates]

    def advance(self, months: int) -> None:
        """Run so many months, or what remains of the scenario's."""
        last = min(self.month + months, self.scenario.run.months)
        halves = np.full(len(self.replicates), 2 * (self.month + 1))
        ends = np.full(len(self.replicates), 2 * last + 1)
        while (running := np.flatnonzero(halves <= 2 * last + 1)).size:
            for place in running.tolist():
                month = int(halves[place]) // 2
                self.begin_month(place, month)
                ends[place] = 2 * self.timelines[place].last_quiet_month(month, last) + 1
            run_markets(self.side_by_side, halves, ends)
            self._take_moves()
        self.month = last

    def begin_month(self, place: int, month: int) -> None:
        """Let the events of a month happen to one of the markets and draw up the target lists of its campaigns."""
        if self.scenario.events or self.scenario.campaigns:
            market = market_of(self.side_by_side, place)
            self.timelines[place].begin(market, month)
            draw_up_lists(market, month)

    def _take_moves(self) -> None:
        """Empty the records of moves."""
        made = self.side_by_side.counts[:, MOVES_MADE]
        rows = self.side_by_side.moves.view(np.ndarray)
        for place in np.flatnonzero(made).tolist():
            self._moves[place].append(rows[place, : made[place]].copy())
        made[:] = 0

    def moves_after(self, month: int) -> Table:
        """The rows of the table `moves` that were written after a month."""
        parts = [[part for part in of_market if part["month"][-1] > month] for of_market in self._moves]
        table = moves_table(self.side_by_side, self.scenario, parts)
        return chosen(table, table["month"] > month)

    def tables(self) -> dict[str, Table]:
        """The tables as far as the markets have run, by name: months, flows, approaches, offers, moves, events, replicates."""
        side_by_side, scenario = self.side_by_side, self.scenario
        tables = {
            "months": months_table(side_by_side, scenario, self.month),
            "flows": flows_table(side_by_side, scenario),
            "approaches": approaches_of(side_by_side, scenario),
            "offers": offers_table(side_by_side, scenario),
            "moves": moves_table(side_by_side, scenario, self._moves),
            "events": events_table([timeline.happened for timeline in self.timelines], scenario),
        }
        numbers = np.array(self.replicates)
        for table in tables.values():
            table["replicate"] = numbers[table["replicate"]]
        return {**tables, "replicates": dict(self._first_month)}


class Replicate:
    """A market that is run: any number of months at a time, to the same bits.

    It takes the memory of `used`, a market of the very same scenario that nobody looks at any more.

    Attributes
    ----------
    world : World
        The market's records; they change with every month.
    month : int
        Months run so far.

    Raises
    ------
    InputError
        If it is no scenario, or the replicate no whole number from 0 to 2**32 - 1.
    """

    def __init__(self, scenario: Scenario, replicate: int, used: Replicate | None = None) -> None:
        self._markets: Markets = Markets(scenario, [replicate], None if used is None else used._markets.side_by_side)
        self.scenario = scenario
        self.replicate = replicate
        self.world = market_of(self._markets.side_by_side, 0)

    @property
    def month(self) -> int:
        """Months run so far; whoever runs a month in another way says so."""
        return self._markets.month

    @month.setter
    def month(self, month: int) -> None:
        self._markets.month = month

    def advance(self, months: int) -> None:
        """Run so many months, or what remains of the scenario's."""
        self._markets.advance(months)

    def begin_month(self) -> int:
        """Let the events of the next month happen and draw up the target lists of its campaigns; returns its number."""
        self._markets.begin_month(0, self.month + 1)
        return self.month + 1

    def moves_after(self, month: int) -> Table:
        """The rows of the table `moves` that were written after a month."""
        return _of_one(self._markets.moves_after(month))

    @property
    def happened(self) -> list[tuple[int, str]]:
        """The month and the name of each event that has happened, in order."""
        happened = self._markets.timelines[0].happened
        return [(month, self.scenario.events[number].name) for month, number in happened]

    def tables(self) -> dict[str, Table]:
        """The tables as far as the replicate has run, by name: months, flows, approaches, offers, moves, events, replicates."""
        tables = self._markets.tables()
        return {name: table if name == "replicates" else _of_one(table) for name, table in tables.items()}


def _of_one(table: Table) -> Table:
    """A table without the column that says which replicate it is."""
    return {name: column for name, column in table.items() if name != "replicate"}


# Each thread's latest markets: to get their memory from the system anew would cost as much as their people.
_latest = threading.local()


def _take(scenario: object) -> World | None:
    """The markets that this thread ran last, if they were of the same scenario; they are nobody's then."""
    markets: Markets | None = vars(_latest).pop("markets", None)
    return markets.side_by_side if markets is not None and markets.scenario is scenario else None


def _leave(markets: Markets) -> None:
    """Leave markets to the thread's next ones, unless they are large: then their people cost more than their memory."""
    if markets.side_by_side.researchers.size <= RESEARCHERS_TOGETHER:
        _latest.markets = markets


def most_together(scenario: Scenario) -> int:
    """How many replicates of a scenario are worth running together."""
    people, months = max(1, scenario.researchers), max(1, scenario.run.months)
    fitting = min(RESEARCHERS_TOGETHER // people, RESEARCHER_MONTHS_TOGETHER // (people * months))
    return max(1, min(MOST_TOGETHER, fitting))


def simulate_together(scenario: Scenario, replicates: Sequence[int]) -> dict[str, Table]:
    """Run some replicates to their end; returns their tables, one replicate below the other.

    Each has the column `replicate`. Raises InputError as `Markets` does.
    """
    markets = Markets(scenario, replicates, _take(scenario))
    markets.advance(scenario.run.months)
    tables = markets.tables()
    _leave(markets)
    return tables


def simulate(scenario: Scenario, replicate: int) -> dict[str, Table]:
    """Run one replicate to its end; returns its tables.

    The result depends on the scenario, its seed and the replicate alone. Raises InputError as `Replicate` does.
    """
    tables = simulate_together(scenario, [replicate])
    return {name: table if name == "replicates" else _of_one(table) for name, table in tables.items()}
