"""Runs that end while offers wait for a transfer window: they are `waiting`, without a reason, and no replicate fails."""

from __future__ import annotations

import pandas as pd
import pytest
from markets import campaign, quiet

from talentmarket.runs.options import Options
from talentmarket.runs.running import run

WINDOW = 7


@pytest.fixture(scope="module")
def by_length() -> dict[int, pd.DataFrame]:
    """The table of offers of runs of 1 to 13 months with one window a year."""
    found = {}
    for months in range(1, 14):
        scenario = quiet(
            campaigns=[campaign()], run={"months": months, "replicates": 2}, transfer={"windows": [WINDOW]}
        )
        runs = run(scenario, Options(workers=1))
        assert not runs.failures
        assert runs.summary["n"].max() == 2
        found[months] = runs.offers
    return found


@pytest.mark.parametrize("months", range(1, 14))
def test_what_waits_at_the_end_says_so(by_length: dict[int, pd.DataFrame], months: int) -> None:
    offers = by_length[months]
    waiting = offers["outcome"] == "waiting"
    last_window = WINDOW if months >= WINDOW else 0
    assert (waiting == (offers["month"] > last_window)).all()
    assert waiting.any() == (months != WINDOW)
    assert offers.loc[waiting, "reason"].isna().all()
    assert offers.loc[~waiting, "reason"].notna().all()
    assert (offers.loc[waiting, "decided"] == -1).all()
