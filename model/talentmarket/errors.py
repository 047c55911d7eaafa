"""Every error that talentmarket raises on purpose, and how its message reaches a terminal.

TalentMarketError
├── InputError            the input was wrong: exit code 2
│   ├── ScenarioError     a scenario file, an override or a fact, with every problem found
│   └── RunFolderError    a run folder that is missing, damaged or not ours
├── ReplicateError        a replicate failed while it ran: exit code 1
└── WorkerDiedError       every worker of a cluster that tried something has died
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from numbers import Integral


class TalentMarketError(Exception):
    """Base of all errors raised on purpose."""


class InputError(TalentMarketError):
    """The input was wrong; the message says what, where, and what is allowed."""


class ScenarioError(InputError):
    """A scenario cannot be used; `problems` holds one readable line for each thing wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class RunFolderError(InputError):
    """A run folder is missing, damaged, or was not written by talentmarket."""


class ReplicateError(TalentMarketError):
    """A replicate could not be finished; the message names it and why."""


class WorkerDiedError(TalentMarketError):
    """Every worker of a cluster that tried something has died."""


def whole_number(name: str, value: object, most: int) -> int:
    """A number of things, as an int of Python whatever type of whole number it came as.

    Raises
    ------
    InputError
        If it is no whole number, negative, or above `most`; True and False are no numbers.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or not 0 <= int(value) <= most:
        raise InputError(f"{name} must be a whole number from 0 to {most:,}, found {value!r:.70}")
    return int(value)


def harmless(text: str) -> str:
    """A text as a terminal may show it: escaped is what would steer the terminal or turn the order of its letters.

    Control characters of both kinds, marks of direction, and halves of characters; line breaks and blanks stay.
    """
    return "".join(
        sign
        if sign.isprintable() or sign == "\n" or unicodedata.category(sign) == "Zs"
        else sign.encode("unicode_escape").decode()
        for sign in text
    )
