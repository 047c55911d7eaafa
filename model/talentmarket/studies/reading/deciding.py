"""What a study's answer hangs on besides what it varies: the parameters that decide it and are the same at every point."""

from __future__ import annotations

from contextlib import suppress

from talentmarket.errors import ScenarioError
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import deciding_paths, pattern_of
from talentmarket.studies.reading.setting import own_scenario
from talentmarket.studies.reading.study import Study


def own_scenarios(study: Study) -> list[Scenario]:
    """The scenarios of all sides; a folder that has come from elsewhere may be without their files."""
    found = []
    for side in study.sides:
        with suppress(ScenarioError):
            found.append(own_scenario(study, side))
    return found


def held(study: Study) -> list[str]:
    """Parameters that decide what the varied ones do, with `*` for list items, the most important first; none that is varied."""
    varied = [each.path for each in (*study.parameters, *study.levers)]
    patterns = {pattern_of(path) for path in varied}
    return [path for path in deciding_paths(varied) if path not in patterns]
