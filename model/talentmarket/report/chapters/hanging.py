"""The box below an answer: what it hangs on, from what each deciding parameter rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import Resting, hangs_on

MOST_VALUES = 3
INTRODUCTION = (
    "Nothing below is observed of these labs unless it says so: “assumed” is nobody's measurement, “fitted” was chosen so that the model "
    "meets a figure, of which it is then no evidence. Most important first; the range of each: talentmarket parameters NAME."
)


def hanging(scenarios: Sequence[Scenario], patterns: Iterable[str]) -> tuple[str, ...]:
    """The items of the box, a sentence on how to read them first; none if nothing that acts decides the answer.

    Parameters
    ----------
    scenarios
        Those that were run.
    patterns
        The parameters that decide it, the most important first, `*` standing for list items.
    """
    found = hangs_on(scenarios, patterns)
    return (INTRODUCTION, *map(_item, found)) if found else ()


def _item(found: Resting) -> str:
    values = ", ".join(found.values[:MOST_VALUES])
    more = ", …" if len(found.values) > MOST_VALUES else ""
    return f"{found.name} ({values}{more}): {found.basis}. {found.note}"
