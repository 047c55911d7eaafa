"""What `compare` compares: run folders that are there and scenarios to run, and which side each setting is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from talentmarket.commands.common.options import seeded

if TYPE_CHECKING:
    from talentmarket.runs.options import Options
    from talentmarket.runs.places import Places
    from talentmarket.runs.runs import Runs
    from talentmarket.scenario.schema import Scenario

# What stands before the first colon of a setting, if no equals sign or quote stands before that.
ADDRESS = re.compile(r"([^:=\"']+):(?=[^:])(.*)", re.DOTALL)
PASSED_OVER = ("campaigns", "events")


@dataclass(frozen=True)
class Side:
    """One of the runs: a run folder that is there, or a scenario to run with its own settings."""

    name: str
    runs: Runs | None
    folder: Path
    scenario: Scenario
    settings: tuple[str, ...] = ()


def sides_of(
    sources: Sequence[str], wanted: Options, seed: int | None, out: Path, notice: Callable[[str], None]
) -> list[Side]:
    """All runs and scenarios, or everything that is wrong with any of them; nothing has run then.

    Parameters
    ----------
    sources
        Scenarios or run folders; the first is the base.
    wanted
        Replicates, workers and settings; `SIDE:PATH=VALUE` is one side's, by its name or its number from 1.
    seed
        In place of the scenarios' own.
    out
        Folder of the run folders.
    notice
        Told which settings a side is without.

    Raises
    ------
    InputError
        If a setting names no side, or a run folder; a ScenarioError if anything is wrong with a scenario.
    """
    from talentmarket.errors import ScenarioError
    from talentmarket.runs.folder.reading import read
    from talentmarket.runs.places import Places

    places = Places(out)
    there = {source: read(source) for source in sources if Path(source).is_dir()}
    first = next(iter(there.values()), None)
    seed = first.manifest.seed if seed is None and first is not None else seed
    replicates = wanted.replicates or (0 if first is None else first.manifest.replicates)
    settings = settings_of(sources, wanted.overrides, notice)
    sides: list[Side] = []
    problems: list[str] = []
    for source, own in zip(sources, settings, strict=True):
        try:
            if source in there:
                folder = Path(source).resolve()
                sides.append(Side(folder.name, there[source], folder, there[source].scenario))
            else:
                sides.append(_of_scenario(source, seeded(own, seed), replicates, wanted.workers, places))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))
    return sides


def settings_of(sources: Sequence[str], overrides: Sequence[str], notice: Callable[[str], None]) -> list[list[str]]:
    """The settings of each side, without those for a campaign or an event that it lacks and another side has.

    Raises
    ------
    InputError
        If a setting names no side, or a run folder.
    """
    from talentmarket.errors import InputError

    folders = [Path(source).is_dir() for source in sources]
    settings: list[list[str]] = [[] for _ in sources]
    for override in overrides:
        chosen, plain = _addressed(override, sources)
        if chosen is None:
            chosen = _those_that_have(plain, sources, folders, notice)
        elif any(folders[side] for side in chosen):
            named = ", ".join(sources[side] for side in chosen if folders[side])
            raise InputError(f"--set {override}: {named} is a run folder, which has run; settings are for scenarios")
        for side in chosen:
            settings[side].append(plain)
    return settings


def _addressed(override: str, sources: Sequence[str]) -> tuple[list[int] | None, str]:
    """Which sides a setting is for, by the name or number before its colon (None: for all), and the setting itself."""
    match = ADDRESS.fullmatch(override)
    if match is None:
        return None, override
    address, plain = match[1].strip(), match[2]
    if "." in address and not _sides_called(address, sources):
        return None, override  # a path with a colon in it
    return sides_named(f"--set {override}", address, sources), plain


def sides_named(where: str, address: str, sources: Sequence[str]) -> list[int]:
    """The sides that a name, a file or a number from 1 stands for.

    Raises
    ------
    InputError
        If it is none of them, or several; the message begins with `where`.
    """
    from talentmarket.errors import InputError

    chosen = _sides_called(address, sources)
    if not chosen:
        known = ", ".join(f"{Path(source).stem} or {number}" for number, source in enumerate(sources, start=1))
        raise InputError(f"{where}: {address!r} names no side of this comparison; they are {known}")
    if len(chosen) > 1:
        numbers = " or ".join(str(side + 1) for side in chosen)
        raise InputError(f"{where}: {address!r} names {len(chosen)} sides of this comparison; say {numbers}")
    return chosen


def _sides_called(address: str, sources: Sequence[str]) -> list[int]:
    """The sides that go by a name, a file or a number from 1."""
    names = [(source, Path(source).stem, str(number)) for number, source in enumerate(sources, start=1)]
    return [side for side, known in enumerate(names) if address in known]


def _those_that_have(
    override: str, sources: Sequence[str], folders: Sequence[bool], notice: Callable[[str], None]
) -> list[int]:
    """The scenarios that a setting for all is for: all, or those that have its campaign or event if only some do."""
    from talentmarket.errors import InputError
    from talentmarket.scenario.places.patterns import ANY
    from talentmarket.scenario.text.paths import split_path

    scenarios = [side for side in range(len(sources)) if not folders[side]]
    if not scenarios:
        raise InputError(f"--set {override}: only run folders are compared, which have run; settings are for scenarios")
    try:
        table, *rest = split_path(override.partition("=")[0].strip())
    except InputError:
        return scenarios  # whatever reads it will say what is wrong
    having = scenarios
    if table in PASSED_OVER and rest:
        names = {side: _names(sources[side], table) for side in scenarios}
        having = [side for side in scenarios if rest[0] in names[side] or (rest[0] == ANY and names[side])] or scenarios
    for side in range(len(sources)):
        if side not in having:
            why = (
                "it has run"
                if folders[side]
                else "it has no " + table.removesuffix("s") + ("" if rest[0] == ANY else f" {rest[0]!r}")
            )
            notice(f"{sources[side]} is compared without --set {override}: {why}.")
    return having


def _names(source: str, table: str) -> list[str]:
    """Names of the campaigns or events of a scenario as its file has it; none if that is wrong."""
    from talentmarket.errors import ScenarioError
    from talentmarket.scenario.reading.loading import load

    try:
        return [each.name for each in getattr(load(source), table)]
    except ScenarioError:
        return []


def _of_scenario(source: str, overrides: Sequence[str], replicates: int, workers: int, places: Places) -> Side:
    """A scenario, with its run folder if that holds all that is wanted."""
    from talentmarket.runs.resuming import finished_run
    from talentmarket.runs.workers import available_workers
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.reading.loading import load

    scenario = load(source, overrides)
    count = replicates or scenario.run.replicates
    scenario = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replicates": count})})
    check_memory(scenario, min(workers or available_workers(), count))
    folder = places.folder(Path(source).stem, scenario)
    return Side(Path(source).stem, finished_run(folder, scenario, count), folder, scenario, tuple(overrides))


def check_sides(sides: Sequence[Side]) -> None:
    """Refuse what can be refused before anything runs."""
    from talentmarket.comparison.pairing import check_alike, check_enough
    from talentmarket.runs.options import Options
    from talentmarket.runs.places import check_places

    check_alike([side.scenario for side in sides], [side.name for side in sides])
    check_enough([side.runs.manifest.replicates if side.runs else side.scenario.run.replicates for side in sides])
    if missing := [side for side in sides if side.runs is None]:
        check_places([side.folder for side in missing], [side.scenario for side in missing], Options())
