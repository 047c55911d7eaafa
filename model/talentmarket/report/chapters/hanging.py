"""The box below an answer: what it hangs on, from what each deciding parameter rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import capital
from talentmarket.scenario.writing.in_words import basis_with_facts, parameter_in_words
from talentmarket.scenario.writing.resting import Resting, hangs_on

MOST_VALUES = 3
INTRODUCTION = (
    "Nothing below is observed of these labs unless it says so: “assumed” is nobody's measurement, “fitted” was chosen so that the model "
    "meets a figure, of which it is then no evidence. Most important first. In brackets each one's name and value: talentmarket "
    "parameters NAME has its range, talentmarket facts NAME the figure that it is fitted to or taken from."
)

# Of a comparison in which a lab answers offers otherwise.
OF_ANSWERS = (
    "Rivals' offers: they decide whether a raise keeps people. Drawn from what labs post for a talent they do not rise with it; where "
    'they are a premium over current pay (labs.*.posting.distribution = "none") it lifts them as much. Which of the two holds is not '
    "published.",
    "How the cost is counted: a raise as if whoever gets it stayed for the whole horizon (choice.horizon, four years unless it is "
    "changed), so that those who leave sooner are counted in full; and without those who join later at the raised scale.",
)


def hanging(scenarios: Sequence[Scenario], patterns: Iterable[str], besides: Sequence[str] = ()) -> tuple[str, ...]:
    """The items of the box, a sentence on how to read them first; none if nothing is known to decide the answer.

    Parameters
    ----------
    scenarios
        Those that were run.
    patterns
        The parameters that decide it, the most important first, `*` standing for list items.
    besides
        What else it hangs on, in sentences; they stand below the parameters.
    """
    found = hangs_on(scenarios, patterns)
    return (INTRODUCTION, *map(_item, found), *besides) if found or besides else ()


def _item(found: Resting) -> str:
    values = ", ".join(found.values[:MOST_VALUES])
    more = ", …" if len(found.values) > MOST_VALUES else ""
    words = parameter_in_words(found.path)
    return f"{capital(words)} ({found.name} {values}{more}): {basis_with_facts(found.basis)}. {found.note}"
