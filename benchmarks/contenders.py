"""The rivals that are installed here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from benchmarks.poaching import Poaching, Record

Prepare = Callable[[Poaching], Callable[[], Record]]


class Contender(NamedTuple):
    """A program that can simulate poach-bench."""

    name: str
    prepare: Prepare
    researcher_months: float  # a round may hold, so that it takes seconds and not minutes


# Modules of `benchmarks.rivals`, and the researcher-months of a round at most.
MODULES = {
    "talentmarket_engine": 1e9,
    "c_scalar": 1e9,
    "numpy_sparse": 1e9,
    "starsim_columns": 5e6,
    "mesa_frames_columns": 5e6,
    "mesa_objects": 3e5,
    "agentpy_objects": 2e5,
}


def contenders() -> tuple[list[Contender], dict[str, str]]:
    """Those that can be imported, talentmarket first, and why each of the others cannot."""
    found, missing = [], {}
    for module, work in MODULES.items():
        try:
            rival = import_module(f"benchmarks.rivals.{module}")
            getattr(rival, "library", lambda: None)()
        except ImportError as error:
            missing[module] = str(error)
        else:
            found.append(Contender(rival.NAME, rival.prepare, work))
    return found, missing
