"""Summary measure of how well the raid agrees with what the press counted: how many of those approached came."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.measures.measure import Measure, of_raided
from talentmarket.runs.measures.observed import Observed
from talentmarket.scenario.evidence.seeds import fact


def funnel_log_likelihood(observed: Observed) -> np.ndarray:
    """Log-likelihood of the published count at the run's own share who came (R, raided + 1).

    Of n approached k came, so that it is  k ln p + (n - k) ln(1 - p);  p is Jeffreys' mean (started + 1/2) /
    (approached + 1), which is neither 0 nor 1. Not a number where nobody was approached.
    """
    came, of = (float(fact(name).value) for name in ("raid_hired_august", "raid_approached"))  # type: ignore[arg-type]
    started, approached = (of_raided(observed, observed.panel(name).sum(axis=1)) for name in ("started", "approached"))
    p = (started + 0.5) / (approached + 1.0)
    return np.where(approached > 0.0, came * np.log(p) + (of - came) * np.log1p(-p), np.nan)


LIKELIHOOD_MEASURES = (
    Measure(
        "funnel_log_likelihood",
        "log units",
        "Log-likelihood of the published count (10 of 100 approached came) at the run's share who came.",
        "Raid: the funnel",
        "raided",
        funnel_log_likelihood,
    ),
)
