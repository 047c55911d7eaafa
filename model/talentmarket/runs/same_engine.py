"""What every worker of a cluster does before its first call; imports Dask."""

from __future__ import annotations

from typing import Any

from distributed import WorkerPlugin

from talentmarket.errors import InputError
from talentmarket.runs.folder.provenance import ENGINE, code_versions


class SameEngine(WorkerPlugin):
    """What every worker does before its first call: it compares its engine, and compiles it.

    Parameters
    ----------
    wanted
        Versions by name, as `code_versions` has them here.
    """

    name = "talentmarket-same-engine"

    def __init__(self, wanted: dict[str, str]) -> None:
        self._wanted = wanted

    def setup(self, worker: Any) -> None:
        """Refuse to work, or get ready.

        Raises
        ------
        InputError
            If the engine, or what it is compiled by, has another version.
        """
        from talentmarket.market.warming import warm_up

        there = code_versions()
        differing = [name for name in ENGINE if there[name] != self._wanted[name]]
        if differing:
            told = ", ".join(f"{name} {there[name] or 'none'} in place of {self._wanted[name]}" for name in differing)
            raise InputError(f"the worker {worker.address} has {told}; install the same talentmarket there")
        warm_up()
