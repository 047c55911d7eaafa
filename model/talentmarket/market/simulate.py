"""One replicate from the first month to the last."""

from __future__ import annotations

import threading

from talentmarket.errors import InputError, whole_number
from talentmarket.market.jobs.target_lists import draw_up_lists
from talentmarket.market.month import run_months
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.market.readers.tables import (
    Table,
    chosen,
    flows_table,
    joined,
    months_table,
    moves_table,
    offers_table,
    replicates_table,
)
from talentmarket.market.records.world import MOVES_MADE, World
from talentmarket.market.setup.events import Timeline
from talentmarket.market.setup.world import build
from talentmarket.scenario.schema import Scenario

MOST_LEFT = 50_000  # researchers: 10 MB
LAST_KEY = 2**32 - 1  # the generator's key has a word of 32 bits for the seed, and one for the replicate


def check_scenario(scenario: object) -> Scenario:
    """Make sure that something is a scenario. Raises InputError if not."""
    if not isinstance(scenario, Scenario):
        raise InputError(f"expected a Scenario, as `load` gives one, found {scenario!r:.70}")
    return scenario


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

    def __init__(self, scenario: Scenario, replicate: int, used: World | None = None) -> None:
        self.scenario = check_scenario(scenario)
        self.replicate = whole_number("replicate", replicate, LAST_KEY)
        self.world = build(scenario, self.replicate, used)
        self.month = 0
        self._events = Timeline(scenario, self.world)
        self._first_month = replicates_table(self.world, scenario, self.replicate)
        self._moves: list[Table] = [moves_table(self.world, scenario)]

    def advance(self, months: int) -> None:
        """Run so many months, or what remains of the scenario's."""
        last = min(self.month + months, self.scenario.run.months)
        while self.month < last:
            month = self.begin_month()
            self.month = run_months(self.world, month, self._events.last_quiet_month(month, last)) - 1
            self._moves.append(moves_table(self.world, self.scenario))
            self.world.counts[MOVES_MADE] = 0

    def begin_month(self) -> int:
        """Let the events of the next month happen and draw up the target lists of its campaigns; returns its number."""
        month = self.month + 1
        self._events.begin(month)
        draw_up_lists(self.world, month)
        return month

    def moves_after(self, month: int) -> Table:
        """The rows of the table `moves` that were written after a month."""
        parts = [part for part in self._moves if part["month"].size and part["month"][-1] > month]
        table = joined(parts or self._moves[:1])
        return chosen(table, table["month"] > month)

    @property
    def happened(self) -> list[tuple[int, str]]:
        """The month and the name of each event that has happened, in order."""
        return [(month, self.scenario.events[number].name) for month, number in self._events.happened]

    def tables(self) -> dict[str, Table]:
        """The tables as far as the replicate has run, by name: months, flows, approaches, offers, moves, events, replicates."""
        return {
            "months": months_table(self.world, self.scenario, self.month),
            "flows": flows_table(self.world, self.scenario),
            "approaches": approaches_table(self.world, self.scenario),
            "offers": offers_table(self.world, self.scenario),
            "moves": joined(self._moves),
            "events": self._events.table(),
            "replicates": self._first_month,
        }


# Each thread's latest market: to get its memory from the system anew would cost as much as its people.
_latest = threading.local()


def _take(scenario: object) -> World | None:
    """The market that this thread ran last, if it was of the same scenario; it is nobody's then."""
    run: Replicate | None = vars(_latest).pop("run", None)
    return run.world if run is not None and run.scenario is scenario else None


def _leave(run: Replicate) -> None:
    """Leave a market to the thread's next one, unless it is large: then its people cost more than its memory."""
    if run.world.researchers.size <= MOST_LEFT:
        _latest.run = run


def simulate(scenario: Scenario, replicate: int) -> dict[str, Table]:
    """Run one replicate to its end; returns its tables.

    The result depends on the scenario, its seed and the replicate alone. Raises InputError as `Replicate` does.
    """
    run = Replicate(scenario, replicate, _take(scenario))
    run.advance(scenario.run.months)
    tables = run.tables()
    _leave(run)
    return tables
