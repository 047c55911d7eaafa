"""The market as a Mesa model: the one place that knows Mesa.

Labs are `mesa.Agent`s; researchers are rows of records behind `market.researchers`, as objects would cost a hundred
times more. The attribute that holds the scenario is called `spec`, because Mesa 3.5 takes `scenario` for itself.
"""

from __future__ import annotations

import sys
from functools import partial
from numbers import Integral
from os import PathLike
from typing import Any

import mesa

from talentmarket.errors import InputError
from talentmarket.market.numeric.progress import say_if_compiling
from talentmarket.market.readers.researchers import ResearcherSet
from talentmarket.market.readers.tables import Table
from talentmarket.market.records import labs
from talentmarket.market.simulate import LAST_KEY, Replicate, check_scenario
from talentmarket.scenario.reading.keywords import with_parameters
from talentmarket.scenario.reading.loading import load
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
    def lost(self) -> int:
        """Researchers lost to other labs so far."""
        flows = self.model.replicate.world.flows[: self.model.month + 1, self.number]
        inside = [lab.kind == "lab" for lab in self.model.spec.labs]
        return int(flows[:, inside].sum())

    @property
    def _record(self) -> labs.Lab:
        return self.model.replicate.world.labs[self.number]


LAB_REPORTERS = ("name", "headcount", "talent", "mean_loyalty", "stock", "hires", "departures", "lost")
# What the campaigns have done so far, added up over labs and months.
RAID_REPORTERS = ("approached", "offers", "accepted", "started", "returned", "spend_packages")


class TalentMarket(mesa.Model):
    """One replicate of a scenario, a month a step.

    Parameters
    ----------
    spec : Scenario, str or path
        What to simulate: a scenario, the name of a shipped one, or a file.
    seed : int, optional
        In place of the scenario's own seed: any whole number from 0; the generator's word has 32 bits, so of a larger one
        the words of 32 bits are laid over one another by exclusive or.
    replicate : int, optional
        Which replicate of that seed, 0 to 2**32 - 1; 0 unless an iteration of Mesa's `batch_run` without a seed makes the
        model: iterations are the replicates 0, 1, 2 ...
    **kwargs
        Parameters by path, as in `**{"labs.OpenAI.mission": 0.5}`, or by the last part of the path where only one
        parameter of the scenario ends so, as in `loyalty_mean=0.4`.

    Raises
    ------
    InputError
        If it is no scenario, a parameter is unknown or its value not allowed, or seed or replicate no such number.

    Stepping gives the same bits as `simulate`, which runs all months at once.
    """

    def __init__(
        self,
        spec: Scenario | str | PathLike[str],
        seed: int | None = None,
        replicate: int | None = None,
        **kwargs: Any,
    ) -> None:
        # The Reset of Mesa 3.5 hands a scenario of Mesa's own to every model that takes keywords.
        values = {name: value for name, value in kwargs.items() if not type(value).__module__.startswith("mesa.")}
        spec = with_parameters(_scenario_of(spec), values)
        if seed is not None:
            spec = spec.model_copy(update={"run": spec.run.model_copy(update={"seed": folded(seed)})})
        iteration = _iteration_of_batch_run()
        if replicate is None:
            replicate = 0 if iteration is None or seed is not None else iteration
        super().__init__(rng=spec.run.seed)
        self.spec = spec
        say_if_compiling()
        self.replicate = Replicate(spec, replicate)
        self._in_batch_run = iteration is not None
        for number in range(len(spec.labs)):
            Lab(self, number)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "month": "month",
                "moves": "moves",
                **{name: partial(_so_far, name=name) for name in RAID_REPORTERS},
            },
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
        names = tuple(lab.name for lab in self.spec.labs)
        return ResearcherSet(self.replicate.world.researchers, names, self.random)

    def step(self) -> None:
        """Run one month; after the scenario's last month the model stops running and a step does nothing."""
        # Mesa 3.3's `batch_run` reports the step before the last one: there the model stops a step later.
        over = self.month >= self.spec.run.months if self._in_batch_run else self.month + 1 >= self.spec.run.months
        if self.month < self.spec.run.months:
            self.replicate.advance(1)
            self.datacollector.collect(self)
        self.running = not over

    def release(self) -> None:
        """Let go of the market: Mesa 3.3 keeps every model that has ever had an agent in a table of its Agent class."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def tables(self) -> dict[str, Table]:
        """The tables of `simulate`, as far as the model has run."""
        return self.replicate.tables()


def _scenario_of(given: object) -> Scenario:
    if isinstance(given, str | PathLike):
        return load(given)
    if isinstance(given, tuple):
        raise InputError("Mesa takes a scenario for a list of its fields: write {'spec': [scenario]}, or its name")
    return check_scenario(given)


def _so_far(market: TalentMarket, name: str) -> float:
    """The sum of a field of the months so far; a whole number where it counts people."""
    return market.replicate.world.months[name][: market.month + 1].sum().item()


def folded(seed: object) -> int:
    """A seed of any length in 32 bits: its words of 32 bits laid over one another by exclusive or.

    Raises
    ------
    InputError
        If it is no whole number, or negative.
    """
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise InputError(f"seed must be a whole number from 0, found {seed!r:.70}")
    rest, word = int(seed), 0
    while rest:
        word ^= rest & LAST_KEY
        rest >>= 32
    return word


def _iteration_of_batch_run() -> int | None:
    """Which iteration of Mesa's `batch_run` makes this model, None if nothing of that kind does.

    `batch_run` tells a model its parameters, but not its iteration: that stands in the function that makes the model.
    """
    frame = sys._getframe(1)
    while frame.f_code.co_name == "__init__" and frame.f_back is not None:
        frame = frame.f_back
    made_by = (frame.f_globals.get("__name__"), frame.f_code.co_name)
    return frame.f_locals["iteration"] if made_by == ("mesa.batchrunner", "_model_run_func") else None
