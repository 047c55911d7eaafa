"""Numbers and measures as a reader meets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from talentmarket.runs.summary_table import decimals

MINUS = "−"
NO_BREAK = "\u00a0"


def readable(measure: str) -> str:
    """A measure's name without underscores."""
    return measure.replace("_", " ")


def figures(values: Sequence[float], spread: float) -> list[str]:
    """Numbers for a sentence, all with the same decimals: as many as their spread allows, and at most one."""
    places = min(decimals(values[0], spread), 1)
    return [f"{value:,.{places}f}".replace("-", MINUS) for value in values]


def with_interval(row: Any, unit: str | None = None) -> str:
    """A mean with its 95 % interval, such as `17.7 people (17.2 to 18.2)`; shares as percentages.

    `row` has mean, low, high and unit, as the rows of a summary do; `unit` is said in place of its own.
    """
    factor, said = (100.0, "%") if row.unit == "share" else (1.0, row.unit if unit is None else unit)
    spread = factor * (row.high - row.low) / 2.0
    mean, low, high = figures([factor * row.mean, factor * row.low, factor * row.high], spread)
    return f"{mean}{NO_BREAK}{said}".strip() + (f" ({low} to {high})" if spread > 0.0 else "")


def signed(value: float, places: int) -> str:
    """A difference with its sign; a rounded zero has none."""
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return f"{MINUS if value < 0.0 else '+'}{text}"
