"""One response of a study under one choice of levers: what every analysis is of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from talentmarket.studies.reading.study import Outcome, Side


@dataclass(frozen=True)
class Panel:
    """What a study says of one response under one choice of levers.

    Attributes
    ----------
    outcome, run
        The response: an outcome of a run, or its difference from the base.
    name
        What it is called in tables.
    choice
        The levers' values, `path=value` each; empty without levers.
    choice_label
        The same as it is read.
    inputs
        Parameters as numbers by point (n, k); points that failed or where the response is undefined are left out.
    points
        Numbers of the points (n,).
    rows
        Their rows in the design, levers aside (n,).
    mean, low, high
        The response by point (n,), and both ends of its 95 % interval.
    replicates
        Responses by point and replicate (n, R): those replicates that all points have.
    complete
        Whether no point is left out.
    """

    outcome: Outcome
    run: Side
    name: str
    choice: str
    choice_label: str
    inputs: np.ndarray
    points: np.ndarray
    rows: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    replicates: np.ndarray
    complete: bool
