"""One replicate from the first month to the last."""

from __future__ import annotations

from talentmarket.market.events import Timeline
from talentmarket.market.lists import draw_up_lists
from talentmarket.market.month import run_months
from talentmarket.market.state import MOVES_MADE
from talentmarket.market.tables import (
    Table,
    flows_table,
    joined,
    months_table,
    moves_table,
    offers_table,
    replicates_table,
)
from talentmarket.market.world import build
from talentmarket.scenario.schema import Scenario


class Replicate:
    """A market that is run: any number of months at a time, to the same bits.

    Attributes
    ----------
    world : World
        The market's records; they change with every month.
    month : int
        Months run so far.
    """

    def __init__(self, scenario: Scenario, replicate: int) -> None:
        self.scenario = scenario
        self.replicate = replicate
        self.world = build(scenario, replicate)
        self.month = 0
        self._events = Timeline(scenario, self.world)
        self._first_month = replicates_table(self.world, scenario, replicate)
        self._moves: list[Table] = [moves_table(self.world, scenario)]

    def advance(self, months: int) -> None:
        """Run so many months, or what is left of the scenario's."""
        last = min(self.month + months, self.scenario.run.months)
        while self.month < last:
            following = self.month + 1
            self._events.begin(following)
            draw_up_lists(self.world, following)
            self.month = run_months(self.world, following, self._events.last_quiet_month(following, last)) - 1
            self._moves.append(moves_table(self.world, self.scenario))
            self.world.counts[MOVES_MADE] = 0

    def tables(self) -> dict[str, Table]:
        """The tables `months`, `flows`, `offers`, `moves`, `events` and `replicates` as far as the replicate has run."""
        return {
            "months": months_table(self.world, self.scenario, self.month),
            "flows": flows_table(self.world, self.scenario),
            "offers": offers_table(self.world, self.scenario),
            "moves": joined(self._moves),
            "events": self._events.table(),
            "replicates": self._first_month,
        }


def simulate(scenario: Scenario, replicate: int) -> dict[str, Table]:
    """Run one replicate to its end; returns its tables.

    The result depends on the scenario, its seed and the replicate alone.
    """
    run = Replicate(scenario, replicate)
    run.advance(scenario.run.months)
    return run.tables()
