"""Draws the pictures of a run folder again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from talentmarket.errors import InputError
from talentmarket.runs.folder.draft import PLOTS, Draft
from talentmarket.runs.folder.lock import locked
from talentmarket.runs.folder.reading import read
from talentmarket.runs.runs import Runs


def redraw(folder: Path, plots: Callable[[Runs, Path], object]) -> int:
    """Draw pictures in the place of those of a run folder; returns how many files there are then.

    The folder can be read at any moment: the old pictures leave the manifest before they leave the folder.

    Parameters
    ----------
    folder
        A run folder.
    plots
        Draws pictures into an existing folder.

    Raises
    ------
    RunFolderError
        If the folder is missing or damaged, or another process is writing it.
    InputError
        If the pictures cannot be written.
    """
    target = folder.resolve()
    runs = read(target)
    fresh = target / f".{PLOTS}.{uuid4().hex}"
    try:
        with locked(target):
            fresh.mkdir()
            plots(runs, fresh)
            return _swap(target, runs, fresh)
    except OSError as error:
        raise InputError(f"{folder}: the pictures cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(target: Path, runs: Runs, fresh: Path) -> int:
    kept = tuple(entry for entry in runs.manifest.files if not entry.path.startswith(f"{PLOTS}/"))
    without = replace(runs.manifest, files=kept, plots_error="")
    draft = Draft(target)
    draft.write_manifest(without)
    shutil.rmtree(target / PLOTS, ignore_errors=True)
    fresh.rename(target / PLOTS)
    draft.note_files(PLOTS)
    drawn = tuple(draft.files)
    draft.write_manifest(replace(without, files=(*kept, *drawn)))
    return len(drawn)
