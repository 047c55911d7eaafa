"""What one browser tab looks at: a scenario, what was changed in it, and its market, month by month.

Nothing here is shared: every tab makes a session of its own.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from talentmarket.market.inspect import Choice, Onlooker
from talentmarket.market.mesa_model import TalentMarket
from talentmarket.market.readers.approaches import approaches_table
from talentmarket.page.choices import Choices
from talentmarket.page.told.feed import Note, notes_of_month, notes_of_moves, notes_of_refusals
from talentmarket.page.told.weighing import Weighing, Weighings
from talentmarket.page.turning.sliders import Slider, sliders
from talentmarket.page.view import View
from talentmarket.scenario.memory import check_memory
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import as_written

NOTABLE_PEOPLE = 150  # an ordinary move is notable when this many people of the market or fewer have as much talent


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


class Session(View):
    """A market of a scenario that can be picked and changed, and what is drawn of it.

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
        scenario = choices.loaded(setup.key, setup.overrides())
        check_memory(scenario, workers=1)
        super().__init__(scenario, TalentMarket(with_all_moves(scenario)), like)
        self.notes: list[Note] = []
        self._onlooker: Onlooker | None = None
        self._weighings = Weighings(scenario)
        talent = self.market.replicate.world.researchers["talent"]
        nth = min(NOTABLE_PEOPLE, talent.size) - 1
        self._notable = float(np.partition(talent, talent.size - 1 - nth)[talent.size - 1 - nth])

    @property
    def sliders(self) -> list[Slider]:
        """What can be turned, with the present values."""
        return sliders(self.loaded, self.scenario)

    def choices_of(self, researcher: int) -> list[Choice]:
        """Every month so far in which a researcher had an offer; whoever was asked about last is followed on."""
        if self._onlooker is None or self._onlooker.researcher != researcher:
            self._onlooker = Onlooker(self.scenario, 0, researcher)
        self._onlooker.advance(self.month)
        return self._onlooker.choices

    def weighed(self) -> list[Weighing]:
        """Every offer of a raid so far, with what spoke for going and for staying."""
        self._weighings.advance(self.month)
        return self._weighings.told

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
        self.settle()

    def close(self) -> None:
        """Give up the market's memory; nothing more can be asked of the session."""
        self.closed = True
        self.market.release()
        self.forget()
        # The market and its agents hold each other until Python's collector comes by; its records need not wait.
        del self.market.replicate, self._weighings

    def _step(self) -> None:
        self.market.step()
        replicate = self.market.replicate
        self.notes += notes_of_month(self.scenario, self.month, replicate.happened)
        self.notes += notes_of_moves(replicate.moves_after(self.month - 1), self.scenario, self._notable)
        if self.scenario.campaigns:
            asked = approaches_table(replicate.world, self.scenario)
            self.notes += notes_of_refusals(asked, self.scenario, self.month)


def with_all_moves(scenario: Scenario) -> Scenario:
    """The scenario with every move written out, which changes no result: the page tells of moves."""
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"moves": "all"})})
