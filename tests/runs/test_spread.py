"""Between what single runs lie, said apart from the interval of their mean."""

import numpy as np
from fake_market import build_scenario

from talentmarket.runs.measures.everything import questions
from talentmarket.runs.summary import LEAST_FOR_SPREAD, spread_of_runs

SCENARIO = build_scenario()


def test_nine_tenths_of_the_defined_replicates_lie_within():
    asked = questions(SCENARIO)
    values = np.full((101, len(asked)), np.nan)
    values[:, 0] = np.arange(101.0)[::-1]
    values[: LEAST_FOR_SPREAD - 1, 1] = 1.0
    (measure, lab), *_ = asked
    assert spread_of_runs(SCENARIO, values) == {(measure.name, lab): (5.0, 95.0)}
