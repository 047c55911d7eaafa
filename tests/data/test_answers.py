"""What each scenario file says the model answers is what the model answers."""

import numpy as np
import pytest
from answers import SCENARIOS, answer, figures, moments, values

NAMES = sorted(file.stem for file in SCENARIOS.glob("*.toml"))
REPLICATES = 12
CLAIMED = 200


@pytest.fixture(scope="module")
def run():
    known = {}

    def of(name):
        if name not in known:
            known[name] = values(name, REPLICATES)
        return known[name]

    return of


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_the_answer_are_the_model_s(name, run):
    """A run of a few replicates agrees with the sentence within 4.5 standard errors of the two together."""
    claims = figures(name)
    assert claims, f"{name}.toml has no sentence with a figure: {answer(name)!r}"
    for claim in claims:
        assert claim.low < claim.mean < claim.high or claim.low == claim.mean == claim.high
        mean, _, count = moments(claim, run(name), run(claim.other) if claim.other else None)
        half = (claim.high - claim.low) / 2.0
        deviation = half / 1.972 * np.sqrt(CLAIMED)
        error = deviation * np.sqrt(1.0 / count - 1.0 / CLAIMED) + half * 0.1  # the first runs are among the 200
        assert abs(mean - claim.mean) <= 4.5 * error + 1e-9, (claim, mean)
