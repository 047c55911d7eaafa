"""One fixed colour for each lab, outcome and loyalty band, told apart by colour-blind readers too."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from matplotlib.colors import to_hex, to_rgb

from talentmarket.scenario.schema import Lab

OUTSIDE = "#8C8C8C"
GREY = "#8C8C8C"
DARK = "#222222"
SOFT = "#666666"
SHADE = "#F2E6C8"

# The palette of Okabe and Ito (2008).
LABS = {
    "OpenAI": "#009E73",
    "Meta": "#0072B2",
    "Google DeepMind": "#E69F00",
    "Anthropic": "#D55E00",
    "xAI": "#222222",
}

# For all other labs: each is the colour farthest from those above and before it in OKLab (Ottosson 2020), distances
# for protan and deuteran eyes (Machado et al. 2009) counted twice. The first ones are the most distinct.
_PALETTE = (
    "#90145F #FA92F1 #5E5303 #30DE97 #382A98 #8688FE #995556 #5FBACA #634E86 #1C4A4D #DD939E #D16CC9"
    " #6A2D24 #9AAA69 #8E60D2 #087C77 #670E78 #3198D6 #C3C55A #768545 #9C6997 #5550C0 #C07A6E #E86494"
    " #F37C2B #876527 #A947A3 #9EC9B9 #094BAE #A51C30 #93B5EE #BE3D70 #286037 #BE82AA #744F54 #4A4664"
    " #2FD8D0 #4483EB #4EA739 #E9B082 #CB89FA #BC9986 #75183F #86C878 #CEA2D8 #62659F #45697A #409EAD"
    " #5F6847 #783274 #085076 #1DC5AE #C2460D #D9525A #474698 #8489C5 #835A8C #123E86 #B69255 #B25EC5"
)
OTHERS = tuple(_PALETTE.split())
FIRST_CHOICE = 16

# None of them is a lab's.
OUTCOMES = {
    "started": "#5B3A8E",
    "returned": "#A58FCC",
    "withdrew": "#8A5A2B",
    "took another offer": "#E39BC4",
    "refused": "#BFBFBF",
    "waiting": "#F0E442",
}

# Three bands of loyalty from money to mission, light to dark.
LOYALTY = ("#E69F00", "#C0417F", "#2D1E6B")


def lab_colours(labs: Sequence[Lab]) -> dict[str, str]:
    """A colour for each lab of a scenario, no two alike unless the scenario itself gives two labs the same.

    A lab has the colour that its scenario names; else a lab that is known by name and the outside world have their own, and
    any other lab one that follows from its name, or the next free one where that is taken.

    Parameters
    ----------
    labs
        The labs of one scenario.

    Returns
    -------
    dict
        Colour (`#RRGGBB`) by name, in the order of `labs`.
    """
    named = {lab.colour.upper() for lab in labs}
    known = {lab.name: OUTSIDE if lab.kind == "outside" else LABS.get(lab.name, "") for lab in labs}
    taken = {lab.name: lab.colour.upper() or (known[lab.name] if known[lab.name] not in named else "") for lab in labs}
    for name in sorted(name for name, colour in taken.items() if not colour):
        taken[name] = next(colour for colour in _choices(name) if colour not in taken.values())
    return taken


def _choices(name: str) -> list[str]:
    first = zlib.crc32(name.encode()) % FIRST_CHOICE
    distinct = OTHERS[:FIRST_CHOICE]
    return [*distinct[first:], *distinct[:first], *OTHERS[FIRST_CHOICE:], *LABS.values()]


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1] as WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink(colour: str) -> str:
    """The same hue, dark enough for text on white (contrast of at least 4.5 as WCAG 2 asks)."""
    red, green, blue = to_rgb(colour)
    while 1.05 / (luminance(to_hex((red, green, blue))) + 0.05) < 4.5:
        red, green, blue = 0.95 * red, 0.95 * green, 0.95 * blue
    return to_hex((red, green, blue))


def text_on(colour: str) -> str:
    """Dark or white, whichever reads better on a ground of this colour."""
    return DARK if luminance(colour) > 0.25 else "#FFFFFF"
