"""What is called from Python and in notebooks: `run`, `read`, `compare`, `study`, `read_study` and `calibrate`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as with_fields
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from talentmarket.calibration.folder import opened, write_fitted
from talentmarket.calibration.reading import find_calibration, read_calibration
from talentmarket.calibration.result import Fitted
from talentmarket.calibration.result import calibrate as fit
from talentmarket.calibration.trials import Trials
from talentmarket.comparison.comparison import DEFAULT_PRECISION, Comparison, compared
from talentmarket.errors import InputError, whole_number
from talentmarket.market.numeric.progress import say_if_compiling
from talentmarket.market.simulate import LAST_KEY
from talentmarket.plots.calibration.gallery import save_calibration_plots
from talentmarket.plots.comparison.gallery import draw
from talentmarket.plots.run.gallery import draw_run
from talentmarket.plots.studies.gallery import draw as draw_study
from talentmarket.plots.studies.gallery import save_study_plots
from talentmarket.runs.folder.reading import read as read_runs
from talentmarket.runs.options import MOST_REPLICATES, MOST_WORKERS, Options, Place
from talentmarket.runs.running import run as run_in_memory
from talentmarket.runs.running import run_to_folder
from talentmarket.runs.runs import Runs
from talentmarket.runs.workers import Crew
from talentmarket.scenario.reading.loading import load
from talentmarket.scenario.schema import Scenario
from talentmarket.scenario.writing.dumping import override
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
    *,
    seed: int | None = None,
    set: Mapping[str, Any] | None = None,
    name: str = "",
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
    seed
        In place of the scenario's own, 0 to 2**32 - 1.
    set
        Values by their paths in place of the scenario's, as in `{"choice.noise": 0.5}`.
    name
        What tables and pictures call it in place of the scenario's title.

    Raises
    ------
    InputError
        If the scenario or a number is wrong, the folder cannot be written, or holds a run of another scenario.
    ReplicateError
        If every replicate failed.
    """
    changes = _changes(seed, set, name)
    if isinstance(scenario, Scenario):
        resolved = scenario.changed(changes) if changes else scenario
    else:
        resolved = load(scenario, [override(path, value) for path, value in changes.items()])
    overrides = tuple(override(path, value) for path, value in changes.items())
    options = Options(replicates=replicates, workers=workers, replace=replace, crew=crew, overrides=overrides)
    place = None if folder is None else _path("folder", folder)
    say_if_compiling()
    if place is None:
        return _with_pictures(run_in_memory(resolved, options))
    return _with_pictures(run_to_folder(resolved, Place(place.name, place.parent), options))


def read(folder: str | PathLike[str]) -> Runs:
    """Read a run folder; its tables are loaded, and their hashes checked, when first asked for.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or was not written by talentmarket.
    InputError
        If it is no path.
    """
    return _with_pictures(read_runs(_path("folder", folder)))


def _changes(seed: int | None, values: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    """What is to be changed, by path."""
    if not isinstance(values, Mapping | None) or not all(isinstance(path, str) for path in values or ()):
        raise InputError(f"set takes values by their paths, as in {{'choice.noise': 0.5}}, found {values!r:.70}")
    if not isinstance(name, str):
        raise InputError(f"a name is text, found {name!r:.70}")
    changes = dict(values or {})
    if seed is not None:
        changes["run.seed"] = whole_number("seed", seed, LAST_KEY)
    return {**changes, "title": name} if name else changes


def _path(what: str, given: object) -> Path:
    if not isinstance(given, str | PathLike):
        raise InputError(f"{what} must be a path, found {given!r:.70}")
    return Path(given)


def _with_pictures(runs: Runs) -> Runs:
    return with_fields(runs, draw=draw_run)


def compare(
    *runs: Runs | str | PathLike[str], names: Sequence[str] = (), precision: float = DEFAULT_PRECISION
) -> Comparison:
    """Compare runs with the first of them, replicate by replicate.

    Parameters
    ----------
    runs
        Runs or run folders of one seed and one number of months; the first is the base.
    names
        What each is called, in tables, pictures and reports; none for the titles of their scenarios, and what differs
        where several share one.
    precision
        Wanted half-width of a difference's interval as a share of the difference; `replicates_needed` says with how many
        replicates it would be reached.

    Raises
    ------
    InputError
        If the runs cannot be paired; the message says why.
    """
    return compared([each if isinstance(each, Runs) else read(each) for each in runs], names, precision, draw, names)


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
    say_if_compiling()
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
    return read_result(_path("folder", folder), draw_study)


def calibrate(
    source: str | PathLike[str],
    *,
    confirm: int = 100,
    workers: int = 0,
    folder: str | PathLike[str] | None = None,
    replace: bool = False,
) -> Fitted:
    """Find the parameter values at which the model meets the targets of a calibration file. Takes minutes.

    Parameters
    ----------
    source
        A calibration file, or "baseline" for the shipped one.
    confirm
        Replicates of the table of targets at the point found, at least 2.
    workers
        How many replicates at once; 0 for one a processor. It changes no result.
    folder
        A calibration's folder to leave behind, or to go on with if it is there; without one nothing is kept.
    replace
        Give up what is in that folder, and begin anew.

    Raises
    ------
    InputError
        If anything is wrong with the file or a number, or the folder cannot be written or holds another calibration.
    """
    calibration = read_calibration(find_calibration(str(_path("source", source))))
    if whole_number("confirm", confirm, MOST_REPLICATES) < 2:
        raise InputError(f"confirm must be at least 2, found {confirm}")
    trials = Trials(calibration, whole_number("workers", workers, MOST_WORKERS))
    say_if_compiling()
    if folder is None:
        with TemporaryDirectory() as nowhere, opened(Path(nowhere) / "calibration", trials, replace):
            return fit(calibration, trials, confirm)
    place = _path("folder", folder)
    with opened(place, trials, replace):
        fitted = fit(calibration, trials, confirm)
        write_fitted(fitted, place, save_calibration_plots)
    return fitted
