"""A comparison in the terminal: eighty columns, the unclear marked, sentences with the right figures."""

import re

import numpy as np
import pytest
from fake_market import build_scenario, flows_table, moves_table, quiet
from rich.console import Console

from talentmarket.commands.compare import comparison_table, remarks
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
    assert f"[up]: {same} more rows are the same in every replicate." in list(remarks(comparison))


def test_sentences_say_what_pairing_bought_and_whom_the_run_moved(comparison):
    said = " ".join(remarks(comparison))
    assert "[up]: 50.0\N{NO-BREAK SPACE}% of its moves are not in the base; lives that differ: 1 a replicate" in said
    assert (
        "[up]: of 1.0 people a replicate whom a raid's offer moved, 100\N{NO-BREAK SPACE}% never move in the base."
        in said
    )
    ratio = comparison.table.query("run == '[up]'")["width_ratio"]
    assert f"it would take {(ratio[ratio > 0] ** -2).median():,.1f} times the replicates" in said
    assert f"corrected for {comparison.table['p'].notna().sum()} tests at once" in said
