from itertools import groupby

import pandas as pd
import pytest
from rich.console import Console

from talentmarket.commands.common.summaries import STACK, definitions_table, summary_table
from talentmarket.commands.common.terminal import print_table
from talentmarket.numbers import mean_and_interval
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.summary import Row

ROWS = pd.DataFrame(
    [
        ("Raid", "share_came", "Alpha", "share", 10, 0.1, 0.01, 0.08, 0.12, "People who started."),
        ("Raid", "share_came", "", "share", 10, 0.1, 0.01, 0.08, 0.12, "People who started."),
        ("Labs", "two_year_retention", "Alpha", "share", 4, 0.7, 0.01, 0.69, 0.71, "Staff who stay."),
        ("Labs", "two_year_retention", "[red]B", "share", 10, 0.8, 0.01, 0.79, 0.81, "Staff who stay."),
    ],
    columns=["group", "measure", "lab", "unit", "n", "mean", "sd", "low", "high", "definition"],
)
NAN = float("nan")


def printed(frame, table=lambda summary: summary_table(summary, "A [run]", 10), width=140):
    summary = [Row(*each) for each in frame.itertuples(index=False)]
    console = Console(width=width, force_terminal=False)
    with console.capture() as capture:
        print_table(console, table(summary), stack=STACK, drop=("n",))
    return capture.get()


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        ((0.12014, 0.1122, 0.1279), ("0.1201", "0.1122 to 0.1279")),
        ((12345.6, 12000.0, 12700.0), ("12,346", "12,000 to 12,700")),
        ((-9.53, -10.9, -8.0), ("−9.5", "−10.9 to −8.0")),
        ((160.0, 160.0, 160.0), ("160", "160 to 160")),
        ((0.64894, 0.64894, 0.64894), ("0.6489", "0.6489 to 0.6489")),
        ((0.25, NAN, NAN), ("0.2500", "–")),
        ((NAN, NAN, NAN), ("–", "–")),
    ],
)
def test_a_mean_has_as_many_digits_as_its_interval_deserves(estimate, text):
    assert mean_and_interval(*estimate) == text


def test_groups_units_and_intervals_are_shown():
    text = printed(ROWS)
    assert [word in text for word in ("A [run]", "Raid", "share who came", "0.080 to 0.120", "two-year retention")] == [
        True
    ] * 5
    assert "[red]B" in text
    assert "Staff who stay." not in text


def test_the_only_raided_lab_is_not_shown_twice():
    assert printed(ROWS).count("0.080 to 0.120") == 1
    second = ROWS.iloc[[0]].assign(lab="Beta")
    assert printed(pd.concat([ROWS.iloc[:1], second, ROWS.iloc[1:]])).count("0.080 to 0.120") == 3


def test_measures_that_are_not_always_defined_say_in_how_many_runs():
    header = " Unit        n"
    assert header in printed(ROWS)
    assert header not in printed(ROWS[ROWS["n"] == 10])


def test_definitions_come_once_for_each_measure():
    text = printed(ROWS, definitions_table)
    assert [text.count("Staff who stay."), text.count("People who started."), text.count("In how many runs")] == [1] * 3


def test_a_summary_fits_a_narrow_terminal():
    longest = ("Labs", "hires_left_after_a_year", "Google DeepMind", "log points", 9, 0.9, 0.01, 0.8945, 0.8991, "Who.")
    wide = pd.concat([ROWS, pd.DataFrame([longest], columns=ROWS.columns)])
    text = printed(wide, width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert all(whole in text for whole in ("0.8945 to 0.8991", "log points", "Google DeepMind"))


def test_measures_of_one_group_stand_side_by_side():
    groups = [each.group for each in MEASURES]
    assert len(list(groupby(groups))) == len(set(groups))


@pytest.mark.parametrize("width", [100, 80, 60, 40])
def test_no_number_is_ever_cut_and_every_measure_has_its_name(width):
    """Also with a lab whose name is as long as a name may be; in a narrow terminal the interval stands below the mean."""
    long = "Alibaba Tongyi Qianwen Research Institut"
    numbers = [("−12,345.6", -12345.6, -12700.4, -12000.8), ("0.0100", 0.01, 0.0052, 0.0148)]
    rows = ROWS.iloc[:2].assign(lab=[long, "Meta"], measure=["cost_per_avoided_exit", "approached"], unit="M$ per exit")
    for place, (_, mean, low, high) in enumerate(numbers):
        rows.loc[place, ["mean", "low", "high"]] = mean, low, high
    text = printed(rows, lambda summary: summary_table(summary, "A run", 10), width)
    assert max(map(len, text.splitlines())) <= width
    for mean, low, high in rows[["mean", "low", "high"]].itertuples(index=False):
        value, interval = mean_and_interval(mean, low, high)
        assert value in text
        assert interval in text
    assert "approached" in text
    assert "avoided" in text
