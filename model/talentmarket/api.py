"""What is called from Python and in notebooks: `run` and `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from talentmarket.comparison.comparison import DEFAULT_PRECISION, Comparison, compared
from talentmarket.plots.comparison.gallery import draw
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run_to_folder
from talentmarket.runs.running import run as run_in_memory
from talentmarket.runs.runs import Runs
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario


def run(
    scenario: Scenario | str | PathLike[str],
    replicates: int = 0,
    workers: int = 0,
    folder: str | PathLike[str] | None = None,
    replace: bool = False,
) -> Runs:
    """Run a scenario many times.

    Parameters
    ----------
    scenario
        A scenario, a file, or the name of a shipped one.
    replicates
        How many; 0 for the scenario's number.
    workers
        How many at once; 0 for one a processor. It changes no result.
    folder
        A run folder to leave behind, or to go on with if it is there; without one the tables stay in memory.
    replace
        Give up what is in that folder, and run anew.

    Raises
    ------
    InputError
        If the scenario or a number is wrong, the folder cannot be written, or holds a run of another scenario.
    ReplicateError
        If every replicate failed.
    """
    resolved = scenario if isinstance(scenario, Scenario) else load(scenario)
    options = Options(replicates=replicates, workers=workers, replace=replace)
    if folder is None:
        return run_in_memory(resolved, options)
    place = Path(folder)
    return run_to_folder(resolved, Place(place.name, place.parent), options)


def compare(
    *runs: Runs | str | PathLike[str], names: Sequence[str] = (), precision: float = DEFAULT_PRECISION
) -> Comparison:
    """Compare runs with the first of them, replicate by replicate.

    Parameters
    ----------
    runs
        Runs or run folders of one seed and one number of months; the first is the base.
    names
        A name for each; none for the titles of their scenarios.
    precision
        Wanted half-width of a difference's interval as a share of the difference; `replicates_needed` says with how many
        replicates it would be reached.

    Raises
    ------
    InputError
        If the runs cannot be paired; the message says why.
    """
    return compared([each if isinstance(each, Runs) else read(Path(each)) for each in runs], names, precision, draw)
