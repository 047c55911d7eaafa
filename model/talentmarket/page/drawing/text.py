"""Text in drawings: escaped and short."""

from __future__ import annotations

from html import escape

ELLIPSIS = "…"


def short(text: str, longest: int) -> str:
    """Text cut to a number of characters, with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def safe(text: str, longest: int = 200) -> str:
    """Text for SVG or HTML: what looks like markup is shown, not obeyed."""
    return escape(short(text, longest), quote=True)
