"""Mesa as its users write it: one object a researcher, `do`, as all decide at once, and a DataCollector."""

from __future__ import annotations

import math
from collections.abc import Callable

import mesa
import numpy as np

from benchmarks.poaching import People, Poaching, Record, first_people

NAME = "Mesa objects"


class Researcher(mesa.Agent):
    """Someone who works at a lab and listens to offers."""

    def __init__(self, model: PoachingModel, lab: int, pay: float, loyalty: float) -> None:
        super().__init__(model)
        self.lab = lab
        self.pay = pay
        self.loyalty = loyalty
        self.tenure = 0
        self.choice: tuple[int, float] | None = None

    def value(self, lab: int, pay: float) -> float:
        """What a job is worth, with its noise."""
        market, model = self.model.market, self.model
        noise = -math.log(-math.log(model.random.random() or 1e-300))
        stays = market.staying if lab == self.lab else 0.0
        money = market.money * (1.0 - self.loyalty) * math.log(pay)
        return money + market.mission * self.loyalty * model.fit[self.lab][lab] + model.pull[lab] + stays + noise

    def decide(self) -> None:
        """Hear from every lab by chance, and choose."""
        model = self.model
        offers = []
        for lab, probability in enumerate(model.probability):
            if lab != self.lab and model.random.random() < probability:
                premium = model.random.lognormvariate(model.market.premium_mu, model.market.premium_sigma)
                offers.append((lab, self.pay * premium))
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
            self.pay *= self.model.market.growth
            self.tenure += 1
            return
        lab, pay = self.choice
        self.model.flows[self.lab, lab] += 1
        self.lab, self.pay, self.tenure = lab, pay, 0


class PoachingModel(mesa.Model):
    """Six labs and their people."""

    def __init__(self, market: Poaching, people: People) -> None:
        super().__init__(rng=market.seed)
        self.market = market
        self.probability = market.probability.tolist()
        self.fit = market.fit.tolist()
        self.flows = np.zeros((market.labs, market.labs), int)
        Researcher.create_agents(self, market.people, people.lab.tolist(), people.pay.tolist(), people.loyalty.tolist())
        self.datacollector = mesa.DataCollector(
            model_reporters={"headcount": lambda m: m.headcount(), "mean_pay": lambda m: m.mean_pay(), "flows": "flows"}
        )
        self.pull = (market.size * self.headcount() / market.people).tolist()

    def headcount(self) -> np.ndarray:
        """Researchers by lab."""
        return np.bincount([agent.lab for agent in self.agents], minlength=self.market.labs)

    def mean_pay(self) -> np.ndarray:
        """Mean pay by lab, M$ a year."""
        labs = self.agents.get("lab")
        return np.bincount(labs, self.agents.get("pay"), self.market.labs) / np.bincount(
            labs, minlength=self.market.labs
        )

    def step(self) -> None:
        """One month."""
        self.pull = (self.market.size * self.headcount() / self.market.people).tolist()
        self.flows = np.zeros((self.market.labs, self.market.labs), int)
        self.agents.do("decide")
        self.agents.do("act")
        self.datacollector.collect(self)


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    model = PoachingModel(market, first_people(market, np.random.default_rng(market.seed)))

    def run() -> Record:
        for _ in range(market.months):
            model.step()
        table = model.datacollector.get_model_vars_dataframe()
        return Record(*(np.stack(table[name].tolist()) for name in ("headcount", "mean_pay", "flows")))

    return run
