"""The guided tour of a tab: which step is open, what was guessed, and what the market has answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from talentmarket.numbers import number
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

    def shown(self, session: Session) -> dict[str, Any]:
        """The tour as plain data: how many steps there are and, if one is open, what it says, points at, asks and offers."""
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
            "turn": _turn(step, session, self.turned_elsewhere),
        }

    def _answer(self, step: TourStep, session: Session) -> str:
        """What was guessed and what it is; until the market is there, that it is on its way; empty without a guess."""
        if not step.guess or self.waiting:
            return ""
        if session.month < step.month:
            return f"Playing to month {step.month} …"
        counted = {each["name"]: each["text"] for group in counters_of(session) for each in group["counters"]}
        said = self._guesses.get(self.at or 0, "")
        return (
            f"You said {said}. " if said else ""
        ) + f"In this run it is {counted[step.reveals]}; Run 100 seeds shows how other runs end."

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
            [f"{slider.label}: {number(step.to)} instead of {number(slider.loaded)}"]
            + [f"{each.label} back to {number(each.loaded)}" for each in back]
        ),
        "done": slider.value == step.to and not back,
    }
