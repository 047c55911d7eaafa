"""Sets the parameters of a study: `*` and factors become plain overrides of a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.places.locating import Field, child, inside, is_list_of_tables, members, names_in, value_at
from talentmarket.scenario.reading.fields import file_schema
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.text.paths import Path, path_text, split_path
from talentmarket.scenario.text.wording import nearest, one_line
from talentmarket.studies.reading.parameter import Parameter
from talentmarket.studies.reading.study import Side, Study


def overrides_of(parameter: Parameter, value: Any, scenario: Scenario) -> Iterator[str]:
    """The `path=value` of every place that a parameter names in a scenario.

    Raises
    ------
    InputError
        If it names none, or a factor is to multiply what is no number.
    """
    for path in paths_of(parameter.path, scenario):
        yield f"{path}={json.dumps(_scaled(path, value, scenario) if parameter.factor else value)}"


def _scaled(path: str, factor: float, scenario: Scenario) -> float:
    if path.startswith("defaults."):
        raise InputError(
            f"{path}: defaults have no value of their own to multiply; name labs.*, campaigns.* or tiers.*"
        )
    own = value_at(scenario, path)
    if isinstance(own, bool) or not isinstance(own, int | float):
        raise InputError(f"{path} is no number, so that nothing can multiply it")
    return round(own * factor) if isinstance(own, int) else own * factor


def paths_of(pattern: str, scenario: Scenario) -> list[str]:
    """The paths that a pattern names in a scenario: `*` stands for every item of a list.

    Raises
    ------
    InputError
        If it names none; the message says which part is unknown, and the nearest known name.
    """
    parts = split_path(pattern)
    if parts[0] == "defaults":
        return [path_text(parts)]
    found = [path_text(path) for path in _expanded(parts, (), file_schema(), scenario)]
    if not found:
        raise InputError(f"{pattern} names nothing in {scenario.title!r}")
    return found


def _expanded(parts: Path, before: Path, field: Field, tree: Any) -> Iterator[Path]:
    if not parts:
        yield before
        return
    part, rest = parts[0], parts[1:]
    if is_list_of_tables(field):
        known = members(tree)
        for name in known if part == "*" else (part,):
            if name not in known:
                raise InputError(f"there is no '{one_line(name)}' in {path_text(before)}; {nearest(name, known)}")
            yield from _expanded(rest, (*before, name), inside(field, 0), known[name])
    elif part not in names_in(field):
        where = f"in {path_text(before)}" if before else "at the top"
        raise InputError(f"there is no '{one_line(part)}' {where}; {nearest(part, names_in(field))}")
    else:
        yield from _expanded(rest, (*before, part), inside(field, part), child(tree, part))


def scenario_at(study: Study, side: Side, own: Scenario, settings: Sequence[tuple[Parameter, Any]]) -> Scenario:
    """A side's scenario at a point of the design.

    Parameters
    ----------
    own
        The side's scenario with what is fixed, from `own_scenario`.
    settings
        Parameters and levers with their values.

    Raises
    ------
    InputError
        If the values do not go together.
    """
    applied = [
        override
        for parameter, value in settings
        if not (parameter.run_only and side == study.base)
        for override in overrides_of(parameter, value, own)
    ]
    return load(side.source, [*study.fixed, *applied])


def own_scenario(study: Study, side: Side) -> Scenario:
    """A side's scenario with what is fixed. Raises ScenarioError as `load` does."""
    return load(side.source, study.fixed)
