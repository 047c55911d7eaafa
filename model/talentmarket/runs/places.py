"""Where run folders go: settled for all scenarios of a command before the first of them runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.disk_space import check_room
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.naming import folder_name, same_place, with_hash
from talentmarket.runs.folder.provenance import ENGINE, code_versions, scenario_hash
from talentmarket.runs.folder.swap import full_path
from talentmarket.runs.options import Options
from talentmarket.runs.resuming import Plan, plan_run
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.changes import is_same_scenario


def check_names(names: Iterable[str]) -> None:
    """Check that the run folders of a command are all different ones.

    Raises
    ------
    InputError
        If two names come to the same folder.
    """
    taken: dict[str, str] = {}
    for name in names:
        folder = folder_name(name)
        if (other := taken.get(same_place(folder))) is not None:
            raise InputError(
                f"{other!r} and {name!r} would both go to the run folder {folder}; run them one by one, each with a --name"
            )
        taken[same_place(folder)] = name


def check_places(folders: Sequence[Path], scenarios: Sequence[Scenario], options: Options) -> None:
    """Refuse what can be refused before anything runs: folders of another scenario or engine, and a disk without room.

    Raises
    ------
    InputError
        If any of them cannot be run into its folder.
    """
    plans = [_planned(folder, scenario, options) for folder, scenario in zip(folders, scenarios, strict=True)]
    for out in {folder.parent for folder in folders}:
        check_room(out, [(scenario, plan.missing) for scenario, plan in zip(scenarios, plans, strict=True)])


class Places:
    """Run folders below `out` for the scenarios of one command, none of which stands in another's way.

    Each has the name that is asked for, unless another scenario of the command, or a run of another scenario or engine,
    has taken it; then the name ends in the first digits of a hash of scenario and engine.
    """

    def __init__(self, out: Path) -> None:
        self._out = Path(out)
        self._taken: dict[str, Scenario] = {}

    def folder(self, name: str, scenario: Scenario) -> Path:
        """Where a scenario's run folder stands, or will."""
        plain = folder_name(name)
        own = folder_name(with_hash(plain, _identity(scenario)))
        chosen = plain if self._is_free(plain, scenario) else own
        self._taken[same_place(chosen)] = scenario
        return self._out / chosen

    def _is_free(self, name: str, scenario: Scenario) -> bool:
        other = self._taken.get(same_place(name))
        if other is not None and not is_same_scenario(other, scenario):
            return False
        try:
            _planned(self._out / name, scenario, Options())
        except RunFolderError:
            return False
        return True


def _planned(folder: Path, scenario: Scenario, options: Options) -> Plan:
    """A plan, made again under the lock if there is none: another process may put its run there while one looks.

    Raises
    ------
    InputError
        As `plan_run` does; also if another process writes the folder.
    """
    try:
        return plan_run(folder, scenario, options)
    except (OSError, RunFolderError):
        with suppress(OSError), locked(full_path(folder)):
            return plan_run(folder, scenario, options)
        raise


def _identity(scenario: Scenario) -> str:
    """A hash of scenario and engine; how many replicates there are changes neither."""
    one = scenario.model_copy(update={"run": scenario.run.model_copy(update={"replicates": 1})})
    engine = [code_versions()[name] for name in ENGINE]
    return hashlib.sha256(f"{scenario_hash(one)} {engine}".encode()).hexdigest()
