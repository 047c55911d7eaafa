"""Decides what of earlier runs is used: what an interrupted run left beside its folder, and the folder itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.draft import SCENARIO, Draft, part
from talentmarket.runs.folder.earlier import Earlier, Left, left_in
from talentmarket.runs.folder.manifest import FILE
from talentmarket.runs.folder.provenance import changed_versions
from talentmarket.runs.options import Options
from talentmarket.runs.replicates import batch_size
from talentmarket.runs.tables.columns import TABLES
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.changes import changes
from talentmarket.scenario.writing.dumping import dumps

MOST_CHANGES = 20
REPLICATES = "run.replicates"  # how many there are changes none of them


@dataclass(frozen=True)
class Plan:
    """How many replicates a run folder is to hold, and those that earlier runs finished."""

    count: int
    earlier: Earlier


def refuse_changes(folder: Path, scenario: Scenario, advice: str = "choose another --name, or --replace it") -> None:
    """Check that a folder, if it is there, holds a run of the same scenario; its number of replicates may differ.

    Raises
    ------
    RunFolderError
        If it holds a run of another one; the message lists what has changed, and ends with the advice.
    """
    place = folder / SCENARIO
    if not place.is_file():
        return
    try:
        before = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunFolderError(f"{place}: cannot be compared with the scenario to run: {error}; {advice}") from error
    found = [each for each in changes(before, tomllib.loads(dumps(scenario))) if each.path != REPLICATES]
    if found:
        listed = [f"  {change}" for change in found[:MOST_CHANGES]]
        more = [f"  and {len(found) - MOST_CHANGES} more"] if len(found) > MOST_CHANGES else []
        lines = [f"{folder}: holds a run of another scenario; what has changed since:", *listed, *more]
        raise RunFolderError("\n".join([*lines, f"{advice[0].upper()}{advice[1:]}."]))


def prepare(target: Path, draft: Draft, scenario: Scenario, options: Options) -> Plan:
    """Decide what to use, and rid the draft of everything else.

    Raises
    ------
    RunFolderError
        If the folder, or the interrupted run to go on from, is of another scenario or of another version.
    """
    if not options.replace:
        refuse_changes(target, scenario)
    there = [] if options.replace else left_in(target)
    started = left_in(draft.folder)
    plan = _resumed if options.resume else _anew
    count, sources = plan(there, started, scenario, options)
    size = batch_size(scenario)
    earlier = Earlier(sources, size)
    parts = {part(name, number) for name in TABLES for number in range(-(-count // size))}
    draft.keep_only({FILE, SCENARIO, *parts} if sources and sources[0].folder == draft.folder else ())
    if found := earlier.count(count):
        options.notice(f"{found} of {count} replicates are there already.")
    return Plan(count, earlier)


def _resumed(there: list[Left], started: list[Left], scenario: Scenario, options: Options) -> tuple[int, list[Left]]:
    """The number of replicates, and everything that is there to go on from."""
    sources = [*started, *there]
    for source in started:
        refuse_changes(source.folder, scenario, "leave out --resume to start anew")
    for source in sources:
        if versions := changed_versions(source.manifest.versions):
            raise RunFolderError(
                f"{source.folder}: cannot go on, other versions made what is there: {', '.join(versions)}; "
                "leave out --resume to start anew"
            )
    held = max((source.manifest.replicates for source in sources), default=scenario.run.replicates)
    count = options.replicates or held
    for whole in there:
        if count < whole.manifest.replicates:
            raise RunFolderError(
                f"{whole.folder}: holds {whole.manifest.replicates} replicates, more than {count}, and --resume takes "
                "none away; leave it out to run them anew"
            )
    return count, sources


def _anew(there: list[Left], started: list[Left], scenario: Scenario, options: Options) -> tuple[int, list[Left]]:
    """The number of replicates; the folder is used only if more are wanted than it holds."""
    count = options.replicates or scenario.run.replicates
    for left in started:
        finished = Earlier([left], batch_size(scenario)).count(left.manifest.replicates)
        options.notice(
            f"An interrupted run of {left.manifest.replicates} replicates is there, {finished} of them finished: "
            "--resume goes on with it; without, it is started anew."
        )
    return count, [
        left for left in there if count > left.manifest.replicates and not changed_versions(left.manifest.versions)
    ]
