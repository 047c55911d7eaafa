"""Which points come next where the sign of a difference is unclear: `refine = "sign"`.

After a first round of plain points every round is half plain points, which go on with the design's sequence and stay a sample
of the space, and half points that are chosen: candidates at which a surface through all that is known is nearest to zero, as
far from each other and from known points as can be. A round depends on those before it alone, so that more points never
change what is there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.interpolate import RBFInterpolator
from scipy.spatial.distance import cdist

from talentmarket.studies.reading.study import Study
from talentmarket.studies.sampling.design import shares

POINTS_A_ROUND = 16
CHOSEN = POINTS_A_ROUND // 2
CANDIDATES = 128
NEAR_ZERO = 4 * CHOSEN  # candidates among which distance decides


def is_refined(design_point: np.ndarray) -> np.ndarray:
    """Which points, by their numbers (n,), were chosen; the others sample the space."""
    refined: np.ndarray = (design_point >= POINTS_A_ROUND) & (design_point % POINTS_A_ROUND >= CHOSEN)
    return refined


def next_round(study: Study, known: np.ndarray, means: np.ndarray) -> np.ndarray:
    """The points of the next round in the unit cube (m, parameters); m is less only where the study has no more.

    Parameters
    ----------
    known
        The points of the rounds before (n, parameters).
    means
        Every response under every choice of levers there (n, responses); not a number where it failed.
    """
    size = min(POINTS_A_ROUND, study.design.points - len(known))
    before = int((~is_refined(np.arange(len(known)))).sum())
    plain = min(size, POINTS_A_ROUND if not len(known) else POINTS_A_ROUND - CHOSEN)
    sequence = shares(replace(study.design, points=max(2, before + plain)), len(study.parameters))
    fresh = sequence[before : before + plain]
    if size == plain:
        return fresh
    return np.concatenate([fresh, _chosen(study, np.concatenate([known, fresh]), known, means)])[:size]


def _chosen(study: Study, taken: np.ndarray, known: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Candidates near zero, each the farthest from all that are taken before it (CHOSEN, parameters)."""
    rng = np.random.default_rng((study.design.seed, len(known)))
    candidates = rng.random((CANDIDATES, len(study.parameters)))
    left = candidates[np.argsort(_unclear(known, means, candidates), kind="stable")[:NEAR_ZERO]]
    for _ in range(CHOSEN):
        farthest = int(np.argmax(cdist(left, taken).min(axis=1)))
        taken = np.concatenate([taken, left[farthest : farthest + 1]])
        left = np.delete(left, farthest, axis=0)
    return taken[-CHOSEN:]


def _unclear(known: np.ndarray, means: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """How near to zero the nearest response of each candidate is, in that response's usual size (candidates,)."""
    found = np.full(len(candidates), np.inf)
    for response in means.T:
        there = np.isfinite(response)
        size = float(np.median(np.abs(response[there]))) if there.any() else 0.0
        if size > 0.0 and there.sum() > known.shape[1] + 1:
            surface = RBFInterpolator(known[there], response[there] / size, kernel="linear")
            found = np.minimum(found, np.abs(surface(candidates)))
    return found
