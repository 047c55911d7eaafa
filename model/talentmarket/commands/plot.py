"""The command `plot`: the pictures of a run folder drawn again, without running anything."""

from __future__ import annotations

from talentmarket.commands.options import AsJson, Quiet, RunFolder
from talentmarket.commands.run import draw
from talentmarket.commands.terminal import print_json
from talentmarket.errors import harmless


def plot(folder: RunFolder, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Draw a run folder's pictures again. Nothing is run.

    Example: talentmarket plot outputs/meta_raid
    """
    from talentmarket.runs.folder.redrawing import redraw

    count = redraw(folder, draw)
    if as_json:
        print_json("plot", [{"folder": folder / "plots", "pictures": count}])
    elif not quiet:
        print(harmless(f"{count} pictures in {folder / 'plots'}"))
