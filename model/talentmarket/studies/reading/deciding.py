"""What a study's answer hangs on besides what it varies: the parameters that decide it and are the same at every point."""

from __future__ import annotations

from contextlib import suppress

from talentmarket.errors import ScenarioError
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.raid import ANSWER
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.resting import deciding_paths, in_turn, pattern_of
from talentmarket.studies.reading.setting import own_scenario
from talentmarket.studies.reading.study import Study

CAMPAIGNS = "campaigns"
OF_RAIDS = {each.name for each in MEASURES if each.scope in ("raids", "raided", "campaigns") and each.group != ANSWER}


def own_scenarios(study: Study) -> list[Scenario]:
    """The scenarios of all sides; a folder that has come from elsewhere may be without their files."""
    found = []
    for side in study.sides:
        with suppress(ScenarioError):
            found.append(own_scenario(study, side))
    return found


def held(study: Study) -> list[str]:
    """Parameters that decide what the varied ones do, with `*` for list items, the most important first; none that is varied.

    Of what raids come to, what decides a raid decides as well, whatever is varied.
    """
    varied = [each.path for each in (*study.parameters, *study.levers)]
    patterns = {pattern_of(path) for path in varied}
    asks_of_raids = {each.measure for each in study.outcomes} & OF_RAIDS
    raid = [CAMPAIGNS] if asks_of_raids and not any(path.startswith(CAMPAIGNS) for path in varied) else []
    decided = in_turn(deciding_paths(paths) for paths in (varied, raid) if paths)
    return [path for path in decided if path not in patterns]
