"""The guided tour of a tab: which step is open, what was guessed, and what the market has answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from talentmarket.page.panels.counters import counters_of
from talentmarket.page.session import Session
from talentmarket.scenario.schema import TourStep

LONGEST_GUESS = 12  # characters


class Guide:
    """A tour as far as a visitor has gone.

    Parameters
    ----------
    steps
        The tour of the scenario; empty if it has none.

    Attributes
    ----------
    at : int or None
        Number of the open step from 0; None while the tour is not taken.
    """

    def __init__(self, steps: Sequence[TourStep] = ()) -> None:
        self.steps = tuple(steps)
        self.at: int | None = None
        self._guesses: dict[int, str] = {}

    @property
    def step(self) -> TourStep | None:
        """The open step."""
        return None if self.at is None else self.steps[self.at]

    @property
    def waiting(self) -> bool:
        """Whether the open step asks for a guess that has not been made."""
        return self.step is not None and bool(self.step.guess) and self.at not in self._guesses

    @property
    def month(self) -> int:
        """The month that the open step speaks of: that of the steps so far, its own once its question is answered."""
        told = () if self.at is None else self.steps[: self.at + (not self.waiting)]
        return max((step.month for step in told), default=0)

    def open(self, text: str) -> None:
        """Open a step by its number from 0; whatever is none closes the tour.

        Whoever goes on from a question without a guess first sees what comes of it: the next steps speak of that.
        """
        wanted = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1
        if self.waiting and self.at is not None and wanted == self.at + 1:
            self.guess("")
            return
        self.at = wanted if 0 <= wanted < len(self.steps) else None

    def guess(self, text: str) -> None:
        """Keep what was guessed at the open step; an empty text stands for a visitor who would rather see."""
        if self.at is not None:
            self._guesses[self.at] = text.strip()[:LONGEST_GUESS]

    def shown(self, session: Session, moving: bool) -> dict[str, Any]:
        """The tour as plain data: how many steps there are and, if one is open, what it says, points at, asks and offers.

        `play_to` is the month to which it must be played before the step is true, if nothing moves; else 0.
        """
        if self.step is None:
            return {"steps": len(self.steps)}
        step = self.step
        return {
            "steps": len(self.steps),
            "at": self.at,
            "text": " ".join(step.text.split()),
            "look": step.look,
            "guess": step.guess,
            "waiting": self.waiting,
            "answer": self._answer(step, session),
            "play_to": self.month if self.month > session.month and not moving else 0,
            "turn": _turn(step, session, self.turned_elsewhere),
        }

    def _answer(self, step: TourStep, session: Session) -> str:
        """What was guessed and what it is; until the market is there, that it is on its way; empty without a guess."""
        if not step.guess or self.waiting:
            return ""
        if session.month < step.month:
            return f"The answer comes in month {step.month}."
        counted = {each["name"]: each["text"] for group in counters_of(session) for each in group["counters"]}
        said = self._guesses.get(self.at or 0, "")
        return (
            f"You said {said}. " if said else ""
        ) + f"In this run it is {counted[step.reveals]}; “How do 100 others end?” shows how far that is chance."

    @property
    def turned_elsewhere(self) -> frozenset[str]:
        """Paths that other steps turn: each step asks about its own turn alone, so they go back."""
        own = self.step.turn if self.step is not None else ""
        return frozenset(each.turn for each in self.steps) - {own, ""}


def _turn(step: TourStep, session: Session, others: frozenset[str]) -> dict[str, Any]:
    """The slider that a step turns, what it is turned to, and whether it alone stands so; empty if it turns none."""
    slider = next((each for each in session.sliders if each.path == step.turn), None)
    if slider is None or step.to is None:
        return {}
    back = [each for each in session.sliders if each.path in others and each.value != each.loaded]
    return {
        "path": slider.path,
        "to": step.to,
        "words": "; ".join(
            [f"{slider.label}: {slider.told(step.to)} instead of {slider.told(slider.loaded)}"]
            + [f"{each.label} back to {each.told(each.loaded)}" for each in back]
        ),
        "done": slider.value == step.to and not back,
    }
