"""Finds the run folder of a scenario, so that what has run need not run again."""

from __future__ import annotations

import tomllib
from pathlib import Path

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.draft import SCENARIO, folder_name
from talentmarket.runs.folder.earlier import left_in
from talentmarket.runs.folder.provenance import changed_versions, scenario_hash
from talentmarket.runs.folder.reading import read
from talentmarket.runs.folder.swap import sibling
from talentmarket.runs.measures.everything import questions
from talentmarket.runs.runs import Runs
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.dumping import dumps

HASH_LENGTH = 8


def _any_count(scenario: Scenario) -> Scenario:
    """The scenario with one replicate: how many there are changes none of them."""
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"replicates": 1})})


def folder_for(scenario: Scenario, out: Path, name: str) -> Path:
    """Where a scenario's run folder stands: `out`/`name`, unless that holds a run of another scenario.

    Then the name ends in the first digits of the scenario's hash, so that each variant of a scenario has its own.
    """
    folder = Path(out) / folder_name(name)
    if not folder.exists() or _holds(folder, scenario):
        return folder
    return Path(out) / folder_name(f"{name}-{scenario_hash(_any_count(scenario))[:HASH_LENGTH]}")


def _holds(folder: Path, scenario: Scenario) -> bool:
    try:
        before = tomllib.loads((folder / SCENARIO).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    now = tomllib.loads(dumps(scenario))
    for each in (before, now):
        each.get("run", {}).pop("replicates", None)
    return before == now


def finished_run(folder: Path, scenario: Scenario) -> Runs | None:
    """The run in a folder, if it is this scenario's, of this version, and has all of its replicates and measures."""
    try:
        runs = read(folder)
    except RunFolderError:
        return None
    same = scenario_hash(_any_count(runs.scenario)) == scenario_hash(_any_count(scenario))
    enough = runs.manifest.replicates >= scenario.run.replicates
    if not same or not enough or changed_versions(runs.manifest.versions):
        return None
    finished = int((runs.replicates["error"].astype(str) == "").sum())
    return runs if len(runs.measures) == finished * len(questions(scenario)) else None


def can_resume(folder: Path, scenario: Scenario) -> bool:
    """Whether an interrupted run of this scenario and version is there to go on from."""
    started = left_in(sibling(folder.resolve(), "new"))
    return bool(started) and all(
        _holds(left.folder, scenario)
        and not changed_versions(left.manifest.versions)
        and left.manifest.replicates <= scenario.run.replicates
        for left in (*started, *left_in(folder))
    )
