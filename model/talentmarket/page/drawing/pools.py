"""Labs as pools: where each lies, and the place of each researcher in them."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))
SMALLEST, LARGEST_OUTSIDE = 0.42, 1.15  # of the largest lab's radius
SPARE = 1.25  # places for each researcher drawn at first: nothing has to move when a lab grows
LABEL, GAP = 34.0, 14.0  # room above and between pools, in the drawing's units
NAME_ROOM, LEAST_SCALE = (
    72.0,
    8.0,
)  # width for each name in a row, unless the largest pool would become smaller than this
OUTSIDE_ROOM = {"wide": 140.0, "tall": 74.0}  # largest radius of the outside world
SIZES = {"wide": (960.0, 500.0), "tall": (360.0, 520.0)}
# The stage of a raid: those who are raided on the left, the raider on the right, each with half of the others below; on a
# wide screen the list has the middle. Size of the drawing, width of a side, and height of its upper part.
STAGE_SIZES = {"wide": (1120.0, 480.0), "tall": (360.0, 384.0)}
SIDE = {"wide": (290.0, 300.0), "tall": (180.0, 190.0)}
TOLD = {"wide": 0.0, "tall": 28.0}  # room below the upper part for how many have come


@dataclass(frozen=True)
class Pool:
    """A circle: its centre and radius, in the units of the drawing."""

    x: float
    y: float
    radius: float


def relative_radii(headcounts: np.ndarray, outside: int) -> np.ndarray:
    """Radii by the square root of the head-count, the largest lab 1; small labs and the outside world within bounds."""
    root = np.sqrt(np.maximum(headcounts, 1).astype(float))
    radii = np.maximum(root / np.delete(root, outside).max(), SMALLEST)
    radii[outside] = min(radii[outside], LARGEST_OUTSIDE)
    return radii


def arranged(radii: np.ndarray, outside: int, shape: str) -> list[Pool]:
    """Labs as circles in rows, as large as the drawing allows, and the outside world beside or below them.

    Parameters
    ----------
    radii
        From `relative_radii`.
    outside
        Row of the outside world.
    shape
        `wide` or `tall`.
    """
    width, height = SIZES[shape]
    apart = OUTSIDE_ROOM[shape] * radii[outside] / LARGEST_OUTSIDE
    if shape == "wide":
        area, beyond = (width - 2 * apart - 2 * GAP, height), Pool(width - apart - GAP, (height + LABEL) / 2, apart)
    else:
        area, beyond = (width, height - 2 * apart - LABEL), Pool(width / 2, height - apart - GAP / 2, apart)
    pools = _labs_in_rows(np.delete(radii, outside), area)
    pools.insert(outside, beyond)
    return [Pool(*(round(float(each), 1) for each in (pool.x, pool.y, pool.radius))) for pool in pools]


def staged(radii: np.ndarray, raider: int, targets: Sequence[int], shape: str) -> list[Pool]:
    """Labs as circles around the stage of a raid: those raided and the raider at one scale, all others at a smaller one.

    Parameters
    ----------
    radii
        From `relative_radii`.
    raider, targets
        Rows of the labs that the raid is about.
    shape
        `wide` or `tall`.
    """
    (width, height), (side, upper) = STAGE_SIZES[shape], SIDE[shape]
    lower = upper + TOLD[shape]
    others = [row for row in range(len(radii)) if row != raider and row not in targets]
    half = (len(others) + 1) // 2
    parts = [
        (list(targets), (0.0, 0.0), (side, upper)),
        ([raider], (width - side, 0.0), (side, upper)),
        (others[:half], (0.0, lower), (side, height - lower)),
        (others[half:], (width - side, lower), (side, height - lower)),
    ]
    scales = [_best_rows(radii[rows], size)[0] if rows else math.inf for rows, _, size in parts]
    pools: dict[int, Pool] = {}
    for (rows, (left, top), size), scale in zip(parts, np.repeat([min(scales[:2]), min(scales)], 2), strict=True):
        placed = _labs_in_rows(radii[rows], size, float(scale)) if rows else []
        for row, pool in zip(rows, placed, strict=True):
            pools[row] = Pool(*(round(each, 1) for each in (pool.x + left, pool.y + top, pool.radius)))
    return [pools[row] for row in range(len(radii))]


def _best_rows(radii: np.ndarray, area: tuple[float, float]) -> tuple[float, list[list[int]]]:
    """The largest scale at which circles fit into an area in rows, with room for names if possible, and who is in each row."""
    ways = [_in_rows(radii, rows, *area) for rows in range(1, len(radii) + 1)]
    legible = [
        way for way in ways if way[0] >= LEAST_SCALE and max(len(row) for row in way[1]) <= max(area[0] // NAME_ROOM, 1)
    ]
    return max(legible or ways, key=lambda way: way[0])


def _labs_in_rows(radii: np.ndarray, area: tuple[float, float], largest: float = math.inf) -> list[Pool]:
    width, height = area
    scale, rows = _best_rows(radii, area)
    scale = min(scale, largest)
    free = height - sum(LABEL + 2 * scale * max(radii[i] for i in row) for row in rows)
    gap_down = free / (len(rows) + 1)
    pools: dict[int, Pool] = {}
    top = gap_down
    for row in rows:
        tallest = scale * max(radii[i] for i in row)
        gap = (width - sum(2 * scale * radii[i] for i in row)) / (len(row) + 1)
        x = gap
        for i in row:
            radius = scale * radii[i]
            pools[i] = Pool(x + radius, top + LABEL + tallest, radius)
            x += 2 * radius + gap
        top += LABEL + 2 * tallest + gap_down
    return [pools[i] for i in range(len(radii))]


def _in_rows(radii: np.ndarray, count: int, width: float, height: float) -> tuple[float, list[list[int]]]:
    """The largest scale at which so many rows fit, and who is in each."""
    rows: list[list[int]] = [[]]
    goal = radii.sum() / count
    for i, radius in enumerate(radii):
        filled = sum(radii[j] for j in rows[-1])
        if rows[-1] and filled + radius / 2 > goal and len(rows) < count:
            rows.append([])
        rows[-1].append(i)
    across = min((width - GAP * (len(row) + 1)) / (2 * sum(radii[i] for i in row)) for row in rows)
    free = height - LABEL * len(rows) - GAP * (len(rows) - 1)
    down = free / (2 * sum(max(radii[i] for i in row) for row in rows))
    return max(min(across, down), 1.0), rows


class Places:
    """The place of each drawn researcher: a lab and a number in its spiral. Who stays keeps the place.

    Parameters
    ----------
    capacity
        Places in each lab's pool, shape (L,); beyond them all move together.
    """

    def __init__(self, capacity: Sequence[int]) -> None:
        self._capacity = [max(int(each), 1) for each in capacity]
        self._free: list[list[int]] = [[] for _ in self._capacity]
        self._next = [0 for _ in self._capacity]
        self._at: dict[int, tuple[int, int]] = {}

    def settle(self, people: Sequence[int], labs: Sequence[int]) -> None:
        """Move everyone who has changed labs, and place those who are new; the lowest free place first."""
        moved = [
            (researcher, lab)
            for researcher, lab in zip(people, labs, strict=True)
            if self._at.get(researcher, (-1, 0))[0] != lab
        ]
        for researcher, _ in moved:
            if researcher in self._at:
                lab, number = self._at.pop(researcher)
                heapq.heappush(self._free[lab], number)
        for researcher, lab in moved:
            self._at[researcher] = (lab, self._take(lab))

    def _take(self, lab: int) -> int:
        if self._free[lab]:
            return heapq.heappop(self._free[lab])
        self._next[lab] += 1
        return self._next[lab] - 1

    def offset(self, researcher: int) -> tuple[int, float, float]:
        """(lab, x, y): the place from the middle of the pool, in radii of it, at most 1 away."""
        lab, number = self._at[researcher]
        away = math.sqrt((number + 0.5) / max(self._capacity[lab], self._next[lab]))
        return lab, away * math.cos(number * GOLDEN_ANGLE), away * math.sin(number * GOLDEN_ANGLE)


def dot_radius(talent: float, pool: Pool, capacity: int) -> float:
    """Radius of a researcher's dot: area by talent within bounds, room by how crowded the pool is."""
    room = pool.radius / math.sqrt(max(capacity, 1))
    return round(min(0.62 * room, 5.0) * min(max(math.sqrt(talent), 0.65), 2.6), 2)
