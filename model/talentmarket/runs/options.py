"""How a scenario is run, and where its run folder goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from talentmarket.errors import InputError, whole_number
from talentmarket.runs.folder.naming import folder_name
from talentmarket.runs.replicates import Progress, Simulate
from talentmarket.runs.runs import Runs
from talentmarket.runs.workers import Crew

MOST_REPLICATES = 1_000_000
MOST_WORKERS = 4096


def say_nothing(notice: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class Options:
    """How a scenario is run.

    Attributes
    ----------
    replicates
        How many; 0 for the number that the scenario names, or that an interrupted run was to have.
    workers
        How many at once; 0 for one a processor. It changes no result.
    replace
        Give up the run folder and the interrupted run that are there, whatever their scenario.
    progress
        Called with (replicates done, replicates in all).
    notice
        Called with what the user should know of earlier runs.
    command, overrides
        What the user typed, for the manifest.
    simulate
        What runs one replicate, in place of the engine.
    crew
        Who runs the replicates in place of threads of this process.
    """

    replicates: int = 0
    workers: int = 0
    replace: bool = False
    progress: Progress | None = None
    notice: Callable[[str], None] = say_nothing
    command: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    simulate: Simulate | None = field(default=None, repr=False)
    crew: Crew | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises
        ------
        InputError
            If one is no whole number, negative or too large, or `replace` is neither True nor False.
        """
        object.__setattr__(self, "replicates", whole_number("replicates", self.replicates, MOST_REPLICATES))
        object.__setattr__(self, "workers", whole_number("workers", self.workers, MOST_WORKERS))
        if not isinstance(self.replace, bool):
            raise InputError(f"replace must be True or False, found {self.replace!r:.70}")


@dataclass(frozen=True)
class Place:
    """Where a run folder goes, `out`/`name`, and what draws its pictures.

    `plots(runs, folder)` writes pictures into an existing folder.
    """

    name: str
    out: Path = Path("outputs")
    plots: Callable[[Runs, Path], object] | None = None

    @property
    def folder(self) -> Path:
        """The run folder; its name holds nothing that would lead elsewhere."""
        return Path(self.out) / folder_name(self.name)
