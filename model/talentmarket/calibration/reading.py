"""Reads a calibration file, with all that is wrong in it by line, before anything runs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from talentmarket.calibration.file import Calibration
from talentmarket.calibration.moments import FLOWS, scenario_at
from talentmarket.errors import InputError, ScenarioError
from talentmarket.runs.measures.everything import questions
from talentmarket.scenario.places.locating import schema_of
from talentmarket.scenario.reading.problems import as_error, described
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.shipped import folder
from talentmarket.scenario.text.files import read_text
from talentmarket.scenario.text.paths import path_text
from talentmarket.scenario.text.syntax import Parsed, parse
from talentmarket.scenario.text.tree import Source, grow
from talentmarket.scenario.text.wording import nearest


def find_calibration(path_or_name: str) -> Path:
    """The file of a shipped calibration by its name, or that of a path."""
    shipped = folder("scenarios") / "calibrations" / f"{path_or_name}.toml"
    return shipped if path_or_name in {file.stem for file in shipped.parent.glob("*.toml")} else Path(path_or_name)


def read_calibration(path: str | os.PathLike[str]) -> Calibration:
    """Read a calibration file.

    Raises
    ------
    ScenarioError
        With all that is wrong, by file and line.
    """
    label = os.fspath(path)
    parsed = parse(read_text(Path(path), label), label)
    tree = grow(parsed.content, Source(label, 0, parsed.lines))
    try:
        found = Calibration.model_validate(parsed.content)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise as_error(described(details, tree, schema_of(Calibration))) from None
    for number, target in enumerate(found.targets):
        target._place = f"{label}, line {parsed.lines.get(('targets', number), 0)}: "
    problems = file_problems(found, label, parsed)
    if problems:
        raise ScenarioError(problems)
    return found


def file_problems(found: Calibration, label: str, parsed: Parsed) -> list[str]:
    """What is wrong beyond single values: ranges, scenarios, figures; and if these are right, paths and measures."""
    problems = [*_ranges(found, label, parsed), *_unknown_scenarios(found, label, parsed), *_without_figure(found)]
    if problems:
        return problems
    scenarios = {
        market.name: scenario_at(found, market.name, {}, found.fit.seed, market.set) for market in found.scenarios
    }
    return [*_unknown_paths(found, label, parsed), *_unknown_measures(found, scenarios)]


def _without_figure(found: Calibration) -> Iterator[str]:
    """Targets of which neither the file nor a fact says what is to be met."""
    for target in found.targets:
        try:
            target.figure()
        except InputError as error:
            yield str(error)


def _unknown_paths(found: Calibration, label: str, parsed: Parsed) -> Iterator[str]:
    """Free parameters that a scenario does not have, or whose range goes beyond what is allowed."""
    for path, free in found.parameters.items():
        where = f"{label}, line {parsed.lines.get(('parameters', path), 0)}: {path_text(('parameters', path))}"
        for market in found.scenarios:
            told = ""
            for value in (free.low, free.high):
                try:
                    scenario_at(found, market.name, {path: value}, found.fit.seed, market.set)
                except ScenarioError as error:
                    told = error.problems[0].removeprefix(f"--set {path}={json.dumps(value)}: ")
            if told:
                yield f"{where}: in {market.name}, {told}"
                break


def _unknown_measures(found: Calibration, scenarios: dict[str, Scenario]) -> Iterator[str]:
    """Targets that a scenario does not measure."""
    for target in found.targets:
        for name in filter(None, (target.scenario, target.less)):
            asked = questions(scenarios[name])
            measures = {measure.name for measure, _ in asked}
            subjects = [about for measure, about in asked if measure.name == target.measure]
            labs = [lab.name for lab in scenarios[name].labs]
            if target.measure == FLOWS:
                wrong = (
                    [each for each in target.of if each not in labs] if isinstance(target.of, tuple) else [target.of]
                )
                if wrong:
                    yield f"{target.where}: flows are of two labs of {name}, found {wrong[0]!r}; {nearest(wrong[0], labs)}"
            elif target.measure not in measures:
                hint = nearest(target.measure, sorted(measures))
                yield f"{target.where}: {name} has no measure {target.measure!r}; {hint}"
            elif target.of not in subjects:
                there = "of the whole" if subjects == [""] else nearest(str(target.of), subjects)
                yield f"{target.where}: {name} has no {target.measure} of {target.of!r}; {there}"


def _ranges(found: Calibration, label: str, parsed: Parsed) -> list[str]:
    """Ranges that are empty, do not hold their start, or have no logarithm."""
    problems = []
    for path, free in found.parameters.items():
        where = f"{label}, line {parsed.lines.get(('parameters', path), 0)}: {path_text(('parameters', path))}"
        if not free.low < free.high:
            problems.append(f"{where}: low must be below high, found {free.low:g} and {free.high:g}")
        elif not free.low <= free.start <= free.high:
            problems.append(f"{where}: start must lie from {free.low:g} to {free.high:g}, found {free.start:g}")
        elif free.log and free.low <= 0.0:
            problems.append(f"{where}: with log = true low must be above 0, found {free.low:g}")
    return problems


def _unknown_scenarios(found: Calibration, label: str, parsed: Parsed) -> list[str]:
    """Targets of scenarios that the file does not run."""
    known = [market.name for market in found.scenarios]
    return [
        f"{label}, line {parsed.lines.get(('targets', number, key), 0)}: {key} is {name!r}, which is none of the"
        f" [[scenarios]] of this file; {nearest(name, known)}"
        for number, target in enumerate(found.targets)
        for key, name in (("scenario", target.scenario), ("less", target.less))
        if name and name not in known
    ]
