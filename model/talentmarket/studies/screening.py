"""What an answer hangs on, asked without a file: Morris screening over all that is plausible, then the strongest six."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from talentmarket.errors import InputError, ScenarioError
from talentmarket.numbers import percent
from talentmarket.scenario.evidence.seeds import parameters as evidence
from talentmarket.scenario.inactive.rules import inactive
from talentmarket.scenario.places.locating import field_at, locate, value_at
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.reading.fields import file_schema
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.reading.overrides import split_override
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import path_text, pattern_fits, split_path
from talentmarket.studies.reading.acting import is_within
from talentmarket.studies.reading.checking import with_kind
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.ranges import plausible
from talentmarket.studies.reading.setting import overrides_of
from talentmarket.studies.reading.study import Design, Study
from talentmarket.studies.reading.telling_apart import kept_apart
from talentmarket.studies.reading.words import Words, check_words, study_with
from talentmarket.studies.result import StudyResult

PEOPLE = 6_000  # a quarter of the article's labs: a replicate takes a sixth of the time
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


class Screening(NamedTuple):
    """A study of all that is plausible, in a market that is quick.

    Attributes
    ----------
    study
        The Morris study.
    scale
        `population.scale` in it; smaller than the scenario's if that has many people.
    left_out
        Paths that the scenario refuses at an end of their range: they are bound to what else it sets.
    following
        The study that comes after it, with the first six of the parameters in place of the strongest.
    """

    study: Study
    scale: float
    left_out: tuple[str, ...]
    following: Study


def screening_of(source: str, words: Words) -> Screening:
    """The Morris study of a scenario over all that is plausible.

    Which parameters matter is seen in a small market as in a large one, and a campaign keeps its size; so a scenario of many
    people is screened with `PEOPLE` of them, and only what follows has all. What `--set` sets stays as it is.

    Raises
    ------
    InputError
        As `words.study_of` does.
    """
    check_words(words)
    own = load(source, words.fixed)
    scale = own.population.scale * min(1.0, round(PEOPLE / own.researchers, 2))
    small = (
        replace(words, fixed=(*words.fixed, f"population.scale={scale:g}")) if scale < own.population.scale else words
    )
    acting = tuple(each for each in plausible_parameters(own) if each.factor or not _is_set(words, each, own))
    if words.base:
        base = load(words.base, words.fixed)
        acting = tuple(each for parameter in acting for each in kept_apart(parameter, base, own))
    kept = tuple(each for each in acting if all(_fits(source, one, own, each) for one in {words, small}))
    design = Design("morris", TRAJECTORIES * (len(kept) + 1), 1 if words.seed is None else words.seed)
    study = study_with(source, small, kept, design)
    if small is not words:
        study = replace(
            study, question=f"What does it hang on? Screened with {percent(scale / own.population.scale)} of the people"
        )
    left_out = tuple(each.path for each in acting if each not in kept)
    return Screening(study, scale, left_out, _following(study, words, kept[:STRONGEST], own.question))


def _following(study: Study, words: Words, parameters: tuple[Parameter, ...], question: str) -> Study:
    """The study of some parameters of a screening, with all the people."""
    design = Design("sobol", words.points or POINTS, study.design.seed)
    return replace(study, fixed=words.fixed, parameters=parameters, design=design, question=question)


def _is_set(words: Words, parameter: Parameter, own: Scenario) -> bool:
    """Whether `--set` says what a parameter is, so that it is not varied."""
    return any(is_within(split_override(text)[0], parameter.path, own) for text in words.fixed)


def _fits(source: str, words: Words, own: Scenario, parameter: Parameter) -> bool:
    """Whether a scenario takes both ends of a range."""
    try:
        for value in with_kind(own, parameter).ends:
            load(source, [*words.fixed, *overrides_of(parameter, value, own)])
    except ScenarioError:
        return False
    return True


def strongest_six(screening: Screening, result: StudyResult) -> Study:
    """The study of the six parameters that matter most by a screening, for any of its outcomes.

    Parameters
    ----------
    result
        The screening, run.

    Raises
    ------
    InputError
        If nothing was found to matter.
    """
    rows = result.indices[result.indices["index"] == "morris"].dropna(subset=["value"])
    if not len(rows):
        raise InputError("the screening came to nothing: too many points failed; `answers.txt` says why")
    largest = rows.groupby("response")["value"].transform("max")
    share = (rows["value"] / largest.where(largest > 0.0, np.inf)).groupby(rows["parameter"]).max()
    paths = list(share.sort_values(ascending=False, kind="stable").index[:STRONGEST])
    parameters = tuple(each for path in paths for each in result.study.parameters if each.path == path)
    return replace(screening.following, parameters=parameters)
