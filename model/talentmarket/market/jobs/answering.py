"""Which labs answer the offers that their people get."""

from __future__ import annotations

from talentmarket.market.numeric.compiled import compiled


@compiled
def answers(lab):
    """Whether a lab answers with a counter-offer or a title."""
    return lab.counter_share > 0.0 or lab.title > 0.0


@compiled
def anyone_answers(labs):
    """Whether any lab answers; where none does, nobody has to look through the month's offers."""
    found = False
    for number in range(labs.size):
        found = found or answers(labs[number])
    return found
