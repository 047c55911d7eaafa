"""What tells a run from its base, and which parameters would overwrite it: those that are varied on both sides alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import value_at
from talentmarket.scenario.places.patterns import paths_of
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.wording import as_written
from talentmarket.studies.reading.parameter import COMMAND_LINE, Parameter


def overwritten(parameter: Parameter, base: Scenario, run: Scenario) -> list[str]:
    """The paths at which a base and a run differ, and which a parameter gives one value on both; factors keep them apart."""
    if parameter.run_only or parameter.factor or parameter.path.startswith("defaults."):
        return []
    with suppress(InputError):  # the check of its values tells why
        shared = {*paths_of(parameter.path, base)}
        own = [path for path in paths_of(parameter.path, run) if path in shared]
        return [path for path in own if value_at(run, path) != value_at(base, path)]
    return []


def refusal(parameter: Parameter, path: str, base: tuple[str, Scenario], run: tuple[str, Scenario]) -> str:
    """Why a parameter is not varied on both sides, each given by its name and scenario, and how it can be varied."""
    (base_name, before), (run_name, now) = base, run
    told = (
        f"{path} is {as_written(value_at(now, path))} in {run_name} and {as_written(value_at(before, path))} in {base_name};"
        " varied in both it no longer tells them apart"
    )
    if parameter.place == COMMAND_LINE:
        ways = f"run:{parameter.path}=… varies it in {run_name} alone, both:{parameter.path}=… in both all the same"
    else:
        ways = f'with on = "run" it varies in {run_name} alone, with on = "both" in both all the same'
    return f"{told}. {ways}"


def kept_apart(parameter: Parameter, base: Scenario, run: Scenario) -> Iterator[Parameter]:
    """A parameter as it can be varied on both sides; where it would overwrite a difference, one of the run alone for each path."""
    paths = overwritten(parameter, base, run)
    yield from (replace(parameter, path=path, run_only=True) for path in paths) if paths else (parameter,)
