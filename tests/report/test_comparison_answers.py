"""The answer of a comparison speaks of the labs concerned, of what is something, and in few lines."""

from types import SimpleNamespace

import pandas as pd
import pytest

from talentmarket.comparison.costs import COLUMNS, NOBODY_MORE
from talentmarket.report.comparison_answers import (
    _answers,
    _chosen,
    _costs,
    _differences,
    _of_its_own,
    _of_labs_concerned,
    times_as_many,
)


def test_labs_that_nothing_was_changed_about_are_spoken_of_only_if_nothing_else_differs():
    raider, other, whole = (SimpleNamespace(lab=lab) for lab in ("Meta", "xAI", ""))
    assert _of_labs_concerned([other, raider, whole], {"Meta", "OpenAI"}) == [raider, whole]
    assert _of_labs_concerned([other], {"Meta", "OpenAI"}) == [other]


def test_a_cost_that_rounds_to_nothing_is_not_said():
    rows = [("b", "Alpha", 9, 0.1, 5.0, 0.02, 0.01, 0.03, ""), ("b", "Beta", 9, 40.0, 5.0, 8.0, 7.6, 8.4, "")]
    (said,) = _costs(pd.DataFrame(rows, columns=[*COLUMNS]))
    assert said.startswith("Beta pays 8.0 M$ (7.6 to 8.4) in answers")


@pytest.mark.parametrize(
    ("significant", "said"),
    [
        ([False, False], "no difference is distinguishable from zero with 4 runs of each."),
        (
            [True, False],
            "no difference that is told in words is distinguishable from zero with 4 runs of each; of those in the table 1 is.",
        ),
        (
            [True, True],
            "no difference that is told in words is distinguishable from zero with 4 runs of each; of those in the table 2 are.",
        ),
    ],
)
def test_what_is_clear_and_has_no_sentence_is_said_to_stand_in_the_table(significant, said):
    row = {
        "measure": "output_per_pay",
        "unit": "output per M$",
        "mean": 2.0,
        "base_mean": 1.0,
        "difference": 1.0,
        "low": 0.9,
        "high": 1.1,
        "p": 0.001,
    }
    rows = [{**row, "lab": lab, "significant": clear} for lab, clear in zip(("Meta", "xAI"), significant, strict=True)]
    table = pd.DataFrame(rows)
    assert _differences(table, _chosen(table, set(), 5, []), 4) == [said]


@pytest.mark.parametrize(("ratio", "said"), [(0.5, "4.0 times as many"), (0.05, "more than 100 times as many")])
def test_what_pairing_saves_is_said_up_to_a_hundred_times(ratio, said):
    assert times_as_many(pd.DataFrame({"width_ratio": [ratio]})) == said


def test_a_raid_is_told_by_itself_only_if_the_base_has_none():
    raided = SimpleNamespace(scenario=SimpleNamespace(campaigns=["raid"]))
    assert _of_its_own(raided, raided) == []


def row_of(measure, unit, difference, significant=True):
    ends = (difference - 1.0, difference + 1.0) if difference else (0.0, 0.0)
    means = {"mean": 10.0 + difference, "base_mean": 10.0, "difference": difference, "low": ends[0], "high": ends[1]}
    return {"measure": measure, "lab": "Alpha", "unit": unit, **means, "half_width": 1.0, "significant": significant}


def test_an_answer_is_told_by_whom_it_keeps_what_is_spent_and_what_each_costs_whether_or_not_they_differ():
    kept, spent = row_of("staff_still_there", "people", 5.0), row_of("answer_spending", "M$", 40.0)
    costs = pd.DataFrame([("b", "Alpha", 9, 40.0, 5.0, 8.0, 7.6, 8.4, "")], columns=[*COLUMNS])
    said = _answers(pd.DataFrame([spent, kept]), costs, ["Alpha"])
    assert [each.partition(" (")[0].replace("\u00a0", " ") for each in said] == [
        "5.0 more of Alpha's first staff are still there at the end",
        "Alpha spends 40.0 M$ more on raises, awards and counter-offers",
        "Alpha pays 8.0 M$",
    ]
    nobody = [row_of("staff_still_there", "people", 0.0, significant=False), spent]
    none = costs.assign(note=NOBODY_MORE)
    said = _answers(pd.DataFrame(nobody), none, ["Alpha"])
    assert said[0] == "neither more nor fewer of Alpha's first staff are still there at the end in any run (10.0)."
    assert said[2] == f"Alpha has no cost for each person kept: {NOBODY_MORE}."


def test_what_is_told_besides_an_answer_is_not_told_twice_and_leaves_it_room():
    rows = [row_of("staff_still_there", "people", 5.0), row_of("answer_spending", "M$", 40.0)]
    rows += [row_of("lost_to_labs", "moves", -4.0), row_of("departures", "people", -9.0)]
    table = pd.DataFrame([{**row, "run": run} for run in "bc" for row in rows])
    assert _chosen(table, {"Alpha"}, 6, ["Alpha"]) == [("lost_to_labs", "Alpha"), ("departures", "Alpha")]
    assert _chosen(table, {"Alpha"}, 3, ["Alpha"]) == [("departures", "Alpha")]
