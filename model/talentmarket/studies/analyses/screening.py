"""Morris's elementary effects: which of many parameters matter at all, for few points (Morris 1991, Campolongo 2007)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from talentmarket.studies.sampling.design import MORRIS_LEVELS, problem_of, salib

RANDOM_SEED = 20250701


class Effects(NamedTuple):
    """By parameter (k,), in the response's unit for the whole range of a parameter.

    Attributes
    ----------
    size
        Mean of the absolute elementary effects.
    half
        Half the width of its 95 % interval (bootstrap).
    mean
        Mean of the effects: below zero if the response falls.
    spread
        Their standard deviation: large for what is curved or depends on other parameters.
    """

    size: np.ndarray
    half: np.ndarray
    mean: np.ndarray
    spread: np.ndarray


def elementary_effects(shares: np.ndarray, response: np.ndarray) -> Effects:
    """Elementary effects of a Morris design.

    Parameters
    ----------
    shares
        The design in the unit cube (n, k).
    response
        By point (n,).

    Raises
    ------
    InputError
        If SALib is not installed.
    """
    salib()
    from SALib.analyze.morris import analyze

    found = analyze(
        problem_of(shares.shape[1]),
        shares,
        response,
        num_levels=MORRIS_LEVELS,
        seed=RANDOM_SEED,
        print_to_console=False,
    )
    return Effects(*(np.asarray(found[name], dtype=float) for name in ("mu_star", "mu_star_conf", "mu", "sigma")))
