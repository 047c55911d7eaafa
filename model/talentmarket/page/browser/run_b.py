"""Run B, with which a tab's own run A is compared: any scenario with any changes, under A's seed and on its clock."""

from __future__ import annotations

from dataclasses import replace

from talentmarket.page.choices import Choices, as_large
from talentmarket.page.session import Session, Setup
from talentmarket.scenario.reading.chain import BASELINE
from talentmarket.scenario.text.paths import path_text


class RunB:
    """The run that A is compared with.

    Attributes
    ----------
    setup : Setup or None
        What it runs, without a seed; none until it is chosen.
    session : Session or None
        Its market.
    chosen : bool
        Whether a visitor has chosen it; what nobody chose goes with A's scenario.
    """

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self.setup: Setup | None = None
        self.session: Session | None = None
        self.chosen = False

    def compare_with(self, a: Session, setup: Setup, chosen: bool = True) -> None:
        """Compare A with a setup, whose seed does not count, as both have A's.

        Raises
        ------
        ScenarioError
            If the setup is wrong; what was compared before stays.
        """
        seed = a.scenario.run.seed
        before, self.session = self.session, Session(replace(setup, seed=seed), self._choices, a)
        self.setup, self.chosen = replace(setup, seed=None), chosen
        if before is not None:
            before.close()

    def default(self, a: Session) -> Setup:
        """What B is until something is chosen.

        A's scenario as loaded if A has changes, else the one that it extends, if that has as many people at the same labs, else the
        same without its raids.
        """
        key, titles = a.setup.key, list(self._choices.titles)
        if a.setup.changed:
            return Setup(key)
        extended = self._choices.extended(key)
        if a.scenario.campaigns and (
            extended not in titles or not as_large(self._choices.loaded(extended), a.scenario)
        ):
            names = [path_text([campaign.name]) for campaign in a.scenario.campaigns]
            return Setup(key, {f"campaigns.{name}.approaches_per_month": 0 for name in names})
        others = (extended, BASELINE, *titles)
        return Setup(next((other for other in others if other != key and other in titles), key))

    def catch_up(self, month: int) -> None:
        """Run to A's month."""
        if self.session is not None:
            self.session.advance(month, float("inf"))

    def forget(self) -> None:
        """Follow nobody of B any more."""
        if self.session is not None:
            self.session.forget()

    def close(self) -> None:
        """Give up the market."""
        if self.session is not None:
            self.session.close()
