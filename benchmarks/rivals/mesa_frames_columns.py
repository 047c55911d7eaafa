"""mesa-frames: the researchers are a Polars frame, and a month is a few expressions over its columns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

from benchmarks.poaching import People, Poaching, Record, first_people

NAME = "mesa-frames"


class Researchers(AgentSetPolars):
    """Everyone, as columns."""

    def __init__(self, model: PoachingModel, people: People) -> None:
        super().__init__(model)
        columns = {"lab": people.lab, "pay": people.pay, "loyalty": people.loyalty}
        number = pl.arange(len(people.lab), eager=True)
        self += pl.DataFrame({"unique_id": number, **columns, "tenure": np.zeros(len(people.lab), int)})

    def gumbel(self) -> pl.Series:
        """The noise of one option for everyone."""
        return pl.Series(self.random.gumbel(size=len(self.agents)))

    def offers(self, number: int, pull: np.ndarray) -> tuple[pl.Expr, pl.Expr]:
        """Pay that one lab offers to each, and what it is worth; nothing to those it does not call."""
        market, people = self.model.market, len(self.agents)
        called = pl.Series(self.random.random(people) < market.probability[number])
        premium = pl.Series(self.random.lognormal(market.premium_mu, market.premium_sigma, people))
        fit = pl.col("lab").replace_strict(range(market.labs), market.fit[:, number].tolist())
        pay = pl.col("pay") * pl.lit(premium)
        money = market.money * (1.0 - pl.col("loyalty")) * pay.log()
        value = money + market.mission * pl.col("loyalty") * fit + float(pull[number]) + pl.lit(self.gumbel())
        return pay, pl.when(pl.lit(called) & (pl.col("lab") != number)).then(value).otherwise(float("-inf"))

    def step(self) -> None:
        """One month."""
        market, labs = self.model.market, range(self.model.market.labs)
        headcount = np.bincount(self.agents["lab"].to_numpy(), minlength=market.labs)
        pull = market.size * headcount / market.people
        size = pl.col("lab").replace_strict(labs, pull.tolist())
        money = market.money * (1.0 - pl.col("loyalty")) * pl.col("pay").log()
        stay = money + market.mission * pl.col("loyalty") + size + market.staying + pl.lit(self.gumbel())
        options = [self.offers(number, pull) for number in labs]
        self.agents = self.agents.with_columns(
            stay.alias("stay"),
            *(pay.alias(f"pay_{number}") for number, (pay, _) in enumerate(options)),
            *(value.alias(f"value_{number}") for number, (_, value) in enumerate(options)),
        )
        values = [f"value_{number}" for number in labs]
        best = pl.max_horizontal("stay", *values)
        goal, offered = pl.lit(-1), pl.lit(0.0)
        for number in labs:
            wins = pl.col(f"value_{number}") == best
            goal = pl.when(wins).then(number).otherwise(goal)
            offered = pl.when(wins).then(pl.col(f"pay_{number}")).otherwise(offered)
        self.agents = self.agents.with_columns(goal.alias("goal"), offered.alias("offered"))
        moves = pl.col("goal") >= 0
        moved = self.agents.filter(moves)
        flows = np.zeros((market.labs, market.labs), int)
        np.add.at(flows, (moved["lab"].to_numpy(), moved["goal"].to_numpy()), 1)
        self.agents = self.agents.with_columns(
            pl.when(moves).then(pl.col("offered")).otherwise(pl.col("pay") * market.growth).alias("pay"),
            pl.when(moves).then(pl.col("goal")).otherwise(pl.col("lab")).alias("lab"),
            pl.when(moves).then(0).otherwise(pl.col("tenure") + 1).alias("tenure"),
        ).drop("stay", "goal", "offered", *values, *(f"pay_{number}" for number in labs))
        self.model.write(flows, self.agents.group_by("lab").agg(pl.len(), pl.col("pay").mean()).sort("lab"))


class PoachingModel(ModelDF):
    """Six labs and their people."""

    def __init__(self, market: Poaching, people: People) -> None:
        super().__init__(seed=market.seed)
        self.market = market
        self.rows: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self.agents += Researchers(self, people)

    def write(self, flows: np.ndarray, labs: pl.DataFrame) -> None:
        """Write a month down."""
        self.rows.append((labs["len"].to_numpy().astype(int), labs["pay"].to_numpy(), flows))

    def step(self) -> None:
        """One month."""
        self.agents.do("step")


def prepare(market: Poaching) -> Callable[[], Record]:
    """Set a market up; what is returned runs its months."""
    model = PoachingModel(market, first_people(market, np.random.default_rng(market.seed)))

    def run() -> Record:
        for _ in range(market.months):
            model.step()
        return Record(*(np.stack(column) for column in zip(*model.rows, strict=True)))

    return run
