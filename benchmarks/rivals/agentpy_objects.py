"""AgentPy: one object a researcher in an AgentList, whose methods are called for all."""

from __future__ import annotations

import math
from collections.abc import Callable

import agentpy
import numpy as np

from benchmarks.poaching import Poaching, Record, first_people

NAME = "AgentPy"


class Researcher(agentpy.Agent):
    """Someone who works at a lab and listens to offers."""

    def setup(self) -> None:
        """Begin with the columns that the model hands out."""
        people, place = self.model.p.people, self.id - 1
        self.lab = int(people.lab[place])
        self.pay = float(people.pay[place])
        self.loyalty = float(people.loyalty[place])
        self.tenure = 0
        self.choice = None

    def value(self, lab: int, pay: float) -> float:
        """What a job is worth, with its noise."""
        model, market = self.model, self.model.p.market
        noise = -math.log(-math.log(model.random.random() or 1e-300))
        stays = market.staying if lab == self.lab else 0.0
        money = market.money * (1.0 - self.loyalty) * math.log(pay)
        return money + market.mission * self.loyalty * model.fit[self.lab][lab] + model.pull[lab] + stays + noise

    def decide(self) -> None:
        """Hear from every lab by chance, and choose."""
        model = self.model
        market = model.p.market
        offers = []
        for lab, probability in enumerate(model.probability):
            if lab != self.lab and model.random.random() < probability:
                offers.append((lab, self.pay * model.random.lognormvariate(market.premium_mu, market.premium_sigma)))
        self.choice = None
        if offers:
            best = self.value(self.lab, self.pay)
            for lab, pay in offers:
                value = self.value(lab, pay)
                if value > best:
                    best, self.choice = value, (lab, pay)

    def act(self) -> None:
        """Move, or stay for a month's growth of pay."""
        if self.choice is None:
            self.pay *= self.model.p.market.growth
            self.tenure += 1
            return
        lab, pay = self.choice
        self.model.flows[self.lab, lab] += 1
        self.lab, self.pay, self.tenure = lab, pay, 0


class PoachingModel(agentpy.Model):
    """Six labs and their people; parameters `market`, `people`, `steps` and `seed`."""

    def setup(self) -> None:
        """Create the researchers."""
        market = self.p.market
        self.probability = market.probability.tolist()
        self.fit = market.fit.tolist()
        self.flows = np.zeros((market.labs, market.labs), int)
        self.researchers = agentpy.AgentList(self, market.people, Researcher)
        self.rows: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def step(self) -> None:
        """One month."""
        market = self.p.market
        headcount = np.bincount(list(self.researchers.lab), minlength=market.labs)
        self.pull = (market.size * headcount / market.people).tolist()
        self.flows = np.zeros((market.labs, market.labs), int)
        self.researchers.decide()
        self.researchers.act()

    def update(self) -> None:
        """Write the month down."""
        if self.t > 0:
            labs = np.array(list(self.researchers.lab))
            headcount = np.bincount(labs, minlength=self.p.market.labs)
            paid = np.bincount(labs, list(self.researchers.pay), self.p.market.labs)
            self.rows.append((headcount, paid / headcount, self.flows))


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    people = first_people(market, np.random.default_rng(market.seed))
    model = PoachingModel({"market": market, "people": people, "steps": market.months, "seed": market.seed})
    model.sim_setup()

    def run() -> Record:
        for _ in range(market.months):
            model.sim_step()
        return Record(*(np.stack(column) for column in zip(*model.rows, strict=True)))

    return run
