"""Moves from lab to lab as a table of shaded squares, in SVG text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from talentmarket.numbers import number
from talentmarket.page.drawing.text import safe

WIDTH, LEFT, TOP, MOST_LABS = 360.0, 106.0, 34.0, 8
LEADING, LETTER = 12.0, 6.2
OTHERS = "others"


def gathered(flows: np.ndarray, names: Sequence[str], outside: int) -> tuple[np.ndarray, list[str]]:
    """Flows (L, L) and names of at most `MOST_LABS` rows: the busiest labs, the rest together, the outside world last."""
    labs = [row for row in range(len(names)) if row != outside]
    if len(labs) > MOST_LABS - 1:
        busy = sorted(labs, key=lambda row: -(flows[row].sum() + flows[:, row].sum()))[: MOST_LABS - 2]
        kept = [row for row in labs if row in busy]
    else:
        kept = labs
    rest = [row for row in labs if row not in kept]
    groups = [[row] for row in kept] + ([rest] if rest else []) + [[outside]]
    table = np.array([[flows[np.ix_(rows, columns)].sum() for columns in groups] for rows in groups])
    return table, [names[row] for row in kept] + ([OTHERS] if rest else []) + [names[outside]]


def flow_matrix(flows: np.ndarray, names: Sequence[str], outside: int, title: str) -> str:
    """A square for each pair of labs: the number of people who moved, the darker the more; rows are origins.

    Parameters
    ----------
    flows
        Shape (L, L): moves from row to column.
    names
        Names of the labs.
    outside
        Row of the outside world; moves to and from it are shaded on a scale of their own.
    title
        What is shown, for screen readers.
    """
    table, labels = gathered(flows, names, outside)
    size = len(labels)
    cell = (WIDTH - LEFT - 4) / size
    row_height = min(cell, 25.0)
    height = TOP + row_height * size + 4
    longest = int(2 * cell / LETTER)
    strongest = max(float(table[:-1, :-1].max(initial=0)), 1.0), max(float(table.max(initial=0)), 1.0)
    parts = [f'<svg viewBox="0 0 {WIDTH:g} {height:g}" class="chart" role="img" aria-label="{safe(title)}">']
    parts.append(f'<text class="tick end" x="{LEFT - 8:g}" y="{TOP - 6:g}">from ↓ to →</text>')
    for place, label in enumerate(labels):
        middle = LEFT + (place + 0.5) * cell
        above = TOP - 6 - LEADING * (place % 2)  # by turns on two lines, so that each has twice the width
        parts.append(f'<text class="column middle" x="{middle:.1f}" y="{above:g}">{safe(label, longest)}</text>')
        y = TOP + (place + 0.5) * row_height + 3.8
        parts.append(f'<text class="row end" x="{LEFT - 8:g}" y="{y:.1f}">{safe(label, 15)}</text>')
    for row in range(size):
        for column in range(size):
            parts.append(_cell(table, (row, column), (cell, row_height), strongest[size - 1 in (row, column)]))
    return "".join([*parts, "</svg>"])


def _cell(table: np.ndarray, at: tuple[int, int], size: tuple[float, float], strongest: float) -> str:
    row, column = at
    x, y = LEFT + column * size[0], TOP + row * size[1]
    box = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{size[0] - 2:.1f}" height="{size[1] - 2:.1f}" rx="2"'
    if row == column:
        return f'<rect class="same" {box}/>'
    moves = int(table[at])
    shade = moves / strongest
    words = f'<text class="cell middle{" strong" if shade > 0.55 else ""}" x="{x + size[0] / 2:.1f}" y="{y + size[1] / 2 + 3.8:.1f}">'
    return f'<rect class="flow" {box} style="--shade:{shade:.3f}"/>{words}{number(moves) if moves else "·"}</text>'
