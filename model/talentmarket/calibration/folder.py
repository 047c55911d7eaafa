"""The folder of a calibration: every trial as it is finished, and what follows from them; read again from there.

Every file is written beside its place and renamed; trials that are there are never simulated again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from talentmarket.calibration.file import Calibration
from talentmarket.calibration.fitted_scenario import fitted_text
from talentmarket.calibration.moments import question, scenario_at
from talentmarket.calibration.recovery import Recovery
from talentmarket.calibration.result import Fitted
from talentmarket.calibration.result import calibrate as solved
from talentmarket.calibration.trials import Trials
from talentmarket.calibration.words import sentences
from talentmarket.errors import InputError, RunFolderError
from talentmarket.runs.folder.bounded import read_bounded, read_json
from talentmarket.runs.folder.draft import REPORT, Draft
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.provenance import ENGINE, code_versions, git_revision, scenario_hash
from talentmarket.runs.folder.swap import clear_debris, why
from talentmarket.runs.tables.arrow import parquet_bytes, parquet_table
from talentmarket.runs.tables.spreadsheet import csv_bytes

FORMAT = "talentmarket calibration"
CLAIM, TRIALS, MANIFEST, FITTED = "calibration.json", "trials.parquet", "manifest.json", "fitted.toml"
ANSWERS, PLOTS, CHECK, RECOVERY = "answers.txt", "plots", "check", "recovery.csv"
JACOBIAN = "jacobian.parquet"
TABLES = ("estimates", "targets", "sensitivity", "suggestions", "directions", "correlations")
PROFILES = "profiles.csv"
ASKED = "calibration"  # the whole file; what of it makes trials other ones stands beside it


@contextmanager
def opened(folder: Path, trials: Trials, replace: bool) -> Iterator[None]:
    """Make a folder this calibration's, take in the trials that it holds, and keep new ones there; others keep out.

    Parameters
    ----------
    replace
        Give up what is there.

    Raises
    ------
    InputError
        If the folder cannot be written, or (RunFolderError) is not one of talentmarket's, holds trials of another
        model, or is being written by another process.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            _claim(folder, trials.calibration, replace)
            clear_debris(folder)
            with_trials(folder, trials)
            yield
    except OSError as error:
        raise InputError(f"{folder}: the calibration cannot be written: {why(error, folder)}") from error


def with_trials(folder: Path, trials: Trials) -> None:
    """Take in the trials of a folder, and keep new ones there; a damaged file is as if it were not there."""
    with suppress(OSError, ValueError, KeyError, pa.ArrowException):
        trials.read(parquet_table(read_bounded(folder / TRIALS)))

    def keep(table: pa.Table) -> None:
        Draft(folder).write(TRIALS, parquet_bytes(table))

    trials.keep = keep


def _claim(folder: Path, calibration: Calibration, replace: bool) -> None:
    now, there = _described(calibration), _there(folder)
    if there is not None and replace:
        clear(folder)
    elif there is not None:
        differing = [key for key in now if key != ASKED and now[key] != there.get(key)]
        if differing:
            raise RunFolderError(
                f"{folder}: holds trials of another model, which differs in {', '.join(differing)}; choose another --name,"
                " or --replace it"
            )
    folder.mkdir(exist_ok=True)
    Draft(folder).write(CLAIM, _json(now))


def _there(folder: Path) -> dict[str, Any] | None:
    """What the folder's trials are of; None if there are none."""
    if not folder.exists() or (folder.is_dir() and not any(path.name != CHECK for path in folder.iterdir())):
        return None
    try:
        content = read_json(folder / CLAIM)
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise RunFolderError(
            f"{folder}: this is no calibration that talentmarket wrote and is left alone; choose another --name"
        )
    return content


def _described(calibration: Calibration) -> dict[str, Any]:
    """What makes trials: figures, ranges and the way of the search may change without any becoming another one."""
    return {
        "format": FORMAT,
        "parameters": list(calibration.parameters),
        "scenarios": {
            market.name: scenario_hash(scenario_at(calibration, market.name, {}, calibration.fit.seed, market.set))
            for market in calibration.scenarios
        },
        "flows": sorted({name for each in calibration.targets if each.measure == "flows" for name in question(each).columns}),
        "engine": {name: code_versions()[name] for name in ENGINE},
        ASKED: calibration.model_dump(mode="json"),
    }  # fmt: skip


def clear(folder: Path) -> None:
    """Delete what a calibration left, and nothing else."""
    names = (TRIALS, MANIFEST, FITTED, ANSWERS, JACOBIAN, PROFILES, RECOVERY, REPORT)
    for name in (*names, *(f"{table}.csv" for table in TABLES), CLAIM):
        (folder / name).unlink(missing_ok=True)
    for path in folder.glob(f"{PLOTS}/*.*"):
        path.unlink()


def write_fitted(fitted: Fitted, folder: Path, plots: Callable[[Fitted, Path], object] | None = None) -> None:
    """Write what follows from the trials beside them: tables, sentences, the scenario, pictures, and the manifest of all.

    Parameters
    ----------
    plots
        Draws its pictures into a folder.
    """
    draft = Draft(folder)
    draft.write(FITTED, fitted_text(fitted).encode())
    for name in TABLES:
        draft.write(f"{name}.csv", csv_bytes(getattr(fitted, name)))
    draft.write(JACOBIAN, _parquet(fitted.jacobian))
    draft.write(ANSWERS, "".join(f"{sentence}\n" for sentence in sentences(fitted)).encode())
    if fitted.profiles:
        draft.write(PROFILES, csv_bytes(fitted.profile_table))
    if plots is not None:
        plots(fitted, folder / PLOTS)
        draft.note_files(PLOTS)
    draft.note(TRIALS)
    content = {
        "format": FORMAT,
        "title": fitted.calibration.title,
        "seed": fitted.calibration.fit.seed,
        "replicates": fitted.calibration.fit.replicates,
        "confirmed": len(fitted.confirmed.influence),
        "trials": fitted.trials,
        "starts": fitted.begun.tolist(),
        "j": {"statistic": _known(fitted.found.j), "freedom": fitted.found.freedom, "p": _known(fitted.found.p)},
        "versions": code_versions(),
        "git": git_revision(),
        "files": [asdict(entry) for entry in draft.files],
    }
    draft.write(MANIFEST, _json(content))


def is_calibration_folder(folder: Path) -> bool:
    """Whether a folder is one that a calibration leaves."""
    return (folder / CLAIM).is_file()


def read_fitted(folder: Path) -> Fitted:
    """A calibration as its folder keeps it: what follows from its trials, none of which is simulated again.

    Raises
    ------
    RunFolderError
        If the folder is missing or damaged, or the calibration has not been finished.
    InputError
        If a scenario that it names, or a fact, is there no more.
    """
    content = _there(folder)
    if content is None:
        raise RunFolderError(f"{folder}: there is no calibration here")
    try:
        calibration = Calibration.model_validate(content[ASKED])
        manifest = read_json(folder / MANIFEST)
        replicates, begun = int(manifest["confirmed"]), np.array(manifest["starts"], dtype=float)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise RunFolderError(
            f"{folder}: the calibration is not finished, or damaged; the command that began it goes on with it"
        ) from error
    trials = Trials(calibration, closed=True)
    with_trials(folder, trials)
    try:
        return solved(calibration, trials, replicates, begun)
    except RunFolderError as error:
        raise RunFolderError(f"{folder}: {error}") from error


def redraw_fitted(folder: Path, plots: Callable[[Fitted, Path], object]) -> int:
    """Draw the pictures of a calibration's folder again; returns how many files there are then.

    Raises
    ------
    InputError
        As `read_fitted` does, or if they cannot be written, or another process is writing the folder.
    """
    fitted, draft = read_fitted(folder), Draft(folder)
    try:
        with locked(folder.resolve()):
            for path in folder.glob(f"{PLOTS}/*.*"):
                path.unlink()
            plots(fitted, folder / PLOTS)
            draft.note_files(PLOTS)
            drawn = [asdict(entry) for entry in draft.files]
            content = read_json(folder / MANIFEST)
            others = [entry for entry in content["files"] if not entry["path"].startswith(f"{PLOTS}/")]
            draft.write(MANIFEST, _json({**content, "files": [*others, *drawn]}))
            return len(drawn)
    except OSError as error:
        raise InputError(f"{folder}: the pictures cannot be written: {why(error, folder)}") from error


def write_recovery(recovery: Recovery, folder: Path) -> None:
    """Write what became of hidden values."""
    Draft(folder).write(RECOVERY, csv_bytes(recovery.table))


def _json(content: dict[str, Any]) -> bytes:
    return f"{json.dumps(content, indent=2, ensure_ascii=False)}\n".encode()


def _parquet(table: pd.DataFrame) -> bytes:
    return parquet_bytes(pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata())


def _known(value: float) -> float | None:
    """A number for JSON; what is undefined is null."""
    return value if value == value else None
