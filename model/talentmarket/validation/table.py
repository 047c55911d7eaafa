"""The checks as a table for the terminal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.table import Table

from talentmarket.validation.check import Check

COLOURS = {"agrees": "green", "known miss": "yellow", "differs": "bold red"}
RIGHT = ("target", "model", "±")
CAPTION = "± 4.5 standard errors around what closed forms say, 95 % for published figures; empty: exact."
MOST_DECIMALS = 4


def decimals(check: Check) -> int:
    """Decimals with which a line is shown: two digits of the half-width of its interval."""
    half = (check.interval.high - check.interval.low) / 2.0
    if not half > 0.0:
        return MOST_DECIMALS
    return min(max(1 - math.floor(math.log10(half)), 0), MOST_DECIMALS)


def _number(value: float, places: int) -> str:
    return f"{value:,.{places}f}"


def _plain(value: float) -> str:
    """A bound of a range: as few digits as it has."""
    return f"{value:,.4g}"


def target_text(check: Check) -> str:
    """The target: a number, or a range."""
    low, high = check.target
    if low == high:
        return _number(low, decimals(check))
    if math.isinf(high):
        return f"at least {_plain(low)}"
    return f"up to {_plain(high)}" if low == 0.0 else f"{_plain(low)} to {_plain(high)}"


def cells(check: Check) -> tuple[str, str, str, str, str]:
    """Target, model, half the width of its interval (none where it is exact), unit and verdict as text."""
    places = decimals(check)
    half = (check.interval.high - check.interval.low) / 2.0
    margin = _number(half, places) if half > 0.0 else ""
    return target_text(check), _number(check.value, places), margin, check.unit, check.verdict


def validation_table(checks: Sequence[Check]) -> Table:
    """One line a check, in groups."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=CAPTION, caption_justify="left")
    for header in ("check", "target", "model", "±", "unit", "verdict"):
        table.add_column(header, justify="right" if header in RIGHT else "left", no_wrap=header in RIGHT)
    for group, members in groupby(checks, key=lambda check: check.group):
        table.add_section()
        table.add_row(f"[bold]{group}[/bold]")
        for check in members:
            *said, verdict = cells(check)
            table.add_row(check.name, *said, f"[{COLOURS[verdict]}]{verdict}[/]")
    return table


def summed_up(checks: Sequence[Check]) -> str:
    """Why some are known to miss, and how many agree."""
    misses: dict[str, list[str]] = {}
    for check in checks:
        if check.verdict == "known miss":
            misses.setdefault(check.miss, []).append(check.name)
    why = [f"Known miss: {'; '.join(names)}: {reason}." for reason, names in misses.items()]
    counts = Counter(check.verdict for check in checks)
    said = f"{counts['agrees']} agree, {counts['known miss']} known to miss, {counts['differs']} differ"
    return "\n".join([*why, f"{len(checks)} checks: {said}."])
