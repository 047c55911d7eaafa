"""The controller of one browser tab: its session and its clock, the run B beside it, and what its buttons do."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import replace

from talentmarket.errors import ScenarioError
from talentmarket.market.records.codes import NOBODY
from talentmarket.page.address import MOST_SEED, TABS, Opening, opening_of, whole, written
from talentmarket.page.background.many_seeds import ManySeeds
from talentmarket.page.background.preparing import Preparing
from talentmarket.page.background.selected_study import SelectedStudy
from talentmarket.page.browser.clock import Clock
from talentmarket.page.browser.redrawing import Redrawing
from talentmarket.page.browser.run_b import RunB
from talentmarket.page.choices import Choices
from talentmarket.page.guide import Guide
from talentmarket.page.panels.studies import outcome_of_response, setups_at
from talentmarket.page.session import Session, Setup
from talentmarket.page.turning.ends import merged, turned
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.study import Outcome

MARKET, COMPARE, STUDIES = TABS
NAMED_TABS = ((MARKET, "Market"), (COMPARE, "Compare"), (STUDIES, "Studies"))


class TabController:
    """A browser tab's session and what is done with it.

    Attributes
    ----------
    session : Session
        The run A; Reset and every change of a parameter make a new one.
    clock, run_b, preparing, many_seeds, redrawing
        What moves it, the run B it is compared with, its downloads, its many seeds, and what of it is drawn when.
    guide : Guide
        The tour of the scenario, and how far it has been taken.
    tab, lab : str
        The view that is open, and the lab whose series Compare lays over one another.
    asked : Outcome or None
        What the study asked whose point was opened; the many seeds answer it too.
    chosen : int
        Number of the researcher who is inspected, or `NOBODY`.
    study : SelectedStudy
        The study that is open, and what of it.
    in_b : bool
        Whether that researcher was clicked in B.
    turns, gone : int
        Count answers to the sliders, as what a user has moved but cannot be is shown as it is again, and to Back and
        Forward, as the address is the browser's until then.
    message : str
        What went wrong, in words; empty if nothing did.
    """

    def __init__(self, choices: Choices, opening: Opening) -> None:
        self.choices = choices
        self.session = Session(opening.setup, choices)
        self.clock = Clock(self)
        self.run_b = RunB(choices)
        self.preparing = Preparing(self.redraw, self.fail)
        self.study = SelectedStudy(self.redraw, self.fail)
        self.many_seeds = ManySeeds(self.redraw, self.fail)
        self.redrawing = Redrawing()
        self.tab, self.lab = MARKET, ""
        self.asked: Outcome | None = None
        self.chosen, self.in_b = NOBODY, False
        self.turns, self.gone = 0, 0
        self.message = opening.problem
        self.guide = self._guide()
        self.session.advance(opening.month, float("inf"))
        if opening.run_b is not None:
            self._compare_with(opening.run_b)
        if opening.tab:
            self.open(opening.tab)

    @property
    def comparing(self) -> bool:
        """Whether Compare is open and there is a B."""
        return self.tab == COMPARE and self.run_b.session is not None

    @property
    def address(self) -> str:
        """The query string of what is shown."""
        return written(Opening(self.session.setup, self.session.month, self.tab, self.run_b.setup))

    def advance(self, goal: int, seconds: float) -> None:
        """Run to a month, or as far as the time allows, at least one month; B catches up while it is looked at."""
        self.session.advance(goal, seconds)
        self._catch_up()

    def redraw(self) -> None:
        """Draw the present month in the browser."""
        self.redrawing.redraw(self.session, still=not self.clock.moving)

    async def until_shown(self) -> None:
        """Wait until the browser has shown what was drawn last."""
        await self.redrawing.until_shown()

    def go(self, search: str) -> None:
        """Go back or forth to an address of before: its view, its scenario and changes, and what it is compared with.

        Where scenario and changes are the present ones the month stays: time does not run backwards.
        """
        opening = opening_of(search, self.choices)
        try:
            if opening.setup != self.session.setup:
                self.clock.stop()
                self.message = opening.problem
                if self._renew(opening.setup) and opening.month:
                    self.clock.run_to(opening.month)
            if opening.run_b is not None and opening.run_b != self.run_b.setup:
                self._compare_with(opening.run_b)
        finally:
            self.gone += 1
        self.open(opening.tab or MARKET)

    def reset(self) -> None:
        """Back to month 0 of the scenario as it was loaded, with its own seed and parameters."""
        self.choose(self.session.setup.key)

    def rewind(self) -> None:
        """Back to month 0, with the changed parameters and the seed."""
        self.clock.stop()
        self._renew(self.session.setup)

    def choose(self, key: str) -> None:
        """Show another scenario, from month 0, with its own seed and parameters."""
        self.clock.stop()
        if key in self.choices.titles:
            self._renew(Setup(key))

    def set_seed(self, text: str) -> None:
        """Take another seed: the same scenario with other shocks, run to the present month."""
        seed = whole(text, MOST_SEED)
        if seed is None:
            self.message = f"The seed stays: it is a whole number from 0 to {MOST_SEED:,}."
            self.redraw()
        else:
            self._replay(replace(self.session.setup, seed=seed))

    def change(self, path: str, value: float) -> None:
        """Set a parameter and run to the present month again: the same shocks under another rule."""
        self._change(path, value, self.session.setup.changed)

    def turn_of_step(self) -> None:
        """Set the parameter that the open step of the tour turns; what its other steps turn goes back."""
        step = self.guide.step
        if step is not None and step.to is not None:
            changed = self.session.setup.changed
            kept = {path: value for path, value in changed.items() if path not in self.guide.turned_elsewhere}
            self._change(step.turn, step.to, kept)

    def _change(self, path: str, value: float, changed: Mapping[str, float]) -> None:
        session = self.session
        slider = next((slider for slider in session.sliders if slider.path == path), None)
        if slider is None:
            return
        new = turned(session.scenario, session.loaded, path, type(slider.loaded)(value))
        self._replay(replace(session.setup, changed=merged(changed, new, session.loaded)))

    def inspect(self, researcher: int, in_b: bool = False) -> None:
        """Show the life of a researcher, or of nobody."""
        session = self.run_b.session if in_b and self.run_b.session is not None else self.session
        known = 0 <= researcher < session.scenario.researchers
        self.chosen, self.in_b = (researcher if known else NOBODY), in_b
        if not known:
            self.session.forget()
            self.run_b.forget()
        self.redraw()

    def inspect_b(self, researcher: int) -> None:
        """Show the life of a researcher of B."""
        self.inspect(researcher, in_b=True)

    def open(self, tab: str) -> None:
        """Open another view; the first time, Compare takes the default B."""
        if tab not in TABS:
            return
        self.tab = tab
        if tab == COMPARE and self.run_b.session is None:
            self._compare_with_default()
        if tab == STUDIES:
            self.clock.stop()  # its buttons are not there
            if not self.study.ready:
                self.study.choose(self.study.name)
        self._catch_up()
        self.redraw()

    def compare_with(self, key: str) -> None:
        """Compare with a scenario as loaded."""
        if key in self.choices.titles:
            self._compare_with(Setup(key))
            self.redraw()

    def compare_with_loaded(self) -> None:
        """Compare with A's scenario as loaded."""
        self.compare_with(self.session.setup.key)

    def keep_as_b(self) -> None:
        """Make A as it is now, with all its changes, the B; the sliders go on acting on A."""
        self._compare_with(self.session.setup)
        self.redraw()

    def look_at(self, lab: str) -> None:
        """Lay the series of another lab over one another in Compare."""
        self.lab = lab
        self.redraw()

    def open_step(self, text: str) -> None:
        """Open a step of the tour, and play to its month unless it asks for a guess first; whoever begins it begins anew."""
        setup = self.session.setup
        if self.guide.at is None and text == "0" and (self.session.month or setup.changed):
            self.clock.stop()
            self._renew(Setup(setup.key))
            self.guide = self._guide()
        spoken_of = self.guide.month
        self.guide.open(text)
        if self.guide.at is not None and self.guide.month < min(spoken_of, self.session.month):
            self.clock.stop()
            self._replay_to(self.guide.month)  # who goes back in the story sees the market of then
        else:
            self._follow()

    def guess(self, text: str) -> None:
        """Take a visitor's guess, and play to the month that answers it."""
        self.guide.guess(text)
        self._follow()

    def open_point(self) -> None:
        """Open the chosen point of the study as A and B in Compare, and play them to the end."""
        setups = setups_at(self.study.name, self.study.response, self.study.point, self.choices)
        if setups is None:
            return
        self.clock.stop()
        a, b = setups
        if self._renew(a):
            self._compare_with(b)
            self.asked = outcome_of_response(self.study.name, self.study.response)
            self.lab = self.asked.lab or self.lab
            self.open(COMPARE)
            self.clock.finish()

    def download(self, kind: str) -> None:
        """Prepare a file."""
        self.preparing.begin(kind, self.session)

    @property
    def looked_at(self) -> list[Scenario]:
        """The scenarios that the open view shows: A's, and in Compare B's."""
        run_b = self.run_b.session if self.comparing else None
        return [one.scenario for one in (self.session, run_b) if one is not None]

    def run_seeds(self) -> None:
        """Run many seeds of what is looked at, in the background."""
        self.many_seeds.begin(self.looked_at)

    def ended(self) -> None:
        """Show how other seeds end beside the run that has ended."""
        self.run_seeds()

    def fail(self, error: Exception) -> None:
        """Stop, and say in words that something went wrong; what exactly goes to the terminal."""
        traceback.print_exception(error)
        self.clock.stop()
        self.message = f"Something went wrong ({type(error).__name__}: {error}). Reset starts the scenario again."
        self.redraw()

    def close(self) -> None:
        """Stop the loop and give up the markets; the tab has gone."""
        self.clock.close()
        self.preparing.close()
        self.study.close()
        self.many_seeds.stop()
        self.session.close()
        self.run_b.close()

    def _guide(self) -> Guide:
        return Guide(self.choices.tour(self.session.setup.key))

    def _follow(self) -> None:
        if self.guide.month > self.session.month:
            self.clock.play_until(self.guide.month)
        else:
            self.redraw()

    def _replay(self, setup: Setup) -> None:
        self._replay_to(self.session.month if self.clock.goal is None else self.clock.goal, setup)

    def _replay_to(self, month: int, setup: Setup | None = None) -> None:
        if self._renew(setup or self.session.setup) and month:
            self.clock.run_to(month)

    def _renew(self, setup: Setup) -> bool:
        """A new session; if the scenario is wrong, the old one stays and the message says why."""
        self.turns += 1
        try:
            before, self.session = self.session, Session(setup, self.choices)
        except ScenarioError as error:
            self.message = str(error)
            self.redraw()
            return False
        if setup.key != before.setup.key:
            self.chosen, self.asked = NOBODY, None
            self.guide = self._guide()
        before.close()
        self.message = ""
        if self.run_b.setup is not None and not self.run_b.chosen and setup.key != before.setup.key:
            self._compare_with_default()
        elif self.run_b.setup is not None:
            self._compare_with(self.run_b.setup, self.run_b.chosen)
        self.many_seeds.keep_to(self.looked_at)
        self.redraw()
        return True

    def _compare_with_default(self) -> None:
        self._compare_with(self.run_b.default(self.session), chosen=False)

    def _compare_with(self, setup: Setup, chosen: bool = True) -> None:
        try:
            self.run_b.compare_with(self.session, setup, chosen)
            self._catch_up()
        except ScenarioError as error:
            self.message = str(error)

    def _catch_up(self) -> None:
        if self.tab == COMPARE:
            self.run_b.catch_up(self.session.month)
