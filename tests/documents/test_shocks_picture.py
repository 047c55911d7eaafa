"""The picture of common shocks says what its numbers say."""

from __future__ import annotations

import re

import numpy as np
import pytest

from talentmarket.report.documents.shocks import same_shocks


def test_the_finding_is_half_the_width_of_the_two_intervals() -> None:
    """The raid adds 10 and a little noise to runs that lie far apart, so that only the paired difference is sharp."""
    chance = np.random.default_rng(7)
    without = 200.0 + 20.0 * chance.standard_normal(64)
    with_raid = without + 10.0 + chance.standard_normal(64)
    title = same_shocks(without, with_raid).texts[0].get_text()
    runs, paired, apart = (float(number) for number in re.findall(r"[\d.]+\d|\d", title))
    assert runs == 64
    assert paired == pytest.approx(1.96 / 8.0, rel=0.25)
    assert apart == pytest.approx(1.96 * 20.0 * np.sqrt(2.0) / 8.0, rel=0.25)
