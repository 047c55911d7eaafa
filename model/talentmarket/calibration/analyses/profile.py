"""What values of a parameter fit as well, once all others are fitted again: the profile of the sum of squares.

From the estimate outwards, the parameter is held at one value after the other and the others are searched anew. Its 95 %
interval holds the values at which the least sum of squares exceeds that of the estimate by no more than 3.84 times the
ratio of the estimate's variance to that of best weights. A standard error takes the valley for straight; this does not.
Derivatives are those at the estimate, brought up to date after each step by Broyden's formula (Broyden 1965); a value is
above the line only if it stays there after a search with derivatives found anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import least_squares
from scipy.special import chdtri

from talentmarket.calibration.analyses.identification import Identification
from talentmarket.calibration.search import ENOUGH, Problem

LINE = float(chdtri(1, 0.05))
LEAST_STEP = 0.01  # of the range
STEP = 0.5  # standard errors
CLOSE = 3e-3  # of the range: nearer to the best point the sum of squares hardly falls, measured by the line


class Profile(NamedTuple):
    """The profile of a parameter.

    Attributes
    ----------
    parameter
        Its number.
    unit
        Values at which it was held, ascending, in shares of its range (N,).
    squares
        Least sum of squared misses at each (N,).
    points
        Where it was found (N, P).
    line
        The sum of squares that 95 % of estimates stay below.
    low, high
        Where the profile crosses it; not a number where it never does before the range ends or the steps do.
    """

    parameter: int
    unit: np.ndarray
    squares: np.ndarray
    points: np.ndarray
    line: float
    low: float
    high: float


def weakest(found: Identification, count: int) -> list[int]:
    """Numbers of the parameters with the largest standard errors, in shares of their ranges, of those identified."""
    order = np.argsort(-np.where(found.identified, found.errors, -np.inf), kind="stable")
    return [int(each) for each in order[: min(count, int(found.identified.sum()))]]


def profile(problem: Problem, found: Identification, parameter: int, most: int, evaluations: int) -> Profile:
    """The profile of a parameter.

    Parameters
    ----------
    problem
        What was solved.
    found
        At the estimate.
    most
        Steps of half a standard error, at most, to either side.
    evaluations
        Most points of the search at each step.
    """
    at_estimate = problem.misses(found.unit)
    best = float(at_estimate @ at_estimate)
    line = best + LINE * float(found.scale[parameter])
    width = max(STEP * float(found.errors[parameter]), LEAST_STEP)
    visited = [(float(found.unit[parameter]), best, found.unit)]
    ends = []
    for sign in (-1.0, 1.0):
        side = _walk(problem, found, parameter, sign * width, most, evaluations, line)
        ends.append(_crossing([visited[0], *side], best, line))
        visited += side
    ordered = sorted(visited, key=lambda each: each[0])
    unit, squares, points = (np.array(column) for column in zip(*ordered, strict=True))
    return Profile(parameter, unit, squares, points, line, ends[0], ends[1])


def _walk(
    problem: Problem, found: Identification, parameter: int, step: float, most: int, evaluations: int, line: float
) -> list[tuple[float, float, np.ndarray]]:
    """Held values on one side, each with the least sum of squares and its point, until that is above the line."""
    jacobian, here, visited = found.jacobian, found.unit, []
    for _ in range(most):
        held = float(np.clip(here[parameter] + step, 0.0, 1.0))
        if held == here[parameter]:
            break
        jacobian, here, left = _search(problem, here, held, parameter, jacobian, evaluations)
        if left @ left > line:
            again = _search(problem, here, held, parameter, problem.jacobian(here), evaluations)
            jacobian, here, left = min(again, (jacobian, here, left), key=lambda each: float(each[2] @ each[2]))
        visited.append((held, float(left @ left), here))
        if visited[-1][1] > line:
            break
    return visited


def _search(
    problem: Problem, before: np.ndarray, held: float, parameter: int, jacobian: np.ndarray, evaluations: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Least squares over the others with a parameter held; gives the Jacobian as it is now, the point and its misses."""
    others = np.delete(np.arange(len(before)), parameter)
    known, last, last_misses = jacobian.copy(), before, problem.misses(before)
    expected = last_misses + known[:, parameter] * (held - before[parameter])
    pulled = np.linalg.lstsq(known[:, others], -expected, rcond=None)[0]
    start = np.clip(before[others] + pulled, 0.0, 1.0)

    def whole(unit: np.ndarray) -> np.ndarray:
        return np.insert(unit, parameter, held)

    def updated(unit: np.ndarray) -> np.ndarray:
        """The Jacobian changed as little as explains the last step."""
        nonlocal last, last_misses
        point = whole(unit)
        moved = point - last
        if moved @ moved > 0.0:
            there = problem.misses(point)
            known[:] += np.outer(there - last_misses - known @ moved, moved) / (moved @ moved)
            last, last_misses = point, there
        return known[:, others].copy()

    if not len(others):
        return known, whole(start), problem.misses(whole(start))
    best = least_squares(
        lambda unit: problem.misses(whole(unit)),
        start,
        jac=updated,
        bounds=(0.0, 1.0),
        xtol=CLOSE,
        ftol=ENOUGH,
        max_nfev=evaluations,
    )
    return known, whole(best.x), best.fun


def _crossing(side: list[tuple[float, float, np.ndarray]], best: float, line: float) -> float:
    """Where the square root of the rise, nearly straight in the parameter, crosses the line's."""
    rises = [np.sqrt(max(squares - best, 0.0)) for _, squares, _ in side]
    aim = np.sqrt(line - best)
    for (near, _, _), (far, _, _), low, high in zip(side, side[1:], rises, rises[1:], strict=False):
        if high > aim:
            return float(near + (far - near) * (aim - low) / (high - low))
    return float("nan")
