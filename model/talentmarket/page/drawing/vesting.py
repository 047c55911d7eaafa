"""A package over time as a small chart: how much of the special stock has vested, and where it is now."""

from __future__ import annotations

import numpy as np

from talentmarket.numbers import percent
from talentmarket.page.drawing.text import safe

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 330.0, 92.0, 40.0, 322.0, 8.0, 72.0


def vesting_chart(vested: np.ndarray, age: int) -> str:
    """The vested share by month since the grant, as steps, with a line at the present age.

    Parameters
    ----------
    vested
        Cumulative share by month since the grant, from 0.
    age
        Months since the grant.
    """
    last = int(np.argmax(vested >= vested[-1] - 1e-9))
    months = max(last, 12)
    spoken = safe(f"{percent(float(vested[min(age, len(vested) - 1)]))} of the stock has vested after {age} months")
    parts = [f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" class="chart" role="img" aria-label="{spoken}">']
    for share in (0.0, 0.5, 1.0):
        y = BOTTOM - share * (BOTTOM - TOP)
        parts.append(f'<path class="grid" d="M{LEFT:g} {y:g}H{RIGHT:g}"/>')
        parts.append(f'<text class="tick end" x="{LEFT - 5:g}" y="{y + 3.5:g}">{percent(share)}</text>')
    path = f"M{LEFT:g} {BOTTOM:g}"
    for month in range(months + 1):
        x = LEFT + (RIGHT - LEFT) * month / months
        path += f"H{x:.1f}V{BOTTOM - float(vested[month]) * (BOTTOM - TOP):.1f}"
    now = LEFT + (RIGHT - LEFT) * min(age, months) / months
    parts.append(f'<path class="area" d="{path}V{BOTTOM:g}Z"/>')
    parts.append(f'<path class="mark" d="M{now:.1f} {TOP:g}V{BOTTOM:g}"/>')
    step = 12 if months <= 60 else 24
    for month in range(0, months + 1, step):
        x = LEFT + (RIGHT - LEFT) * month / months
        parts.append(f'<text class="tick middle" x="{x:.1f}" y="{BOTTOM + 13:g}">{month}</text>')
    return "".join([*parts, "</svg>"])
