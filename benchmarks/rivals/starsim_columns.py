"""Starsim: columns of states and distributions with draws by person, in a module of its own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import starsim as ss

from benchmarks.poaching import People, Poaching, Record, first_people

NAME = "Starsim"


def gumbel(lots: np.ndarray) -> np.ndarray:
    """Standard Gumbel draws from uniform ones, of which one may be 0."""
    return -np.log(-np.log(np.maximum(lots.astype(float), 1e-12)))


class Poachers(ss.Module):
    """Six labs that call each other's people."""

    def __init__(self, market: Poaching, people: People) -> None:
        super().__init__(name="poachers")
        self.market, self.first = market, people
        self.define_states(
            ss.FloatArr("pay"),
            ss.FloatArr("loyalty"),
            ss.IntArr("lab"),
            ss.IntArr("tenure", default=0),
            ss.FloatArr("best"),
            ss.IntArr("goal"),
            ss.FloatArr("offered"),
        )
        self.calls = [ss.bernoulli(p=p, name=f"call_{lab}") for lab, p in enumerate(market.probability)]
        self.premiums = [ss.normal(market.premium_mu, market.premium_sigma, name=f"premium_{lab}") for lab in range(6)]
        self.noises = [ss.random(name=f"noise_{lab}") for lab in range(market.labs)]
        self.staying = ss.random(name="staying")
        self.record: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def init_post(self) -> None:
        """Fill the columns with the first month's people."""
        super().init_post()
        self.pay[:] = self.first.pay
        self.loyalty[:] = self.first.loyalty
        self.lab[:] = self.first.lab

    def headcount(self) -> np.ndarray:
        """Researchers by lab."""
        return np.bincount(self.lab.values.astype(int), minlength=self.market.labs)

    def hear(self, number: int, pull: np.ndarray) -> None:
        """Let one lab call; whoever likes its offer better than all before remembers it."""
        market = self.market
        uids = self.calls[number].filter()
        uids = uids[self.lab[uids] != number]
        home, loyalty = self.lab[uids].astype(int), self.loyalty[uids]
        premium = self.premiums[number].rvs(uids)
        noise = gumbel(self.noises[number].rvs(uids))
        money = market.money * (1.0 - loyalty) * np.log(self.pay[uids] * np.exp(premium))
        value = money + market.mission * loyalty * market.fit[home, number] + pull[number] + noise
        better = uids[value > self.best[uids]]
        self.best[better] = value[value > self.best[uids]]
        self.offered[better] = (self.pay[uids] * np.exp(premium))[np.isin(uids, better)]
        self.goal[better] = number

    def step(self) -> None:
        """One month."""
        market = self.market
        pull = market.size * self.headcount() / market.people
        home = self.lab.values.astype(int)
        loyalty = self.loyalty.values
        noise = gumbel(self.staying.rvs(self.sim.people.auids))
        money = market.money * (1.0 - loyalty) * np.log(self.pay.values)
        self.best[:] = money + market.mission * loyalty + pull[home] + market.staying + noise
        self.goal[:] = -1
        for number in range(market.labs):
            self.hear(number, pull)
        movers = (self.goal >= 0).uids
        origin, goal = self.lab[movers].astype(int), self.goal[movers].astype(int)
        flows = np.zeros((market.labs, market.labs), int)
        np.add.at(flows, (origin, goal), 1)
        self.pay[:] = self.pay.values * market.growth
        self.tenure[:] = self.tenure.values + 1
        self.pay[movers], self.lab[movers], self.tenure[movers] = self.offered[movers], goal, 0
        headcount = self.headcount()
        paid = np.bincount(self.lab.values.astype(int), self.pay.values, market.labs)
        self.record.append((headcount, paid / headcount, flows))


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    people = first_people(market, np.random.default_rng(market.seed))
    module = Poachers(market, people)
    simulation = ss.Sim(
        n_agents=market.people,
        modules=[module],
        dur=market.months - 1,
        dt=1.0,
        verbose=0,
        rand_seed=market.seed,
        copy_inputs=False,
    )
    simulation.init()

    def run() -> Record:
        simulation.run()
        return Record(*(np.stack(column) for column in zip(*module.record, strict=True)))

    return run
