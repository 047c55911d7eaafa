"""The command `plot`: the pictures of a run folder drawn again, without running anything."""

from __future__ import annotations

from talentmarket.commands.options import Quiet, RunFolder, SvgText
from talentmarket.commands.run import drawing
from talentmarket.errors import harmless


def plot(folder: RunFolder, svg_text: SvgText = False, quiet: Quiet = False) -> None:
    """Draw a run folder's pictures again. Nothing is run.

    Example: talentmarket plot outputs/meta_raid
    """
    from talentmarket.runs.folder.redrawing import redraw

    count = redraw(folder, drawing(svg_text))
    if not quiet:
        print(harmless(f"{count} pictures in {folder / 'plots'}"))
