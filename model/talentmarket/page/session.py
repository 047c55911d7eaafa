"""What one browser tab looks at: a scenario, what was changed in it, and its market, month by month.

Nothing here is shared: every tab makes a session of its own.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.onlooker import Choice, Onlooker
from talentmarket.market.walks import approaches_table, heads_of_lists
from talentmarket.page.choices import Choices
from talentmarket.page.drawing.feed import Note, notes_of_month, notes_of_moves
from talentmarket.page.drawing.pools import SPARE, Places, Pool, arranged, relative_radii
from talentmarket.page.people import PLASTIC, quotas, sampled, with_lists
from talentmarket.page.sliders import Slider, sliders
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.wording import as_written

SPARE_PLACES = 20  # beyond a share of those who are there, for newcomers
NOTABLE_PEOPLE = 150  # an ordinary move is told when this many people of the market or fewer have as much talent


@dataclass(frozen=True)
class Setup:
    """What determines a run: the scenario's key, the parameters changed in it, and the seed (none: the scenario's own)."""

    key: str
    changed: Mapping[str, float] = field(default_factory=dict)
    seed: int | None = None

    def overrides(self) -> list[str]:
        """The changes as the command line's `--set` takes them."""
        values = [f"{path}={as_written(value)}" for path, value in self.changed.items()]
        return values + ([] if self.seed is None else [f"run.seed={self.seed}"])


class Session:
    """A market and what is drawn of it.

    Parameters
    ----------
    setup
        What to run.
    choices
        Where scenarios come from.
    like
        A session whose people are drawn here too, if they are the same people.

    Raises
    ------
    ScenarioError
        If the scenario with its changes is wrong, or too large for this machine.
    """

    def __init__(self, setup: Setup, choices: Choices, like: Session | None = None) -> None:
        self.setup, self.choices = setup, choices
        self.loaded: Scenario = choices.loaded(setup.key)
        self.scenario: Scenario = choices.loaded(setup.key, setup.overrides())
        check_memory(self.scenario, workers=1)
        self.market = TalentMarket(with_all_moves(self.scenario))
        self.notes: list[Note] = []
        self._onlooker: Onlooker | None = None
        world = self.market.replicate.world
        headcounts = world.months["headcount"][0]
        self._first_labs = world.researchers["lab"].copy()
        drawn = with_lists(sampled(headcounts), heads_of_lists(world, self.scenario))
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
        talent = world.researchers["talent"]
        nth = min(NOTABLE_PEOPLE, talent.size) - 1
        self._notable = float(np.partition(talent, talent.size - 1 - nth)[talent.size - 1 - nth])
        self._settle()

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

    @property
    def sliders(self) -> list[Slider]:
        """What can be turned, with the present values."""
        return sliders(self.loaded, self.scenario)

    def first_lab(self, who: int) -> int:
        """Row of the lab at which a researcher was in month 0."""
        return int(self._first_labs[who])

    def choices_of(self, who: int) -> list[Choice]:
        """Every month so far in which a researcher had an offer; whoever was asked about last is followed on."""
        if self._onlooker is None or self._onlooker.who != who:
            self._onlooker = Onlooker(self.scenario, 0, who)
        self._onlooker.advance(self.month)
        return self._onlooker.choices

    def forget(self) -> None:
        """Follow nobody any more, and give up the market that was run for it."""
        self._onlooker = None

    def advance(self, goal: int, seconds: float) -> None:
        """Run to a month, or as far as the time allows, at least one month."""
        end = time.monotonic() + seconds
        while self.month < min(goal, self.months):
            self._step()
            if time.monotonic() >= end:
                break
        self._settle()

    def close(self) -> None:
        """Give up the market's memory; nothing more can be asked of the session."""
        self.market.release()
        self.forget()
        # The market and its agents hold each other until Python's collector comes by; its records need not wait.
        del self.market.replicate

    def _step(self) -> None:
        self.market.step()
        replicate = self.market.replicate
        self.notes += notes_of_month(self.scenario, self.month, replicate.happened)
        self.notes += notes_of_moves(replicate.moves_after(self.month - 1), self.scenario, self._notable)

    def _settle(self) -> None:
        """Give everyone who is drawn a place in the pool of the present lab."""
        world = self.market.replicate.world
        asked = approaches_table(world, self.scenario)["researcher"]
        self.drawn = with_lists(self.first_drawn, asked)
        self.places.settle(self.drawn.tolist(), world.researchers["lab"][self.drawn].tolist())


def same_people(one: Session, other: Session) -> bool:
    """Whether researchers of the same number are the same people: as many at each lab of the first month, one seed."""
    heads = [each.market.replicate.world.months["headcount"][0].tolist() for each in (one, other)]
    names = [[lab.name for lab in each.scenario.labs] for each in (one, other)]
    return heads[0] == heads[1] and names[0] == names[1] and one.scenario.run.seed == other.scenario.run.seed


def with_all_moves(scenario: Scenario) -> Scenario:
    """The scenario with every move written out, which changes no result: the page tells of moves."""
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"moves": "all"})})
