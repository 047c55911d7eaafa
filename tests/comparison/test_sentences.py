"""Differences in words: the right sign, unit and rounding, the most telling first."""

import pandas as pd

from talentmarket.commands.comparing.table import _cost
from talentmarket.comparison.costs import SPENT_ON
from talentmarket.comparison.sentences import SENTENCES, clause, headlines, null, otherwise, sentence, tellable
from talentmarket.report import side_opening
from talentmarket.runs.measures.everything import MEASURES


def rows(*cells):
    names = ["measure", "lab", "unit", "difference", "low", "high", "base_mean", "mean", "scale", "significant"]
    table = pd.DataFrame([(*each, True) for each in cells], columns=names)
    return table.assign(half_width=(table["high"] - table["low"]) / 2.0)


STAFF = ("staff_still_there", "Alpha", "people", 19.12, 12.7, 25.6, 1380.3, 1399.5, 50.0)
SPENT = ("answer_spending", "Alpha", "M$", 2700.4, 2664.0, 2736.0, 400.0, 3100.0, 90.0)
SHARE = ("talent_lost", "", "share", -0.0004, -0.0005, -0.0002, 0.0174, 0.0170, 0.01)
NOTHING = ("talent_lost", "Beta", "share", -0.000001, -0.0000012, -0.0000008, 0.0174, 0.0174, 0.01)
WORDLESS = ("movers_pay_rise", "", "log points", 0.1, 0.05, 0.15, 0.1, 0.2, 0.001)


def test_a_difference_is_said_with_its_unit_interval_and_both_means():
    said = [sentence(row) for row in rows(STAFF, SPENT, SHARE).itertuples()]
    assert [each.replace("\u00a0", " ") for each in said] == [
        "19.1 more of Alpha's first staff are still there at the end (12.7 to 25.6; 1,399.5 instead of 1,380.3)",
        "Alpha spends 2,700 M$ more on raises, awards and counter-offers (2,664 to 2,736; 3,100 instead of 400)",
        "raids take 0.04 percentage points less of the raided labs' talent (0.02 to 0.05; 1.70 % instead of 1.74 %)",
    ]
    lost = rows(("lost_to_labs", "Alpha", "moves", -3.95, -6.3, -1.6, 223.0, 219.0, 9.0))
    assert [clause(row) for row in lost.itertuples()] == ["Alpha loses 4.0 fewer people to other labs"]


def test_what_is_spent_on_an_answer_has_one_name_everywhere():
    assert SENTENCES["answer_spending"].endswith(SPENT_ON)
    assert SPENT_ON in side_opening.SENTENCES["answer_spending"]
    row = {"run": "b", "lab": "Alpha", "spending": 3.0, "people": 2.0, "cost": 1.5, "low": 1.0, "high": 2.0, "note": ""}
    assert next(_cost(row)).startswith(f"b: Alpha spends +3.0 M$ on {SPENT_ON}; ")
    for measure in (each for each in MEASURES if each.name in ("answer_spending", "response_spending")):
        assert SPENT_ON in measure.definition


def test_what_has_no_words_or_rounds_to_nothing_is_not_said():
    table = rows(STAFF, NOTHING, WORDLESS)
    assert [row.measure for row in tellable(table)] == ["staff_still_there"]
    assert tellable(table.assign(significant=False)) == []


def test_headlines_begin_with_the_largest_of_people_and_money():
    found = [row.measure for row in headlines(rows(SHARE, STAFF, SPENT))]
    assert found == ["answer_spending", "staff_still_there", "talent_lost"]


def test_what_cannot_be_told_says_so_unless_its_own_interval_tells_it():
    unclear, clear = rows(
        ("started", "", "people", -0.1, -0.5, 0.3, 17.1, 17.0, 3.0),
        ("started", "", "people", -0.23, -0.47, -0.1, 17.2, 17.0, 3.0),
    ).itertuples()
    assert null(unclear).startswith(
        "whether more or fewer people come with a raid cannot be told: −0.10 (−0.50 to +0.30"
    )
    assert null(clear).startswith("0.23 fewer people come with a raid (0.10 to 0.47")
    assert null(clear).endswith("not among so many differences tested at once")


def test_those_whom_a_raid_moves_stay_leave_or_move_otherwise():
    """Of 20 in ten runs 9 stay, 10 leave and 1 moves to a lab; of four in ten runs nothing is said."""
    fates = {"replicates": 10, "raided": 20, "raided_who_else_stayed": 9, "raided_who_else_left": 10}
    said = otherwise(fates, "the raid", "calm").replace("\u00a0", " ")
    assert said.startswith(
        "Of the 2.0 people a run who come with a raid in the raid and live otherwise in calm, there 45 % stay"
    )
    assert "50 % leave for the outside sooner or later, and 5 % move to a lab" in said
    assert otherwise({**fates, "raided": 4}, "the raid", "calm") == ""
