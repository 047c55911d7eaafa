"""What the points of a study are a sample of, in words."""

from __future__ import annotations

from talentmarket.errors import InputError
from talentmarket.scenario.text.wording import listed
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import plausible
from talentmarket.studies.reading.study import Study

MOST_NAMED = 3


def is_plausible(study: Study) -> bool:
    """Whether every parameter has the whole of its plausible range, and no other."""
    return bool(study.parameters) and all(map(_has_its_range, study.parameters))


def _has_its_range(parameter: Parameter) -> bool:
    try:
        own = plausible(parameter.path)
    except InputError:
        return False
    drawn = not parameter.values and parameter.distribution is None
    ranges = [(each.low, each.high, each.log, each.factor) for each in (parameter, own)]
    return drawn and ranges[0] == ranges[1]


def space(study: Study) -> str:
    """The space of a study's parameters: the plausible one, or the one that was varied, by few names."""
    if is_plausible(study):
        return "the plausible space"
    names = [each.label for each in study.parameters]
    named = f" ({listed(names)})" if 0 < len(names) <= MOST_NAMED else ""
    return f"the space that was varied{named}"
