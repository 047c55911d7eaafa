"""Reads the guided tour that stands in a scenario file. It belongs to the file alone: it is neither inherited nor run."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pydantic import ValidationError

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import follow, locate, schema_of
from talentmarket.scenario.reading.chain import find, read_chain
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.reading.problems import Problem, as_error, described
from talentmarket.scenario.schema import Scenario, Tour, TourStep
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.tree import Node, Source, grow, plain

TOUR = "tour"


def tour_of(path_or_name: str | os.PathLike[str]) -> tuple[TourStep, ...]:
    """The steps of the tour in a scenario file, or in a shipped scenario by its name; none if it has no tour.

    Raises
    ------
    ScenarioError
        If the scenario or a step of its tour is wrong.
    """
    scenario = load(path_or_name)
    file, parsed = read_chain(find(path_or_name))[-1]
    own = {key: value for key, value in parsed.content.items() if key == TOUR}
    tree = grow(own, Source(file.label, 0, parsed.lines))
    try:
        steps = Tour.model_validate(plain(tree)).tour
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise as_error(described(details, tree, schema_of(Tour))) from None
    if misfits := list(_misfits(steps, scenario, tree)):
        raise as_error(misfits)
    return steps


def _misfits(steps: tuple[TourStep, ...], scenario: Scenario, tree: Node) -> Iterator[Problem]:
    """Steps that lead beyond the run, or turn what the scenario does not have."""
    for number, step in enumerate(steps):
        if step.month > scenario.run.months:
            place = follow(tree, (TOUR, number, "month")).place
            yield Problem(place, f"tour: plays to month {step.month}, but the run has {scenario.run.months}")
        if step.turn:
            try:
                locate(split_path(step.turn), schema_of(Scenario), scenario)
            except InputError as error:
                yield Problem(follow(tree, (TOUR, number, "turn")).place, f"tour: turns nothing: {error}")
