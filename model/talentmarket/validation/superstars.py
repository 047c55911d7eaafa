"""Superstar contagion: what a few who pay far more do to everybody's pay (form of Gabaix and Landier 2008).

Firms of size S(n) = A/n hire people whose talent falls with their rank, T'(n) = -B n**(2/3 - 1), and what a person adds
is S T. In equilibrium the best go to the largest, and pay rises with own size to the power 1/3. If a share f of firms
of any size pays lambda times what others of their size pay, they bid as if lambda**3 times as large, and all pay rises by

    K = 1 - f + f lambda**3.

The simulated market has no such assignment: there pay is a lab's ordinary pay for a talent, and a raid moves only those
it reaches. So this checks the form, which users may hold results against, and not the simulation: the assignment is
solved from its definition (no firm gains by hiring another person) and compared with K.
"""

from __future__ import annotations

import numpy as np

from talentmarket.comparison.intervals import Interval
from talentmarket.validation.check import Check, Effort, exactly

GROUP = "Superstar contagion"
TALENT_EXPONENT = 2.0 / 3.0
FIRMS = 1_000_000
LAST_RANK = FIRMS // 10  # pay is counted from here on; firms too small to be listed bid for nobody above
RANKS = slice(100, 1000)
TOLERANCE = 0.002  # relative; firms are finitely many, and the form is that of a continuum
SOURCE = "K = 1 - f + f lambda^3, own-size elasticity 1/3; not part of the simulation"


def contagion(share: float, factor: float) -> float:
    """K: what all pay is multiplied by if a share of firms pays a factor times what others of their size do."""
    return 1.0 - share + share * factor**3


def equilibrium_pay(sizes: np.ndarray) -> np.ndarray:
    """Pay by rank, the best first, where firms of these sizes (the largest first) compete; pay is counted from the last.

    The firm at rank n is just indifferent between its person and the next: w(n) - w(n + 1) = S(n + 1) (T(n) - T(n + 1)).
    """
    ranks = np.arange(1.0, len(sizes) + 1.0)
    talent = -(ranks**TALENT_EXPONENT) / TALENT_EXPONENT
    steps = sizes[1:] * -np.diff(talent)
    return np.append(np.cumsum(steps[::-1])[::-1], 0.0)


def solved_contagion(share: float, factor: float) -> float:
    """K from the assignment: mean over the first ranks of pay with some firms bidding more, over pay without."""
    sizes = 1.0 / np.arange(1.0, FIRMS + 1.0)
    # Every so manieth firm pays more, so that they are of all sizes.
    pays_more = np.floor(np.arange(1.0, FIRMS + 1.0) * share) > np.floor(np.arange(FIRMS) * share)
    bids = np.sort(np.where(pays_more, sizes * factor**3, sizes))[::-1]
    with_them, without = (equilibrium_pay(firms[:LAST_RANK])[RANKS] for firms in (bids, sizes))
    return float(np.mean(with_them / without))


def checks(effort: Effort) -> list[Check]:
    """A tenth of firms that pay twice as much, and a tenth that pay half as much."""
    lines = []
    for share, factor in ((0.1, 2.0), (0.1, 0.5)):
        target, value = contagion(share, factor), solved_contagion(share, factor)
        margin = Interval(target * (1.0 - TOLERANCE), target * (1.0 + TOLERANCE))
        name = f"all pay if {share:.0%} of firms pay {factor:g} times as much"
        lines.append(Check(GROUP, name, margin, value, exactly(value), "factor", SOURCE))
    return lines
