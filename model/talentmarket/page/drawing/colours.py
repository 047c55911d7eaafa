"""Colours of the page: those of the plots, and lighter ones of the same hue on a dark ground."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.colors import to_hex, to_rgb

from talentmarket.plots.colours import ink, lab_colours, luminance
from talentmarket.scenario.schema import Lab

DARK_GROUND = "#14181D"
CONTRAST = 4.5


def on_dark(colour: str) -> str:
    """The same hue, light enough for text on the page's dark ground (contrast of at least 4.5 as WCAG 2 asks)."""
    red, green, blue = to_rgb(colour)
    ground = luminance(DARK_GROUND) + 0.05
    while (luminance(to_hex((red, green, blue))) + 0.05) / ground < CONTRAST:
        red, green, blue = (channel + 0.06 * (1.0 - channel) for channel in (red, green, blue))
    return to_hex((red, green, blue))


def lab_styles(labs: Sequence[Lab]) -> list[str]:
    """For each lab the CSS variables of its colour: `--light` and `--dark` for areas, `--ink` for text on white."""
    return [f"--light:{colour};--dark:{on_dark(colour)};--ink:{ink(colour)}" for colour in lab_colours(labs).values()]
