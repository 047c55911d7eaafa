"""Hides known values and finds them again: what the search and its intervals are worth.

Each data set has values drawn from the middle of the ranges. Its figures are what the model says there with shocks of its
own, each off by a normal error of its tolerance, so that 95 % of the intervals should hold the hidden values.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binom, qmc

from talentmarket.calibration.analyses.identification import identification
from talentmarket.calibration.analyses.profile import LINE
from talentmarket.calibration.file import Calibration
from talentmarket.calibration.moments import outcomes, question
from talentmarket.calibration.result import problem_of
from talentmarket.calibration.scales import value_at
from talentmarket.calibration.search import fit
from talentmarket.calibration.starting import starts
from talentmarket.calibration.trials import Trials

MIDDLE = (0.2, 0.8)
COVERAGE, FALSE_ALARM = 0.95, 0.001


class Recovery(NamedTuple):
    """What became of hidden values.

    Attributes
    ----------
    table
        A row for each data set and parameter: data_set, parameter, hidden, found, standard_errors (off by so many),
        inside (the 95 % interval), identified.
    inside, known
        How many intervals hold the hidden value, of how many.
    """

    table: pd.DataFrame
    inside: int
    known: int

    @property
    def passed(self) -> bool:
        """Whether as many intervals hold their value as 95 % ones would in all but one of a thousand checks."""
        return self.known > 0 and float(binom.cdf(self.inside, self.known, COVERAGE)) > FALSE_ALARM


def recover(calibration: Calibration, trials: Trials, count: int) -> Recovery:
    """Find so many hidden points again.

    Raises
    ------
    InputError
        As `result.calibrate`.
    """
    seed, paths = calibration.fit.seed, list(calibration.parameters)
    places = qmc.LatinHypercube(len(paths), rng=seed).random(count)
    low, high = MIDDLE
    rows = []
    asked = [question(target) for target in calibration.targets]
    tolerances = calibration.figures[1]
    for number, hidden in enumerate(low + (high - low) * places):
        said = outcomes(asked, trials.sample(hidden, calibration.fit.replicates, seed + 1 + number))
        noise = np.random.default_rng((seed, number)).normal(size=len(asked))
        # Both the data and the fit carry the error of their shocks; the data's is none that a publication has.
        problem = problem_of(calibration, trials, said.values + noise * tolerances)
        unit = fit(problem, starts(calibration), calibration.fit.evaluations)
        found = identification(unit, problem.derivatives(unit), problem.figures, tolerances)
        errors = np.sqrt(found.covariance.diagonal() + np.where(found.identified, found.simulated.diagonal(), 0.0))
        off = (unit - hidden) / errors
        for place, (path, free) in enumerate(calibration.parameters.items()):
            rows.append(
                {
                    "data_set": number,
                    "parameter": path,
                    "hidden": value_at(free, hidden[place]),
                    "found": value_at(free, unit[place]),
                    "standard_errors": off[place],
                    "inside": bool(abs(off[place]) <= np.sqrt(LINE)),
                    "identified": bool(found.identified[place]),
                }
            )
    table = pd.DataFrame(rows)
    known = table[table["identified"]]
    return Recovery(table, int(known["inside"].sum()), len(known))
