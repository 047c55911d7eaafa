"""Sets the parameters of a study: `*` and factors become plain overrides of a scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from talentmarket.scenario.places.patterns import paths_of, scaled
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
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
        yield f"{path}={json.dumps(scaled(path, value, scenario) if parameter.factor else value)}"


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
