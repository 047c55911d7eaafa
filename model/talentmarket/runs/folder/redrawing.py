"""Draws the pictures of a run folder again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from talentmarket.errors import RunFolderError
from talentmarket.runs.folder.draft import PLOTS, RUN, Draft
from talentmarket.runs.folder.reading import read
from talentmarket.runs.folder.swap import discard, make_draft, sibling, writing
from talentmarket.runs.runs import Runs


def redraw(folder: Path, plots: Callable[[Runs, Path], object]) -> int:
    """Draw pictures in the place of those of a run folder; returns how many files there are then.

    The folder can be read at any moment: the old pictures leave the manifest before they leave the folder. What its
    owner has put beside them stays.

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
    runs = read(folder)
    with writing(folder, RUN) as target:
        return redraw_in(target, runs, plots)


def redraw_in(target: Path, runs: Runs, plots: Callable[[Runs, Path], object]) -> int:
    """As `redraw`, in a run folder that this process is `swap.writing`."""
    if (target / PLOTS).is_symlink():
        raise RunFolderError(f"{target / PLOTS}: is a link, and what it leads to is left alone; take it away")
    fresh = sibling(target / PLOTS, "new")
    make_draft(fresh, RUN)
    try:
        plots(runs, fresh)
        return _move_in(target, runs, fresh)
    finally:
        discard(fresh)


def _move_in(target: Path, runs: Runs, fresh: Path) -> int:
    others = tuple(entry for entry in runs.manifest.files if not entry.path.startswith(f"{PLOTS}/"))
    without = replace(runs.manifest, files=others, plots_error="")
    draft = Draft(target)
    draft.write_manifest(without)
    for entry in runs.manifest.entries(PLOTS):
        (target / entry.path).unlink(missing_ok=True)
    (target / PLOTS).mkdir(exist_ok=True)
    drawn = sorted(path.name for path in fresh.iterdir() if not path.name.startswith("."))
    for name in drawn:
        (fresh / name).replace(target / PLOTS / name)
        draft.note(f"{PLOTS}/{name}")
    draft.write_manifest(replace(without, files=(*others, *draft.files)))
    return len(drawn)
