"""What is drawn of a market: which researchers, where they stand, and how large the pools are."""

from __future__ import annotations

import numpy as np

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.page.drawing.pools import SPARE, STAGE_SIZES, Places, Pool, arranged, relative_radii, staged
from talentmarket.page.drawing.sample import PLASTIC, sampled, with_won
from talentmarket.page.told.fates import CAME
from talentmarket.scenario.schema import Campaign, Scenario

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
        drawn = sampled(headcounts)
        order = np.argsort(
            drawn * PLASTIC % 1.0, kind="stable"
        )  # who is drawn first has nothing to do with who is drawn
        self.first_drawn: np.ndarray = drawn[order]
        self._like = like if like is not None and same_people(self, like) else None
        self.closed = False
        self.drawn = self.first_drawn
        drawn_at = np.bincount(self._first_labs[drawn], minlength=len(headcounts))
        self.capacity = (drawn_at * SPARE + SPARE_PLACES).astype(int)
        self.places = Places(self.capacity.tolist())
        radii = relative_radii(headcounts, self.outside)
        self.pools: dict[str, list[Pool]] = {shape: arranged(radii, self.outside, shape) for shape in ("wide", "tall")}
        self.stages = [self._stage(radii, campaign) for campaign in scenario.campaigns]
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
    def raids_now(self) -> list[Campaign]:
        """The campaigns that ask people in the present month."""
        return [one for one in self.scenario.campaigns if one.start <= self.month < one.start + one.months]

    @property
    def outside(self) -> int:
        """Row of the outside world."""
        return [lab.kind for lab in self.scenario.labs].index("outside")

    def first_lab(self, researcher: int) -> int:
        """Row of the lab at which a researcher was in month 0."""
        return int(self._first_labs[researcher])

    def row_of(self, lab: str) -> int:
        """Row of a lab."""
        return [each.name for each in self.scenario.labs].index(lab)

    def _stage(self, radii: np.ndarray, campaign: Campaign) -> dict[str, list[Pool]]:
        """The pools where a raid has the stage."""
        targets = [self.row_of(target) for target in campaign.targets]
        return {shape: staged(radii, self.row_of(campaign.lab), targets, shape) for shape in STAGE_SIZES}

    def won(self) -> np.ndarray:
        """Numbers of those who have come by a raid so far, first come first."""
        approaches = approaches_table(self.market.replicate.world, self.scenario)
        return approaches["researcher"][np.isin(approaches["outcome"].codes, CAME)]

    def settle(self) -> None:
        """Give everyone who is drawn a place in the pool of the present lab; twins are drawn in both runs."""
        won = [view.won() for view in (self, self._like) if view is not None and not view.closed]
        self.drawn = with_won(self.first_drawn, np.concatenate(won))
        labs = self.market.replicate.world.researchers["lab"][self.drawn]
        self.places.settle(self.drawn.tolist(), labs.tolist())


def same_people(a: View, b: View) -> bool:
    """Whether researchers of the same number are the same people: as many at each lab of the first month, one seed."""
    heads = [view.market.replicate.world.months["headcount"][0].tolist() for view in (a, b)]
    names = [[lab.name for lab in view.scenario.labs] for view in (a, b)]
    return heads[0] == heads[1] and names[0] == names[1] and a.scenario.run.seed == b.scenario.run.seed
