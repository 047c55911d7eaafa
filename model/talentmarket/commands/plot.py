"""The command `plot`: the pictures of a folder drawn again, without running anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from talentmarket.commands.common import completion
from talentmarket.commands.common.options import AsJson, Quiet, SvgText
from talentmarket.commands.common.terminal import print_json
from talentmarket.errors import harmless


def plot(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="A run folder, or one of a study or a calibration.",
            autocompletion=completion.run_folders,
        ),
    ],
    svg_text: SvgText = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Draw the pictures of a run, a study or a calibration again. Nothing is run.

    Example: talentmarket plot outputs/meta_raid
    """
    count = _redrawn(folder, svg_text)
    if as_json:
        print_json("plot", [{"folder": folder / "plots", "pictures": count}])
    elif not quiet:
        print(harmless(f"{count} pictures in {folder / 'plots'}"))


def _redrawn(folder: Path, svg_text: bool) -> int:
    from talentmarket.commands.run import drawing
    from talentmarket.runs.folder.reading import is_run_folder
    from talentmarket.runs.folder.redrawing import redraw

    if not is_run_folder(folder):  # what the others need takes a second to import
        from talentmarket.calibration.folder import is_calibration_folder, redraw_fitted
        from talentmarket.plots.calibration.gallery import save_calibration_plots
        from talentmarket.plots.studies.gallery import save_study_plots
        from talentmarket.studies.folder import is_study_folder, redraw_study

        if is_study_folder(folder):
            return redraw_study(folder, save_study_plots)
        if is_calibration_folder(folder):
            return redraw_fitted(folder, save_calibration_plots)
    return redraw(folder, drawing(svg_text))
