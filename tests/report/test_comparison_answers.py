"""The answer of a comparison speaks of the labs concerned, of what is something, and in few lines."""

from types import SimpleNamespace

import pandas as pd
import pytest

from talentmarket.comparison.costs import COLUMNS
from talentmarket.report.comparison_answers import _costs, _of_labs_concerned, times_as_many
from talentmarket.report.comparison_report import _question


def test_labs_that_nothing_was_changed_about_are_spoken_of_only_if_nothing_else_differs():
    raider, other, whole = (SimpleNamespace(lab=lab) for lab in ("Meta", "xAI", ""))
    assert _of_labs_concerned([other, raider, whole], {"Meta", "OpenAI"}) == [raider, whole]
    assert _of_labs_concerned([other], {"Meta", "OpenAI"}) == [other]


def test_a_cost_that_rounds_to_nothing_is_not_said():
    rows = [("b", "Alpha", 9, 0.1, 5.0, 0.02, 0.01, 0.03, ""), ("b", "Beta", 9, 40.0, 5.0, 8.0, 7.6, 8.4, "")]
    (said,) = _costs(pd.DataFrame(rows, columns=[*COLUMNS]))
    assert said.startswith("Beta pays 8.0 M$ (7.6 to 8.4) in answers")


@pytest.mark.parametrize(("ratio", "said"), [(0.5, "4.0 times as many"), (0.05, "more than 100 times as many")])
def test_what_pairing_saves_is_said_up_to_a_hundred_times(ratio, said):
    assert times_as_many(pd.DataFrame({"width_ratio": [ratio]})) == said


def test_a_heading_is_short():
    assert _question(["A", "B"]) == "What do A and B change?"
    assert _question(["a name that is long enough for a line"] * 3) == "What do 3 scenarios change?"
