"""Checks a study against its scenarios before anything runs: every path, both ends of every range, every measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from talentmarket.comparison.pairing import check_alike
from talentmarket.errors import InputError, ScenarioError
from talentmarket.runs.measures.everything import questions
from talentmarket.runs.measures.measure import WHOLE
from talentmarket.scenario.places.locating import field_at, locate
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.reading.fields import file_schema
from talentmarket.scenario.reading.problems import Problem
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import split_path
from talentmarket.scenario.text.tree import Place
from talentmarket.scenario.text.wording import nearest, one_line
from talentmarket.studies.reading.acting import changes_no_market, overridden
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.points import read_points
from talentmarket.studies.reading.setting import own_scenario, scenario_at
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.reading.telling_apart import overwritten, refusal

UNKNOWN_PLACE = Place("study", 0, 0)
NOT_VARIED = (
    "cannot be varied: it changes no market, but how often or by which chance one is run, or what is told of it"
)


def check(study: Study) -> list[Problem]:
    """What is wrong with a study, apart from its form.

    Raises
    ------
    InputError
        If a list of points cannot be read.
    """
    own: dict[Side, Scenario] = {}
    problems = []
    for side in study.sides:
        try:
            own[side] = own_scenario(study, side)
        except ScenarioError as error:
            problems += [_located(study, side, text) for text in error.problems]
    if problems:
        return [*dict.fromkeys(problems)]
    problems += _unlike(study, own)
    problems += _repeated(study)
    for parameter in (*study.parameters, *study.levers):
        if changes_no_market(parameter):
            problems.append(Problem(parameter.place, f"{parameter.path} {NOT_VARIED}"))
            continue
        problems += _misfits(study, own, parameter)
        problems += _overwriting(study, own, parameter)
        problems += overridden(study, own, parameter)
    problems += _unknown_outcomes(study, own)
    return problems or [*_wrong_points(study, own)]


def _located(study: Study, side: Side, text: str) -> Problem:
    """What is wrong with a side's scenario: at its line if [set] says it, else by the name of the side."""
    for fixed, place in study.places.items():
        if text.startswith(f"--set {fixed}: "):
            return Problem(place, text.removeprefix("--set "))
    return Problem(Place(side.name, 0, 0), text)


def _unlike(study: Study, own: Mapping[Side, Scenario]) -> Iterator[Problem]:
    """Sides that cannot be compared with the base: other seeds or another number of months."""
    if study.base is None:
        return
    try:
        check_alike([own[side] for side in study.sides], [side.name for side in study.sides])
    except InputError as error:
        yield Problem(UNKNOWN_PLACE, str(error))


def _repeated(study: Study) -> Iterator[Problem]:
    seen: set[str] = set()
    for parameter in (*study.parameters, *study.levers):
        if parameter.path in seen:
            yield Problem(parameter.place, f"{parameter.path} is varied twice")
        seen.add(parameter.path)
    asked: set[str] = set()
    for outcome in study.outcomes:
        if outcome.name in asked:
            yield Problem(outcome.place, f"the outcome {outcome.name} is asked twice; ask it once")
        asked.add(outcome.name)


def _misfits(study: Study, own: Mapping[Side, Scenario], parameter: Parameter) -> Iterator[Problem]:
    """What a scenario says of the ends of a parameter's range, each once."""
    said = {text for value in parameter.ends for text in _misfit(study, own, parameter, value)}
    yield from (Problem(parameter.place, text) for text in sorted(said))


def _misfit(study: Study, own: Mapping[Side, Scenario], parameter: Parameter, value: Any) -> set[str]:
    """What the scenarios say of one value of a parameter."""
    said: set[str] = set()
    for side in study.sides:
        try:
            scenario_at(study, side, own[side], [(parameter, value)])
        except ScenarioError as error:
            said |= {problem.partition(": ")[2] or problem for problem in error.problems}
        except InputError as error:
            said.add(str(error))
    return said


def _wrong_points(study: Study, own: Mapping[Side, Scenario]) -> Iterator[Problem]:
    """What the scenarios say of the least and the largest value of each parameter in a list of points."""
    if study.design.file is None:
        return
    points = read_points(study.design.file, study.parameters)
    for number, parameter in enumerate(study.parameters):
        if not parameter.values:  # those of a list are checked already
            in_order = sorted(points, key=lambda point: point.values[number])
            for place, values in (in_order[0], in_order[-1]):
                yield from (Problem(place, text) for text in _misfit(study, own, parameter, values[number]))


def _overwriting(study: Study, own: Mapping[Side, Scenario], parameter: Parameter) -> Iterator[Problem]:
    """A parameter that would overwrite what tells a run from the base, unless it is said that this is meant."""
    if study.base is None or parameter.both:
        return
    base = own[study.base]
    for run in study.runs:
        if paths := overwritten(parameter, base, own[run]):
            text = refusal(parameter, paths[0], (study.base.name, base), (run.name, own[run]))
            yield Problem(parameter.place, text)


def _unknown_outcomes(study: Study, own: Mapping[Side, Scenario]) -> Iterator[Problem]:
    for outcome in study.outcomes:
        for side in study.sides:
            subjects = [lab for measure, lab in questions(own[side]) if measure.name == outcome.measure]
            if outcome.lab in subjects:
                continue
            labs = [lab for lab in subjects if lab != WHOLE]
            if not subjects:
                text = f"{outcome.measure} is not known in {side.name}, which has nothing that it is about"
            elif not labs:
                text = f"{outcome.measure} is of no lab but of all together; leave out ' of {one_line(outcome.lab)}'"
            elif outcome.lab:
                text = f"{outcome.measure} is not known of '{outcome.lab}' in {side.name}; {nearest(outcome.lab, labs)}"
            else:
                text = f"{outcome.measure} needs a lab, as in '{outcome.measure} of {labs[0]}'"
            yield Problem(outcome.place, text)


def with_kinds(study: Study) -> Study:
    """The study with what the schema says of its parameters: units, and which take whole numbers only."""
    try:
        own = own_scenario(study, study.runs[0])
    except ScenarioError:
        return study  # `check` tells why
    return replace(
        study,
        parameters=tuple(with_kind(own, each) for each in study.parameters),
        levers=tuple(with_kind(own, each) for each in study.levers),
    )


def with_kind(own: Scenario, parameter: Parameter) -> Parameter:
    """A parameter with its unit, and whole if a scenario takes whole numbers only."""
    try:
        path = split_path(paths_of(parameter.path, own)[0])
        field = field_at(file_schema(), locate(path, file_schema(), own))
    except InputError:
        return parameter  # `check` tells why
    whole = parameter.whole or (field.get("type") == "integer" and not (parameter.values or parameter.factor))
    return replace(parameter, whole=whole, unit=field.get("unit", ""))
