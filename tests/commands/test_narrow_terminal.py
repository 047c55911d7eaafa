"""No number is cut at 80, 60 and 40 columns, the measure stays, and a log that is no terminal hears now and then."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from rich.console import Console
from rich.table import Table

from talentmarket.commands.common.summaries import STACK, summary_table
from talentmarket.commands.common.terminal import SILENCE, log_lines, print_json, print_table, progress_bar
from talentmarket.commands.compare import comparison_table
from talentmarket.commands.validate import validation_table
from talentmarket.comparison.intervals import Interval
from talentmarket.runs.summary import Row
from talentmarket.validation.check import Check

SUMMARY = [
    Row(*each)
    for each in [
        ("Raid", "people_asked", "", "approaches", 10, 160.0, 0.0, 160.0, 160.0, "All."),
        ("Raid", "package_spending", "", "M$", 7, 4498.0, 10.0, 4350.0, 4646.0, "All."),
        ("Labs", "two_year_retention", "Google DeepMind", "share", 10, 0.78, 0.01, 0.776, 0.784, "Stay."),
        ("Labs", "lost_to_labs", "Google DeepMind", "people a year", 10, 1234.56, 9.0, 1225.1, 1243.9, "Lost."),
    ]
]
WHOLE = ("160 to 160", "4,350 to 4,646", "0.7760 to 0.7840", "1,225.1 to 1,243.9")
NAMES = ("people", "asked", "package", "spending", "two", "year", "retention", "lost", "labs")


def printed(table: Table, width: int, **how) -> str:
    console = Console(width=width, force_terminal=False)
    with console.capture() as capture:
        print_table(console, table, **how)
    return capture.get()


@pytest.mark.parametrize("width", [80, 60, 40])
def test_a_summary_keeps_measures_and_whole_intervals(width: int) -> None:
    text = printed(summary_table(SUMMARY, "A run", 10), width, stack=STACK, drop=("n",))
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for whole in (*WHOLE, "Google DeepMind"):
        assert whole in text
    assert {*NAMES} <= {*re.findall(r"\w+", text)}


def test_what_is_left_out_is_named_and_at_eighty_columns_nothing_is() -> None:
    assert "Left out" not in printed(summary_table(SUMMARY, "A run", 10), 80, stack=STACK, drop=("n",))
    table = Table("Measure", "Base", "Needs")
    table.add_row("lost", "1,234,567", "9,999,999")
    assert printed(table, 26, drop=("Needs", "Base")).endswith("Left out for want of room:\nNeeds.\n")


@pytest.mark.parametrize("width", [80, 60, 40])
def test_a_comparison_keeps_the_difference_with_its_interval(width: int) -> None:
    row = {
        "run": "raid", "group": "Labs", "measure": "lost_to_labs", "lab": "Google DeepMind", "unit": "people",
        "base_mean": 1207.04, "mean": 1270.31, "difference": 63.27, "low": 60.11, "high": 66.43, "interval": "t",
        "significant": True, "verdict": "higher", "replicates_needed": 1234.0,
    }  # fmt: skip
    table = comparison_table(pd.DataFrame([row]), "raid", "base")
    text = printed(table, width, stack=(("Difference", "95 % interval"),), drop=("Needs", "Base", "Run"))
    assert max(map(len, text.splitlines())) <= width
    for whole in ("lost to labs", "Google", "+63.3", "60.1 to 66.4"):
        assert whole in text
    assert ("Left out for want of room: Needs, Base, Run" in " ".join(text.split())) == (width == 40)


def test_digits_are_never_cut_where_words_can_break() -> None:
    row = {
        "run": "raid", "group": "Labs", "measure": "lost_to_labs", "lab": "Google DeepMind", "unit": "people",
        "base_mean": 120704.25, "mean": 119438.5, "difference": -1265.75, "low": -1281.25, "high": -1250.25, "interval": "bootstrap",
        "significant": False, "verdict": "not distinguishable from zero", "replicates_needed": 1234.0,
    }  # fmt: skip
    table = comparison_table(pd.DataFrame([row]), "raid", "base")
    text = printed(table, 40, stack=(("Difference", "95 % interval"),), drop=("Needs", "Base", "Run"))
    assert max(map(len, text.splitlines())) <= 40
    for whole in ("Difference", "95 % interval", "(−1,266)", "−1,281 to −1,250*"):
        assert whole in text


def test_a_validation_keeps_what_is_checked_and_its_verdict() -> None:
    check = Check("Group", "two-year retention", Interval(0.6, 0.7), 0.65, Interval(0.64, 0.66), "share", "x")
    text = printed(validation_table([check]), 40, stack=(("model", "±"), ("check", "unit")), drop=("target",))
    for whole in ("retention", "0.650", "0.010", "share", "agrees"):
        assert whole in text


def test_stacked_cells_stand_below_each_other_and_rows_keep_their_style() -> None:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for header in ("Measure", "Mean", "Interval"):
        table.add_column(header, no_wrap=True)
    table.add_row("lost", "12", "11 to 13", style="dim")
    lines = printed(table, 18, stack=(("Mean", "Interval"),)).splitlines()
    assert [line.rstrip() for line in lines] == ["        Mean", "Measure Interval", "lost    12", "          11 to 13"]


def test_a_log_hears_of_it_every_half_minute_and_not_at_the_end() -> None:
    said: list[str] = []
    now = [0.0]
    tell = log_lines(said.append, "A run", lambda: now[0])
    for done in range(1, 201):
        now[0] += 1.0
        tell(done, 200)
    assert len(said) == 200 // SILENCE
    assert said[1] == "A run: 60 of 200 done, about 2 min left"
    tell(200, 200)
    assert len(said) == 200 // SILENCE


def test_what_is_no_terminal_gets_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(Console(stderr=True, force_terminal=False), "A run") as tell:
        tell(1, 2)
    assert capsys.readouterr().err == ""


def test_json_has_one_shape_and_null_for_what_is_undefined(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    table = pd.DataFrame({"mean": [1.5, float("nan")], "n": [1, 2]})
    print_json("run", [{"table": table, "low": float("-inf"), "pair": (1, 2)}])
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["command", "version", "results"]
    assert said["results"] == [{"table": [{"mean": 1.5, "n": 1}, {"mean": None, "n": 2}], "low": None, "pair": [1, 2]}]
