"""Pictures as part of a page: vector graphics in a data URI, so that nothing is loaded and no names collide."""

from __future__ import annotations

import base64

from matplotlib.figure import Figure

from talentmarket.plots.files import svg_bytes
from talentmarket.report.page import Picture

PIXELS_PER_INCH = 96


def picture(figure: Figure) -> Picture:
    """A figure of `talentmarket.plots` as part of a report; its first text is the question that it answers."""
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    question = " ".join(figure.texts[0].get_text().split()) if figure.texts else ""
    source = "data:image/svg+xml;base64," + base64.b64encode(svg_bytes(figure)).decode()
    return Picture(source, question, round(width), round(height))
