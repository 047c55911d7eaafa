"""What a study leaves in its folder once its points have run: tables, sentences, pictures, manifest; and read from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from talentmarket.errors import InputError, RunFolderError
from talentmarket.numbers import count
from talentmarket.runs.folder.bounded import read_bounded
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.swap import why
from talentmarket.runs.tables.arrow import parquet_bytes, parquet_table
from talentmarket.runs.tables.spreadsheet import csv_bytes
from talentmarket.studies.result import StudyResult, no_pictures
from talentmarket.studies.sampling.claiming import origin
from talentmarket.studies.sampling.description import study_from
from talentmarket.studies.sampling.design import design_from, plain_columns
from talentmarket.studies.sampling.running import Sampled
from talentmarket.studies.sampling.store import ANSWERS, BOXES, DESIGN, INDICES, PLOTS, POINTS, POINTS_CSV, STUDY, Store

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def write_result(result: StudyResult, folder: Path, plots: Callable[[StudyResult, Path], object] | None = None) -> None:
    """Write points, indices, boxes, answers and pictures of a study beside its parts, and the manifest of all.

    Parameters
    ----------
    plots
        Draws its pictures into a folder.
    """
    store = Store(folder)
    points = pa.Table.from_pandas(plain_columns(result.points), preserve_index=False)
    store.write(POINTS, parquet_bytes(points.replace_schema_metadata()))
    store.write(POINTS_CSV, csv_bytes(result.points))
    store.write(INDICES, csv_bytes(result.indices))
    if result.study.discover is not None:
        store.write(BOXES, csv_bytes(result.boxes))
    store.write(ANSWERS, "".join(f"{answer}\n" for answer in result.answers).encode())
    if plots is not None:
        plots(result, folder / PLOTS)
    store.manifest(origin(result.study))


def is_study_folder(folder: Path) -> bool:
    """Whether a folder is one that a study leaves."""
    return (folder / STUDY).is_file()


def read_result(folder: Path, draw: Callable[[StudyResult, str], Figure] = no_pictures) -> StudyResult:
    """A study as its folder keeps it; nothing is run.

    Parameters
    ----------
    draw
        Draws a picture of it, by its name.

    Raises
    ------
    RunFolderError
        If the folder is missing or damaged, or points have not been run yet.
    """
    store = Store(folder)
    content = store.read_study()
    if content is None:
        raise RunFolderError(f"{folder}: there is no study here")
    try:
        study = study_from(content)
        design = design_from(parquet_table(read_bounded(folder / DESIGN)).to_pandas(), study)
    except (KeyError, TypeError, ValueError, AttributeError, OSError, pa.ArrowException, InputError) as error:
        raise RunFolderError(
            f"{folder}: what it says of the study is damaged or of another version; the command that began it goes on with"
            " it, or says why not"
        ) from error
    found = store.read_parts(len(study.sides), [outcome.name for outcome in study.outcomes])
    missing = sum(point not in found for point in range(len(design)))
    if missing:
        raise RunFolderError(
            f"{folder}: {missing:,} of {count(len(design), 'point')} have not been run yet; the command that began the study"
            " goes on with it"
        )
    return StudyResult(Sampled(study, design, tuple(found[point] for point in range(len(design)))), draw)


def redraw_study(folder: Path, plots: Callable[[StudyResult, Path], object]) -> int:
    """Draw the pictures of a study's folder again; returns how many files there are then.

    Raises
    ------
    InputError
        As `read_result` does, or if they cannot be written, or another process is writing the folder.
    """
    result, store = read_result(folder), Store(folder)
    try:
        with locked(folder.resolve()):
            store.clear_plots()
            plots(result, folder / PLOTS)
            store.manifest(store.read_origin() or origin(result.study))
            return len(list((folder / PLOTS).glob("*.*")))
    except OSError as error:
        raise InputError(f"{folder}: the pictures cannot be written: {why(error, folder)}") from error
