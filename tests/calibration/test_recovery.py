"""Hidden values are found again, and intervals that are too narrow are noticed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from small_calibrations import calibration, plain_market, target

from talentmarket.calibration import trials as trials_module
from talentmarket.calibration.recovery import Recovery, recover
from talentmarket.calibration.trials import Trials


def test_intervals_hold_hidden_values_as_often_as_they_say(monkeypatch):
    monkeypatch.setattr(trials_module, "sample_at", plain_market)
    asked = calibration([target("Meta", 0.5), target("OpenAI", 0.5)], replicates=20)
    found = recover(asked, Trials(asked, 1), 60)
    assert found.known == 120
    assert found.passed
    share = found.inside / found.known
    assert abs(share - 0.95) < 4.0 * np.sqrt(0.95 * 0.05 / 120)
    spread = found.table["standard_errors"].std()
    assert abs(spread - 1.0) < 4.0 / np.sqrt(2.0 * 120)


def test_too_few_intervals_that_hold_are_no_recovery():
    assert not Recovery(pd.DataFrame(), 70, 90).passed
    assert Recovery(pd.DataFrame(), 85, 90).passed
    assert not Recovery(pd.DataFrame(), 0, 0).passed
