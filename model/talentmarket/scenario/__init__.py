"""Scenario files in, a checked `Scenario` out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from talentmarket.scenario.catalogue import shipped_scenarios
    from talentmarket.scenario.dumping import dumps
    from talentmarket.scenario.loading import load
    from talentmarket.scenario.memory import check_memory
    from talentmarket.scenario.schema import Scenario

# Imported on use: `talentmarket --help` needs none of it.
_HOME = {
    "Scenario": "talentmarket.scenario.schema",
    "check_memory": "talentmarket.scenario.memory",
    "dumps": "talentmarket.scenario.dumping",
    "load": "talentmarket.scenario.loading",
    "shipped_scenarios": "talentmarket.scenario.catalogue",
}

__all__ = ["Scenario", "check_memory", "dumps", "load", "shipped_scenarios"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'talentmarket.scenario' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
