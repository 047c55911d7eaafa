"""Scenarios at a few points across a design, for what is worked out before a study runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import numpy as np

from talentmarket.errors import InputError
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.reading.setting import own_scenario, scenario_at
from talentmarket.studies.reading.study import Side, Study
from talentmarket.studies.sampling.design import design_of


def scenarios_across(study: Study, sides: Sequence[Side], most: int) -> Iterator[tuple[Side, Scenario]]:
    """Some sides' scenarios at up to `most` points, evenly from the first to the last; those whose values go together."""
    design, varied = design_of(study), (*study.parameters, *study.levers)
    own = {side: own_scenario(study, side) for side in sides}
    columns = [design[each.path].tolist() for each in varied]
    for point in dict.fromkeys(np.linspace(0, len(design) - 1, min(most, len(design))).round().astype(int).tolist()):
        settings = [(each, column[point]) for each, column in zip(varied, columns, strict=True)]
        for side, scenario in own.items():
            with suppress(InputError):
                yield side, scenario_at(study, side, scenario, settings)
