"""A comparison in the terminal: eighty columns, the unclear marked, sentences with the right figures."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest
from fake_market import build_scenario, flows_table, moves_table, quiet
from rich.console import Console

from talentmarket.commands.comparing.table import comparison_table, remarks
from talentmarket.comparison.comparison import compared
from talentmarket.runs.running import Options, run

COUNT = 30


def market(losses, moves=()):
    def simulate(scenario, replicate):
        tables = {**quiet(scenario, replicate), "flows": flows_table([(1, "Alpha", "Beta", int(losses[replicate]))])}
        return {**tables, "moves": moves_table(list(moves))}

    return run(build_scenario(), Options(replicates=COUNT, workers=1, simulate=simulate))


@pytest.fixture(scope="module")
def comparison():
    chance = np.random.default_rng(1)
    losses = chance.integers(500, 900, COUNT)
    stays = {"researcher": 3, "from": "Alpha", "to": "Beta", "kind": "ordinary"}
    goes = {"researcher": 4, "from": "Alpha", "to": "Beta", "kind": "campaign"}
    base, other = market(losses, [stays]), market(losses + chance.integers(40, 61, COUNT), [stays, goes])
    return compared([base, other, market(losses + chance.integers(-50, 51, COUNT), [stays])], ["base", "[up]", "noise"])


def printed(comparison, run):
    console = Console(width=80, force_terminal=False)
    with console.capture() as capture:
        console.print(comparison_table(comparison.table, run, "base"))
    return capture.get()


def test_effects_stand_with_their_interval_in_eighty_columns(comparison):
    text = printed(comparison, "[up]")
    row = comparison.table.query("run == '[up]' and measure == 'lost_to_labs' and lab == 'Alpha'").iloc[0]
    assert "[up] against base" in text
    assert f"{row['difference']:+,.1f}" in text
    assert f"{row['low']:,.1f} to {row['high']:,.1f}" in text
    assert f"{row['replicates_needed']:,.0f}" in text
    assert max(map(len, text.splitlines())) <= 80


def test_what_cannot_be_told_from_zero_is_marked(comparison):
    bracketed = re.compile(r"\([+−][\d.,]+\)")
    assert bracketed.search(printed(comparison, "noise"))
    assert not bracketed.search(printed(comparison, "[up]"))


def test_rows_in_which_nothing_differs_are_counted_and_not_shown(comparison):
    assert "log odds" not in printed(comparison, "[up]")
    same = ((comparison.table["run"] == "[up]") & (comparison.table["verdict"] == "the same")).sum()
    assert f"[up]: {same} more rows are the same in every run." in list(remarks(comparison))


def test_sentences_say_what_pairing_bought_and_whom_the_run_moved(comparison):
    said = " ".join(remarks(comparison))
    assert "[up]: 50.0\N{NO-BREAK SPACE}% of its moves are not in the base; lives that differ: 1 a run" in said
    moved = "Of the 1.0 people a run who come with a raid in [up] and live otherwise in base, there "
    assert f"{moved}100\N{NO-BREAK SPACE}% stay where they are to the end" in said
    for name, words in (("[up]", "more than 100 times"), ("noise", None)):
        ratio = comparison.table.query(f"run == '{name}'")["width_ratio"]
        saved = (ratio[ratio > 0] ** -2).median()
        assert (saved > 100.0) == (words is not None)
        assert f"{name}: without the same shocks it would take {words or f'{saved:,.1f} times'} as many runs" in said
    assert f"corrected for {comparison.tests} tests at once" in said


def line_of(text, start):
    return next(line for line in text.splitlines() if line.strip().startswith(start))


def test_each_run_counts_its_own_rows(comparison):
    table = comparison.table
    same = table[(table["run"] == "noise") & (table["verdict"] == "the same")]
    fewer = dataclasses.replace(comparison, table=table.drop(same.index[1:]))
    sentences = list(remarks(fewer))
    assert "noise: 1 more row is the same in every run." in sentences
    assert f"[up]: {len(same)} more rows are the same in every run." in sentences


def test_measures_of_labs_stand_above_their_labs_and_columns_to_the_right(comparison):
    text = printed(comparison, "[up]")
    headers, lab = line_of(text, "Measure"), line_of(text, "Alpha")
    assert [word for word in ("Measure", "Base", "Run", "Difference", "95 % interval", "Needs") if word in headers]
    lines = text.splitlines()
    before = lines[: lines.index(lab)]
    assert any("lost to labs, moves" in line for line in before)
    assert headers.rstrip().endswith("Needs")
    assert len(lab.rstrip()) == len(headers.rstrip())


def test_a_row_shows_two_digits_of_half_its_interval(comparison):
    row = comparison.table.query("run == 'noise' and measure == 'lost_to_labs' and lab == 'Alpha'").iloc[0].copy()
    row["low"], row["high"], row["difference"] = -5.0, 7.0, 1.0
    text = re.sub(r"\s+", " ", line_of(printed_rows(row), "Alpha"))
    assert "−5.0 to 7.0" in text
    row["low"], row["high"] = -20.0, 24.0
    assert "−20 to 24" in re.sub(r"\s+", " ", line_of(printed_rows(row), "Alpha"))


def test_all_raided_labs_together_stand_below_their_parts(comparison):
    rows = comparison.table.query("run == '[up]' and measure == 'lost_to_labs' and lab == 'Alpha'")
    rows = pd.concat([rows, rows]).assign(lab=["Alpha", ""])
    text = printed_rows(*(row for _, row in rows.iterrows()))
    assert line_of(text, "all of them")
    assert line_of(text, "lost to labs, moves")


def printed_rows(*rows):
    console = Console(width=80, force_terminal=False)
    table = pd.DataFrame(rows)
    with console.capture() as capture:
        console.print(comparison_table(table, table["run"].iloc[0], "base"))
    return capture.get()
