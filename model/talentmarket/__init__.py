"""talentmarket: an agent-based laboratory for the fight over AI researchers.

>>> import talentmarket as tm
>>> scenario = tm.load("meta_raid")
>>> scenario.title
'Meta raids OpenAI'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talentmarket.errors import InputError, ReplicateError, RunFolderError, ScenarioError, TalentMarketError
    from talentmarket.interactive import compare, run
    from talentmarket.market.mesa_model import TalentMarket
    from talentmarket.market.simulate import simulate
    from talentmarket.runs.comparison import Comparison
    from talentmarket.runs.reading import read
    from talentmarket.runs.runs import Runs
    from talentmarket.scenario import Scenario, dumps, load

# Imported on use: Mesa, Numba and pandas take a second each.
_HOME = {
    "Comparison": "talentmarket.runs.comparison",
    "InputError": "talentmarket.errors",
    "ReplicateError": "talentmarket.errors",
    "RunFolderError": "talentmarket.errors",
    "Runs": "talentmarket.runs.runs",
    "Scenario": "talentmarket.scenario",
    "ScenarioError": "talentmarket.errors",
    "TalentMarket": "talentmarket.market.mesa_model",
    "TalentMarketError": "talentmarket.errors",
    "compare": "talentmarket.interactive",
    "dumps": "talentmarket.scenario",
    "load": "talentmarket.scenario",
    "read": "talentmarket.runs.reading",
    "run": "talentmarket.interactive",
    "simulate": "talentmarket.market.simulate",
}

__all__ = [
    "Comparison",
    "InputError",
    "ReplicateError",
    "RunFolderError",
    "Runs",
    "Scenario",
    "ScenarioError",
    "TalentMarket",
    "TalentMarketError",
    "compare",
    "dumps",
    "load",
    "read",
    "run",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'talentmarket' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
