"""Events: at its month, or at a month drawn by its hazard, each sets parameters and reprices stock, before anything else.

P(an event happens in a month in which it has not yet happened) = 1 - exp(-hazard/12). When is known before the first
month, as it depends on the seed alone: a run stops before such a month, and the records take the new values.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from talentmarket.market.numeric import chance
from talentmarket.market.numeric.chance import Key
from talentmarket.market.records import Records
from talentmarket.market.records.world import World
from talentmarket.market.setup.campaigns import campaigns_of, tiers_of
from talentmarket.market.setup.converting import monthly_probability
from talentmarket.market.setup.labs import labs_of
from talentmarket.market.setup.setting import setting_of
from talentmarket.scenario.schema import Event, Scenario, after

NEVER = 0

# Where the present terms stand among the tiers.
ROWS_OF_LABS = ("award_vesting", "equity_vesting", "refresher_vesting")
ROWS_OF_CAMPAIGNS = ("first_tier", "last_tier")


def month_of(event: Event, number: int, key: Key, months: int) -> int:
    """The month in which an event happens, or NEVER within so many months."""
    if event.month:
        return event.month if event.month <= months else NEVER
    probability = monthly_probability(event.hazard)
    for month in range(1, months + 1):
        if chance.happens(key, chance.EVENT, number, 0, month, probability):
            return month
    return NEVER


class Timeline:
    """The events of one replicate.

    Attributes
    ----------
    happened : list of (month, event)
        What has happened so far; `event` is its place in the scenario.
    """

    def __init__(self, scenario: Scenario, key: Key) -> None:
        self._scenario = scenario
        self._present = scenario
        months = scenario.run.months
        dates = [month_of(event, number, key, months) for number, event in enumerate(scenario.events)]
        self._due = sorted((month, number) for number, month in enumerate(dates) if month != NEVER)
        self.happened: list[tuple[int, int]] = []
        self._terms = 0  # row of `world.tiers` from which the present terms stand

    def last_quiet_month(self, month: int, last: int) -> int:
        """The last month from `month` to `last` before which no event is due but in `month` itself."""
        return min([last, *(due - 1 for due, _ in self._due if due > month)])

    def begin(self, world: World, month: int) -> None:
        """Let the events of a month happen to the market, in the order of the scenario."""
        while self._due and self._due[0][0] == month:
            due = self._due.pop(0)
            self.happened.append(due)
            self._let_happen(world, self._scenario.events[due[1]])

    def _let_happen(self, world: World, event: Event) -> None:
        names = [lab.name for lab in self._scenario.labs]
        for lab, factor in event.reprice.items():
            world.labs[names.index(lab)].repricing += math.log(factor)
        if event.set:
            changed = after(self._present, event)
            self._renew_terms(world, changed)
            for records_of, records in (
                (setting_of, world.setting),
                (labs_of, world.labs),
                (campaigns_of, world.campaigns),
            ):
                take_over(records, records_of(self._present), records_of(changed))
            self._present = changed

    def _renew_terms(self, world: World, changed: Scenario) -> None:
        """Lay out the terms of what is granted from now on in rows of their own, if they change."""
        before, now = tiers_of(self._present), tiers_of(changed)
        if before.tobytes() == now.tobytes():
            return
        self._terms += now.size
        world.tiers[self._terms : self._terms + now.size] = now
        for records, rows in ((world.labs, ROWS_OF_LABS), (world.campaigns, ROWS_OF_CAMPAIGNS)):
            for name in rows:
                records[name] += now.size


def take_over(records: Records[Any], before: Records[Any], now: Records[Any]) -> None:
    """Write into records what differs between two sets of rules.

    The state that they also hold stays, and so does what was `initial_`: no event changes the first month.
    """
    for name in records.dtype.names or ():
        if name.startswith("initial_"):
            continue
        for row in range(records.size):
            if not np.array_equal(before[name][row], now[name][row]):
                records[name][row] = now[name][row]
