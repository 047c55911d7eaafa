"""The market as a Mesa model: the one place that knows Mesa.

Labs are `mesa.Agent`s; researchers are rows of records behind `market.researchers`, as objects would cost a hundred
times more. The attribute that holds the scenario is called `spec`, because Mesa 3.5 takes `scenario` for itself.
"""

from __future__ import annotations

import mesa

from talentmarket.errors import whole_number
from talentmarket.market.numeric.progress import say_if_compiling
from talentmarket.market.readers.researchers import ResearcherSet
from talentmarket.market.readers.tables import Table
from talentmarket.market.records import labs
from talentmarket.market.simulate import LAST_KEY, Replicate, check_scenario
from talentmarket.scenario.schema import Scenario


class Lab(mesa.Agent):
    """A lab, or the outside world, as the market's records have it now."""

    def __init__(self, model: TalentMarket, number: int) -> None:
        super().__init__(model)
        self.number = number
        self.name = model.spec.labs[number].name

    @property
    def headcount(self) -> int:
        """Researchers at the lab."""
        return int(self._record.headcount)

    @property
    def talent(self) -> float:
        """Sum of the talent at the lab; the median researcher has 1."""
        return float(self._record.talent)

    @property
    def mean_loyalty(self) -> float:
        """Mean loyalty at the lab, 0 to 1; nan with nobody there."""
        return float(self._record.loyalty) / self.headcount if self.headcount else float("nan")

    @property
    def stock(self) -> float:
        """Index of the lab's stock; 1 in month 0."""
        return float(self._record.stock[self.model.month])

    @property
    def hires(self) -> int:
        """Researchers who came this month."""
        return int(self.model.replicate.world.months[self.model.month, self.number].hires)

    @property
    def departures(self) -> int:
        """Researchers who left this month."""
        return int(self.model.replicate.world.months[self.model.month, self.number].departures)

    @property
    def _record(self) -> labs.Lab:
        return self.model.replicate.world.labs[self.number]


LAB_REPORTERS = ("name", "headcount", "talent", "mean_loyalty", "stock", "hires", "departures")


class TalentMarket(mesa.Model):
    """One replicate of a scenario, a month a step.

    Parameters
    ----------
    spec : Scenario
        What to simulate.
    seed : int, optional
        In place of the scenario's own seed, 0 to 2**32 - 1.
    replicate : int
        Which replicate of that seed, 0 to 2**32 - 1.

    Raises
    ------
    InputError
        If it is no scenario, or seed or replicate no such number.

    Stepping gives the same bits as `simulate`, which runs all months at once.
    """

    def __init__(self, spec: Scenario, seed: int | None = None, replicate: int = 0) -> None:
        spec = check_scenario(spec)
        if seed is not None:
            run = spec.run.model_copy(update={"seed": whole_number("seed", seed, LAST_KEY)})
            spec = spec.model_copy(update={"run": run})
        super().__init__(rng=spec.run.seed)
        self.spec = spec
        say_if_compiling()
        self.replicate = Replicate(spec, replicate)
        for number in range(len(spec.labs)):
            Lab(self, number)
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": "month", "moves": "moves"},
            agent_reporters={name: name for name in LAB_REPORTERS},
        )
        self.datacollector.collect(self)

    def __repr__(self) -> str:
        """What it is a market of, and how far it has run."""
        people, labs = len(self.replicate.world.researchers), len(self.spec.labs)
        so_far = f"month {self.month} of {self.spec.run.months}, seed {self.spec.run.seed}"
        return f"TalentMarket({self.spec.title!r}, {people:,} researchers at {labs} labs, {so_far})"

    @property
    def month(self) -> int:
        """Months run so far."""
        return self.replicate.month

    @property
    def moves(self) -> int:
        """Moves of this month."""
        return int(self.replicate.world.flows[self.month].sum())

    @property
    def researchers(self) -> ResearcherSet:
        """All researchers of the market."""
        return ResearcherSet(self.replicate.world.researchers, tuple(lab.name for lab in self.spec.labs))

    def step(self) -> None:
        """Run one month; after the scenario's last month the model stops running and a step does nothing."""
        if self.month < self.spec.run.months:
            self.replicate.advance(1)
            self.datacollector.collect(self)
        self.running = self.month < self.spec.run.months

    def release(self) -> None:
        """Let go of the market: Mesa 3.3 keeps every model that has ever had an agent in a table of its Agent class."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def tables(self) -> dict[str, Table]:
        """The tables of `simulate`, as far as the model has run."""
        return self.replicate.tables()
