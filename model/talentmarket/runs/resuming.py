"""Decides what of earlier runs is used: what an interrupted run left beside its folder, and the folder itself.

Whatever is of the same scenario and engine is gone on with; nothing that exists is given up unless the user says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.bounded import read_bounded
from talentmarket.runs.folder.draft import RUN, SCENARIO, Draft, holds_batches, part
from talentmarket.runs.folder.earlier import Earlier, Source
from talentmarket.runs.folder.manifest import FILE, read_manifest
from talentmarket.runs.folder.provenance import changed_engine
from talentmarket.runs.folder.reading import LARGEST_SCENARIO, content_of, read, scenario_document
from talentmarket.runs.folder.swap import check_ours, check_target, full_path, sibling
from talentmarket.runs.options import Options
from talentmarket.runs.replicates import batch_size
from talentmarket.runs.runs import Runs
from talentmarket.runs.tables.arrow import values_of
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import capital
from talentmarket.scenario.writing.changes import is_same_scenario, scenario_changes

MOST_CHANGES = 20
ADVICE = "choose another name for the run folder, or --replace what is there"


@dataclass(frozen=True)
class Plan:
    """What a run folder is to hold, and what of it is there.

    Attributes
    ----------
    count
        Number of replicates.
    earlier
        Those that earlier runs finished.
    missing
        How many are to be run.
    goes_on
        Whether the draft beside the folder is gone on with.
    replaces
        Whether the run folder that is there is given up.
    notice
        What the user should know of it; may be empty.
    """

    count: int
    earlier: Earlier
    missing: int
    goes_on: bool
    replaces: bool
    notice: str


def plan_run(target: Path, scenario: Scenario, options: Options) -> Plan:
    """Decide what to use of a run folder and of the draft beside it; nothing is changed.

    Raises
    ------
    InputError
        If no run folder can be put there.
    RunFolderError
        If what is there is of another scenario or engine, or cannot be read, and `options` do not replace it.
    """
    target = full_path(target)
    check_target(target, RUN)
    started = _interrupted(sibling(target, "new"), scenario, options)
    replaces = options.replace or (started is not None and started.manifest.replaces)
    there = _usable(target, scenario) if not replaces and (target / FILE).exists() else None
    earlier = Earlier(scenario, [source for source in (started, there) if source is not None], batch_size(scenario))
    wanted = options.replicates or (scenario.run.replicates if started is None else started.manifest.replicates)
    kept = _kept(scenario, started, there)
    count = max(wanted, kept)
    finished = len(earlier.finished(count))
    if wanted < kept:
        notice = f"{kept} replicates are there, more than {wanted}: all are kept."
    else:
        notice = f"{finished} of {count} replicates are there already." if finished else ""
    return Plan(count, earlier, count - finished, started is not None, replaces, notice)


def _interrupted(draft: Path, scenario: Scenario, options: Options) -> Source | None:
    """What an interrupted run finished; one that is to be replaced counts only if it was itself to replace another."""
    if not check_ours(draft, RUN) or not holds_batches(draft):
        return None
    try:
        source = _usable(draft, scenario)
    except RunFolderError:
        if options.replace:
            return None
        raise
    return None if options.replace and not source.manifest.replaces else source


def _usable(folder: Path, scenario: Scenario) -> Source:
    """What an earlier run left in a folder.

    Raises
    ------
    RunFolderError
        If it cannot be read, or is of another scenario (the message lists what has changed) or another engine.
    """
    try:
        source = Source(folder, read_manifest(folder))
        before = scenario_document(_scenario_bytes(source))
    except (OSError, ValueError, RunFolderError) as error:
        raise RunFolderError(f"{folder}: cannot be gone on with: {error}; {ADVICE}") from error
    if changes := scenario_changes(before, scenario):
        listed = [f"  {change}" for change in changes[:MOST_CHANGES]]
        more = [f"  and {len(changes) - MOST_CHANGES} more"] if len(changes) > MOST_CHANGES else []
        lines = [f"{folder}: holds a run of another scenario; what has changed since:", *listed, *more]
        raise RunFolderError("\n".join([*lines, f"{capital(ADVICE)}."]))
    if versions := changed_engine(source.manifest.versions):
        raise RunFolderError(f"{folder}: another engine made what is there: {', '.join(versions)}; {ADVICE}")
    return source


def _scenario_bytes(source: Source) -> bytes:
    if source.manifest.files:
        return content_of(source.folder, source.manifest.entry(SCENARIO))
    return read_bounded(source.folder / SCENARIO, LARGEST_SCENARIO)


def _kept(scenario: Scenario, started: Source | None, there: Source | None) -> int:
    """How many replicates there must be if none that exists is to be lost."""
    whole = 0 if there is None else there.manifest.replicates
    if started is None:
        return whole
    finished = Earlier(scenario, [started], batch_size(scenario)).finished(started.manifest.replicates)
    return max(whole, max(finished, default=-1) + 1)


def tidy(draft: Draft, scenario: Scenario, plan: Plan) -> None:
    """Rid a draft of everything that the plan does not go on with."""
    parts = {part(name, number) for name in TABLES for number in range(-(-plan.count // batch_size(scenario)))}
    draft.keep_only({FILE, SCENARIO, *parts} if plan.goes_on else ())


def finished_run(folder: Path, scenario: Scenario, count: int) -> Runs | None:
    """The run in a folder, if it is this scenario's, of this engine, and has `count` replicates with their measures."""
    try:
        runs = read(folder)
        if (
            runs.manifest.replicates < count
            or not is_same_scenario(runs.scenario, scenario)
            or changed_engine(runs.manifest.versions)
        ):
            return None
        measured = np.unique(values_of(runs.load("measures")["replicate"])).size
        return runs if measured == runs.manifest.replicates - len(runs.failures) else None
    except RunFolderError:
        return None


def complete_run(folder: Path, scenario: Scenario, plan: Plan) -> Runs | None:
    """The run in a folder, if it is all that is planned and every byte is as it was written."""
    if plan.replaces or plan.missing:
        return None
    runs = finished_run(folder, scenario, plan.count)
    if runs is None or runs.manifest.replicates != plan.count:
        return None
    try:
        for entry in runs.manifest.files:
            content_of(folder, entry)
    except RunFolderError:
        return None
    return runs
