"""What is called from Python and in notebooks: `run`, `compare`, `study` and `read_study`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory

from talentmarket.comparison.comparison import DEFAULT_PRECISION, Comparison, compared
from talentmarket.plots.comparison.gallery import draw
from talentmarket.plots.studies.gallery import draw as draw_study
from talentmarket.plots.studies.gallery import save_study_plots
from talentmarket.runs.folder.reading import read
from talentmarket.runs.running import Options, Place, run_to_folder
from talentmarket.runs.running import run as run_in_memory
from talentmarket.runs.runs import Runs
from talentmarket.runs.workers import Crew
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.studies.folder import read_result, write_result
from talentmarket.studies.reading.file import is_study
from talentmarket.studies.reading.words import Words, study_of
from talentmarket.studies.result import StudyResult
from talentmarket.studies.sampling.running import sample
from talentmarket.studies.screening import screening_of, strongest_six


def run(
    scenario: Scenario | str | PathLike[str],
    replicates: int = 0,
    workers: int = 0,
    folder: str | PathLike[str] | None = None,
    replace: bool = False,
    crew: Crew | None = None,
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
    crew
        Who runs the replicates, as `talentmarket.cluster` gives it; None for threads. It changes no result.

    Raises
    ------
    InputError
        If the scenario or a number is wrong, the folder cannot be written, or holds a run of another scenario.
    ReplicateError
        If every replicate failed.
    """
    resolved = scenario if isinstance(scenario, Scenario) else load(scenario)
    options = Options(replicates=replicates, workers=workers, replace=replace, crew=crew)
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


def study(
    source: str | PathLike[str],
    *,
    vary: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    base: str | PathLike[str] = "",
    design: str = "",
    points: int = 0,
    replicates: int = 0,
    folder: str | PathLike[str] | None = None,
    crew: Crew | None = None,
) -> StudyResult:
    """Study what an answer hangs on: a study file, or a scenario with what is varied.

    Parameters
    ----------
    source
        A study file, or a scenario file, or the name of a shipped one.
    vary, outcomes, base, design
        For a scenario: what is varied and what is asked, as after `--vary` and `--outcome` of the command, what it is
        compared with under the same shocks, and the kind of the design. With nothing varied all that is plausible is
        screened, and the strongest six parameters are studied.
    points, replicates
        How many; 0 for the usual number.
    folder
        A study's folder to leave behind, or to go on with if it is there; without one nothing is kept.
    crew
        Who runs the points, as `talentmarket.cluster` gives it; None for a thread a processor. It changes no result.

    Raises
    ------
    InputError
        If anything is wrong with the study, or the folder cannot be written or holds another one.
    """
    words = Words(tuple(vary), tuple(outcomes), (), str(base), design, points, replicates)
    if vary or is_study(str(source)):
        asked = study_of(str(source), words)
    else:
        screening = screening_of(str(source), words)
        with TemporaryDirectory() as nowhere:
            screened = StudyResult(sample(screening.study, Path(nowhere) / "study", crew))
        asked = strongest_six(screening, screened)
    if folder is None:
        with TemporaryDirectory() as nowhere:
            return StudyResult(sample(asked, Path(nowhere) / "study", crew), draw_study)
    result = StudyResult(sample(asked, Path(folder), crew), draw_study)
    write_result(result, Path(folder), save_study_plots)
    return result


def read_study(folder: str | PathLike[str]) -> StudyResult:
    """A study that was run, from its folder; nothing is run again.

    Raises
    ------
    RunFolderError
        If the folder is missing or damaged, or points have not been run yet.
    """
    return read_result(Path(folder), draw_study)
