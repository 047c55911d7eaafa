"""Plain NumPy, sparse: the month's calls are sampled, and only those who are called are looked at.

One Poisson process over the line of researchers strikes them in their order, so that the offers of one person lie next
to each other without a sort. The choice is a race of exponentials: the shortest of E / exp(V) is a logit draw. Pay is
kept in wages of the first month, and sums by lab are kept up to date by moves, so that no month touches everyone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.poaching import Poaching, Record, first_people

NAME = "NumPy sparse"


class Market:
    """The columns of one market and its record."""

    def __init__(self, market: Poaching) -> None:
        self.market = market
        self.rng = np.random.default_rng(market.seed)
        people = first_people(market, self.rng)
        self.lab = people.lab.astype(np.int8)
        self.pay = people.pay  # in wages of the first month
        self.money = (market.money * (1.0 - people.loyalty)).astype(np.float32)
        self.mission = (market.mission * people.loyalty).astype(np.float32)
        self.fit = (market.fit - 1.0).astype(np.float32).ravel()
        self.cumulative = np.cumsum(market.rates)
        self.headcount = market.headcounts.copy()
        self.paid = np.bincount(people.lab, people.pay, market.labs)
        shape = (market.months, market.labs)
        self.record = Record(np.zeros(shape, int), np.zeros(shape), np.zeros((*shape, market.labs), int))

    def calls(self) -> tuple[np.ndarray, np.ndarray]:
        """Who is called and by which lab, in the order of people; each lab calls a person at most once."""
        length = self.market.people * self.cumulative[-1]
        room = int(length + 8.0 * np.sqrt(length) + 16)
        place = np.cumsum(self.rng.standard_exponential(room, dtype=np.float32), dtype=np.float64)
        place = place[: np.searchsorted(place, length)]
        who = (place * (1.0 / self.cumulative[-1])).astype(np.int32)
        np.minimum(who, self.market.people - 1, out=who)
        lot = self.rng.random(len(who), dtype=np.float32) * np.float32(self.cumulative[-1])
        number = np.searchsorted(self.cumulative[:-1].astype(np.float32), lot).astype(np.int8)
        elsewhere = self.lab[who] != number
        again = np.flatnonzero(who[1:] == who[:-1]) + 1
        if len(again):
            several = np.union1d(again, again - 1)
            _, first = np.unique(who[several].astype(np.int64) * self.market.labs + number[several], return_index=True)
            elsewhere[np.delete(several, first)] = False
        kept = np.flatnonzero(elsewhere)
        return who[kept], number[kept]

    def month(self, month: int) -> None:
        """Run one month, 0 being the first."""
        market, rng = self.market, self.rng
        who, number = self.calls()
        home = self.lab[who]
        premium = rng.standard_normal(len(who), dtype=np.float32)
        premium *= np.float32(market.premium_sigma)
        premium += np.float32(market.premium_mu)
        size = market.size * self.headcount / market.people
        pull = self.fit.reshape(market.labs, market.labs)
        pair = home * np.int8(market.labs) + number
        table = (size[None, :] - size[:, None] - market.staying).astype(np.float32).ravel()
        value = self.money[who] * premium + self.mission[who] * pull.ravel()[pair] + table[pair]
        offered = rng.standard_exponential(len(who), dtype=np.float32) * np.exp(-value)
        same = np.concatenate([[False], who[1:] == who[:-1]])
        person = np.cumsum(~same) - 1
        stays = rng.standard_exponential(person[-1] + 1 if len(person) else 0, dtype=np.float32)[person]
        won = np.flatnonzero(offered < stays)
        won = won[np.lexsort((offered[won], who[won]))]
        won = won[np.concatenate([[True], who[won][1:] != who[won][:-1]])] if len(won) else won
        self.move(who[won], number[won], np.exp(premium[won]), month)

    def move(self, who: np.ndarray, number: np.ndarray, raises: np.ndarray, month: int) -> None:
        """Carry out the moves of a month and write it down."""
        market, labs = self.market, self.market.labs
        home = self.lab[who].astype(np.int64)
        self.paid -= np.bincount(home, self.pay[who], labs)
        self.pay[who] *= raises / market.growth  # whoever moves has no growth this month
        self.paid += np.bincount(number, self.pay[who], labs)
        self.lab[who] = number
        flows = np.bincount(home * labs + number, minlength=labs * labs).reshape(labs, labs)
        self.headcount += flows.sum(axis=0) - flows.sum(axis=1)
        self.record.flows[month] = flows
        self.record.headcount[month] = self.headcount
        self.record.mean_pay[month] = self.paid * market.growth ** (month + 1) / self.headcount


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    columns = Market(market)

    def run() -> Record:
        for month in range(market.months):
            columns.month(month)
        return columns.record

    return run
