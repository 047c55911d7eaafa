"""What is drawn of a market: which researchers, where they stand, and how large the pools are."""

from __future__ import annotations

import numpy as np

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.readers.approaches import approaches_table, heads_of_lists
from talentmarket.page.drawing.pools import SPARE, Places, Pool, arranged, relative_radii
from talentmarket.page.sample import PLASTIC, quotas, sampled, with_lists
from talentmarket.scenario.schema import Scenario

SPARE_PLACES = 20  # beyond a share of those who are there, for newcomers


class View:
    """A market, and what is drawn of it.

    Parameters
    ----------
    scenario, market
        What is simulated, and how far it is.
    like
        A view whose people are drawn here too, if they are the same people.
    """

    def __init__(self, scenario: Scenario, market: TalentMarket, like: View | None = None) -> None:
        self.scenario, self.market = scenario, market
        world = market.replicate.world
        headcounts = world.months["headcount"][0]
        self._first_labs = np.repeat(np.arange(len(headcounts)), headcounts)  # numbers go lab after lab
        drawn = with_lists(sampled(headcounts), heads_of_lists(world, scenario))
        if like is not None and same_people(self, like):
            drawn = like.first_drawn
        order = np.argsort(drawn * PLASTIC % 1.0, kind="stable")  # the lists stand among the others
        self.first_drawn: np.ndarray = drawn[order]
        self.drawn = self.first_drawn
        drawn_at = np.bincount(self._first_labs[drawn], minlength=len(headcounts))
        self.capacity = (drawn_at * SPARE + SPARE_PLACES).astype(int)
        self.capacity[self.outside] += np.maximum(drawn_at - quotas(headcounts), 0).sum() // 2
        self.places = Places(self.capacity.tolist())
        radii = relative_radii(headcounts, self.outside)
        self.pools: dict[str, list[Pool]] = {shape: arranged(radii, self.outside, shape) for shape in ("wide", "tall")}
        self.settle()

    @property
    def month(self) -> int:
        """Months run so far."""
        return self.market.month

    @property
    def months(self) -> int:
        """Length of the run."""
        return self.scenario.run.months

    @property
    def over(self) -> bool:
        """Whether all months have run."""
        return self.month >= self.months

    @property
    def outside(self) -> int:
        """Row of the outside world."""
        return [lab.kind for lab in self.scenario.labs].index("outside")

    def first_lab(self, researcher: int) -> int:
        """Row of the lab at which a researcher was in month 0."""
        return int(self._first_labs[researcher])

    def settle(self) -> None:
        """Give everyone who is drawn a place in the pool of the present lab."""
        world = self.market.replicate.world
        approached = approaches_table(world, self.scenario)["researcher"]
        self.drawn = with_lists(self.first_drawn, approached)
        self.places.settle(self.drawn.tolist(), world.researchers["lab"][self.drawn].tolist())


def same_people(a: View, b: View) -> bool:
    """Whether researchers of the same number are the same people: as many at each lab of the first month, one seed."""
    heads = [view.market.replicate.world.months["headcount"][0].tolist() for view in (a, b)]
    names = [[lab.name for lab in view.scenario.labs] for view in (a, b)]
    return heads[0] == heads[1] and names[0] == names[1] and a.scenario.run.seed == b.scenario.run.seed
