"""How an approach ended, and on what that hung: the shapes by which the page shows it, and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import OUTCOMES, PARTS, REASONS, REFUSED, STARTED, TOOK_ANOTHER, WENT_BACK

# CSS classes of the outcomes, each a colour and a shape.
FATES = ("silent", "none", "refused", "another", "withdrew", "came", "back", "waiting")
CAME = (STARTED, WENT_BACK)


def fate(outcome: int) -> str:
    """CSS class of an outcome."""
    return FATES[outcome]


def in_words(outcome: int) -> str:
    """An outcome in words."""
    return tuple(OUTCOMES.values())[outcome]


def listed(names: Sequence[str], word: str = "and") -> str:
    """Names in a sentence: A, B and C."""
    *others, last = names
    return f"{', '.join(others)} {word} {last}" if others else last


def hung_on(but_for: Sequence[str]) -> str:
    """On what it hung that an offer was not taken: the names of `PARTS` without any one of which it would have been."""
    if not but_for:
        return "no single part of the choice decided it"
    return f"would have taken it but for {listed([PARTS[part] for part in but_for], 'or')}"


def held_by(terms: Mapping[str, float]) -> str:
    """On what it hung that an offer was taken: the terms without any one of which it would not have been.

    Parameters
    ----------
    terms
        By how much each of `REASONS` speaks for going, in log-odds; together they do.
    """
    total = sum(terms.values())
    decisive = sorted((name for name, value in terms.items() if value >= total), key=lambda name: -terms[name])
    if not decisive:
        return "no single part of the choice decided it"
    return f"would have stayed but for {listed([REASONS[name] for name in decisive], 'or')}"


def approach_in_words(approaches: Table, row: int) -> str:
    """How an approach ended, and why if an offer was weighed: what it was taken for, or on what a refusal hung."""
    outcome, reason = int(approaches["outcome"].codes[row]), int(approaches["reason"].codes[row])
    if outcome in (REFUSED, TOOK_ANOTHER):
        return f"{in_words(outcome)}; {hung_on([part for part in PARTS if approaches[f'without_{part}'][row]])}"
    return in_words(outcome) + (f", for {tuple(REASONS.values())[reason]}" if reason >= 0 else "")
