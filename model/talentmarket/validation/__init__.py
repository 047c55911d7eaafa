"""The model against closed forms and published figures: one module a theory, each a list of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from talentmarket.validation import (
    leaving,
    logit,
    published,
    restricted_stock,
    sorkin,
    superstars,
    turnover,
    wage_posting,
)
from talentmarket.validation.check import Check, Effort

__all__ = ["Check", "Effort", "all_checks"]


class Theory(NamedTuple):
    """Checks that belong together, and what they are about."""

    title: str
    checks: Callable[[Effort], list[Check]]


# In the order in which they are shown.
THEORIES = (
    Theory("the logit", logit.checks),
    Theory("wage posting", wage_posting.checks),
    Theory("revealed values", sorkin.checks),
    Theory("tenure and survival", turnover.checks),
    Theory("restricted stock", restricted_stock.checks),
    Theory("superstar contagion", superstars.checks),
    Theory("published figures", published.checks),
    Theory("how exits answer", leaving.checks),
)


def all_checks(effort: Effort) -> Iterator[tuple[str, list[Check]]]:
    """What is about to be checked, with nothing yet, and then with its checks."""
    for theory in THEORIES:
        yield theory.title, []
        yield theory.title, theory.checks(effort)
