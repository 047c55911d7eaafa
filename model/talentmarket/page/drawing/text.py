"""Text in drawings: escaped, short, and numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

ELLIPSIS = "…"
NARROW = "\N{NARROW NO-BREAK SPACE}"
UNKNOWN = "–"


def short(text: str, longest: int) -> str:
    """Text cut to a number of characters, with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def safe(text: str, longest: int = 200) -> str:
    """Text for SVG or HTML: what looks like markup is shown, not obeyed."""
    return escape(short(text, longest), quote=True)


def number(value: float) -> str:
    """A number to three digits or to its last one before the point; a dash for what is not known."""
    if not math.isfinite(value):
        return UNKNOWN
    text = f"{value:,.0f}" if abs(value) >= 99.5 or value == round(value) else f"{value:.3g}"
    return text.replace("-", "−")


def money(value: float) -> str:
    """Millions of dollars."""
    return f"{number(value)}{NARROW}M$" if math.isfinite(value) else UNKNOWN


def signed(value: float, as_text: Callable[[float], str] = number) -> str:
    """A number, or what `as_text` makes of it, with its sign; nothing for zero."""
    return "" if value == 0 else f"+{as_text(value)}" if value > 0 else as_text(value)


def percent(share: float) -> str:
    """A share as a whole percentage; below one per cent to a digit."""
    if not math.isfinite(share):
        return UNKNOWN
    return f"{100 * share:.0f}{NARROW}%" if share >= 0.0095 or share <= 0 else f"{100 * share:.1g}{NARROW}%"
