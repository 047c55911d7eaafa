"""What an answer hangs on, asked without a file: Morris screening over all that is plausible, then the strongest six."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from talentmarket.errors import InputError, ScenarioError
from talentmarket.scenario.evidence.seeds import parameters as evidence
from talentmarket.scenario.reading.fields import file_schema
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.schema.inactive import inactive
from talentmarket.scenario.schema.locating import field_at, locate, value_at
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path
from talentmarket.studies.reading.checking import with_kind
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import plausible
from talentmarket.studies.reading.setting import overrides_of, paths_of
from talentmarket.studies.reading.study import Design, Study
from talentmarket.studies.reading.words import Words, study_with
from talentmarket.studies.result import StudyResult

TRAJECTORIES = 4
STRONGEST = 6
POINTS = 64

# What somebody decides: varied only where a scenario has it at all, for else it would be another scenario.
DECIDED = ("campaigns.*", "labs.*.response", "labs.*.equity", "transfer")


def plausible_parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """Every parameter with a plausible range that can act in a scenario."""
    idle = inactive(scenario)
    return tuple(_acting(scenario, idle.keys()))


def _acting(scenario: Scenario, idle: Collection[str]) -> Iterator[Parameter]:
    for pattern, entry in evidence().items():
        if entry.plausible is None:
            continue
        try:
            paths = paths_of(pattern, scenario)
        except InputError:
            continue  # the scenario has no such campaign or event
        if any(_can_act(scenario, path, pattern, idle, entry.plausible.factor) for path in paths):
            yield plausible(pattern)


def _can_act(scenario: Scenario, path: str, pattern: str, idle: Collection[str], factor: bool) -> bool:
    parts = split_path(path)
    if any(path_text(parts[:size]) in idle for size in range(1, len(parts) + 1)):
        return False
    value = value_at(scenario, path)
    if factor:
        return bool(value != 0)
    off = field_at(file_schema(), locate(parts, file_schema(), scenario)).get("off")
    return not (any(_lies_in(pattern, each) for each in DECIDED) and value == off)


def _lies_in(pattern: str, table: str) -> bool:
    depth = len(split_path(table))
    return pattern_fits(table, path_text(split_path(pattern)[:depth]))


def screening_of(source: str, words: Words) -> tuple[Study, tuple[str, ...]]:
    """The Morris study of a scenario over all that is plausible, and the paths that are left out.

    Left out is what the scenario refuses at an end of its range: it is bound to what else the scenario sets.

    Raises
    ------
    InputError
        As `words.study_of` does.
    """
    own = load(source, words.fixed)
    acting = plausible_parameters(own)
    kept = tuple(each for each in acting if _fits(source, words, own, each))
    left_out = tuple(each.path for each in acting if each not in kept)
    design = Design("morris", TRAJECTORIES * (len(kept) + 1), 1 if words.seed is None else words.seed)
    return study_with(source, words, kept, design), left_out


def _fits(source: str, words: Words, own: Scenario, parameter: Parameter) -> bool:
    """Whether a scenario takes both ends of a range."""
    try:
        for value in with_kind(own, parameter).ends:
            load(source, [*words.fixed, *overrides_of(parameter, value, own)])
    except ScenarioError:
        return False
    return True


def strongest_six(result: StudyResult, points: int = 0) -> Study:
    """The study of the six parameters that matter most by a screening, for any of its outcomes.

    Parameters
    ----------
    result
        A screening.
    points
        How many points; 0 for the usual number.

    Raises
    ------
    InputError
        If nothing was found to matter.
    """
    study = result.study
    rows = result.indices[result.indices["index"] == "morris"].dropna(subset=["value"])
    if not len(rows):
        raise InputError("the screening came to nothing: too many points failed; `answers.txt` says why")
    largest = rows.groupby("response")["value"].transform("max")
    share = (rows["value"] / largest.where(largest > 0.0, np.inf)).groupby(rows["parameter"]).max()
    paths = list(share.sort_values(ascending=False, kind="stable").index[:STRONGEST])
    parameters = tuple(each for path in paths for each in study.parameters if each.path == path)
    return replace(study, parameters=parameters, design=Design("sobol", points or POINTS, study.design.seed))
