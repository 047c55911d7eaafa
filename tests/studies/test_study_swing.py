"""How far a parameter alone moves an outcome: closed forms of the swing that the tornado draws, and its picture."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from talentmarket.plots.studies.gallery import draw, pictures_of
from talentmarket.report.documents.gallery import shipped_result
from talentmarket.studies.analyses.response import swing


def test_the_swing_of_a_line_is_three_quarters_of_its_rise() -> None:
    """Over an even grid the lowest and the highest quarter have their means at 1/8 and 7/8."""
    values = (np.arange(4000) + 0.5) / 4000
    found = swing(values, 10.0 - 8.0 * values)
    assert (found.low_value, found.high_value) == pytest.approx((0.125, 0.875), abs=1e-3)
    assert found.size == pytest.approx(-6.0, abs=1e-2)
    assert found.is_clear


def test_its_intervals_are_students_over_what_else_varies() -> None:
    rng = np.random.default_rng(5)
    values, other = rng.random(400), rng.normal(size=400)
    found = swing(values, other)
    lowest = other[values <= np.quantile(values, 0.25)]
    assert found.low_half == pytest.approx(t.ppf(0.975, 99) * lowest.std(ddof=1) / 10.0)
    assert abs(found.size) < 0.5
    assert not found.is_clear


def test_the_ends_of_a_short_list_are_its_first_and_last_value() -> None:
    values = np.tile([0.0, 1.0, 2.0], 10)
    found = swing(values, values**2)
    assert (found.low, found.high, found.low_value, found.high_value) == (0.0, 4.0, 0.0, 2.0)


def test_the_tornado_names_the_widest_swing_and_greys_what_is_not_clear() -> None:
    result = shipped_result("which_reading")
    assert "tornado_1" in pictures_of(result)
    figure = draw(result, "tornado_1")
    rows = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    widths = [abs(bar.get_width()) for bar in figure.axes[0].patches]
    sizes = [widths[2 * place] + widths[2 * place + 1] for place in range(len(rows))]
    assert rows[0] == "engage of every campaign"
    assert "every campaign's engage" in figure.texts[0].get_text().replace("\n", " ")
    assert sizes[0] == max(sizes)
    assert len({bar.get_facecolor() for bar in figure.axes[0].patches}) == 3
