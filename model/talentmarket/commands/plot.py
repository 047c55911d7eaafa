"""The command `plot`: draws the pictures of a run folder again, without running anything."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from talentmarket.commands.run import draw_plots


def plot_run(folder: Path, quiet: bool) -> None:
    """Draw the pictures of a run folder again, in the place of those that are there.

    Raises
    ------
    RunFolderError
        If the folder is missing, damaged, or being written by another process.
    """
    from talentmarket.runs.folder.redrawing import redraw

    count = redraw(folder, draw_plots)
    if not quiet:
        Console().print(f"{count} pictures in {folder / 'plots'}", markup=False, highlight=False, soft_wrap=True)
