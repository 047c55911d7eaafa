"""How an approach ended, and on what that hung: the shapes by which the page shows it, and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from talentmarket.market.readers.tables import Table
from talentmarket.market.records.codes import (
    OUTCOMES,
    PARTS,
    REASONS,
    REFUSED,
    STARTED,
    TOOK_ANOTHER,
    WENT_BACK,
    WITHDREW,
)
from talentmarket.scenario.text.wording import listed

# CSS classes of the outcomes, each a colour and a shape.
FATES = ("silent", "none", "refused", "another", "withdrew", "came", "back", "waiting")
CAME = (STARTED, WENT_BACK)


def fate(outcome: int) -> str:
    """CSS class of an outcome."""
    return FATES[outcome]


def in_words(outcome: int) -> str:
    """An outcome in words."""
    return tuple(OUTCOMES.values())[outcome]


def hung_on(but_for: Sequence[str]) -> str:
    """On what it hung that an offer was not taken: the names of `PARTS` without any one of which it would have been."""
    if not but_for:
        return "no single part of the choice decided it"
    return f"would have taken it but for {listed([PARTS[part] for part in but_for], 'or')}"


def taken(outcome: int) -> str:
    """The outcome of an offer that was taken, in words; whoever did not start had taken it all the same."""
    return f"accepted, then {in_words(outcome)}" if outcome == WITHDREW else in_words(outcome)


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
    return f"would have refused but for {listed([REASONS[name] for name in decisive], 'or')}"


def approach_in_words(approaches: Table, row: int) -> str:
    """How an approach ended, and why if an offer was weighed: what it was taken for, or on what a refusal hung."""
    outcome, reason = int(approaches["outcome"].codes[row]), int(approaches["reason"].codes[row])
    if outcome in (REFUSED, TOOK_ANOTHER):
        return f"{in_words(outcome)}; {hung_on([part for part in PARTS if approaches[f'without_{part}'][row]])}"
    why = f"for {tuple(REASONS.values())[reason]}" if reason >= 0 else ""
    if outcome == WITHDREW:
        return f"accepted{why and f' {why}'}, then {in_words(outcome)}"
    return in_words(outcome) + (why and f", {why}")
