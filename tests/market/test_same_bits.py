"""One scenario, one seed, one replicate: one result, however it is reached."""

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from markets import assert_same_tables, campaign, frames, lab, lively, outside, quiet, run, run_to, small

import talentmarket as tm
from talentmarket.market.simulate import Replicate, simulate_together

MONTHS = 24
SMALL = """
import pickle, sys
import talentmarket as tm
from markets import small
tables = tm.simulate(small(), 2)
pickle.dump(tables, sys.stdout.buffer)
"""


@pytest.fixture(scope="module")
def scenario():
    return lively()


@pytest.fixture(scope="module")
def at_once(scenario):
    return run(scenario)


@pytest.mark.parametrize("chunks", [[1] * MONTHS, [2, 3, 19], [23, 1], [5, 0, 19], [1000]])
def test_any_number_of_months_at_a_time(scenario, at_once, chunks):
    market = Replicate(scenario, 0)
    for months in chunks:
        market.advance(months)
    assert market.month == MONTHS
    assert_same_tables(frames(market.tables()), at_once)


def test_running_on_after_the_last_month_does_nothing(scenario, at_once):
    market = run_to(scenario, MONTHS)
    market.advance(5)
    assert market.month == MONTHS
    assert_same_tables(frames(market.tables()), at_once)


def test_looking_does_not_change_a_run(scenario, at_once):
    market = Replicate(scenario, 0)
    for _ in range(MONTHS):
        market.advance(1)
        for table in frames(market.tables()).values():
            table.iloc[:, 0] = -1  # what was given away is not the market's
    assert_same_tables(frames(market.tables()), at_once)


def test_tables_so_far_are_the_first_rows_of_the_final_ones(scenario, at_once):
    so_far = frames(run_to(scenario, 10).tables())
    for name in ("months", "flows", "moves"):
        first = at_once[name][at_once[name].month <= 10]
        assert so_far[name].equals(first)
    assert so_far["offers"].researcher.equals(at_once["offers"].query("month <= 10").researcher)


def busy():
    """More moves than a record has rows for: a run pauses, each replicate in months of its own."""
    rates = {"contact": 60.0, "premium_mean": 3.0}
    return quiet(labs=[lab("Alpha", 300, **rates), lab("Beta", 300, **rates), outside(10)], run={"months": 40})


def of_replicate(tables, replicate):
    """What one replicate has of the data frames of several."""
    mine = {name: table[table.replicate == replicate] for name, table in tables.items()}
    return {name: table.drop(columns="replicate").reset_index(drop=True) for name, table in mine.items()}


@pytest.mark.parametrize("name", ["busy", "next_trend", "team_moves", "transfer_system"])
def test_replicates_that_run_together_are_what_they_are_alone(name):
    """Whoever is beside them, in new memory or used: with full records, an event by chance, ties, offers that wait."""
    short = ["population.scale=0.03", "run.months=40", "run.moves=all"]
    scenario = busy() if name == "busy" else tm.load(name, short)
    together = [frames(simulate_together(scenario, some)) for some in ([0, 1, 2], [2, 8], [5, 6, 7, 8])]
    alone = {each: run(scenario, each) for each in (0, 2, 8)}
    for tables, replicate in ((together[0], 0), (together[0], 2), (together[1], 2), (together[1], 8), (together[2], 8)):
        expected = {**alone[replicate], "replicates": alone[replicate]["replicates"].drop(columns="replicate")}
        assert_same_tables(of_replicate(tables, replicate), expected)


def test_replicates_do_not_depend_on_their_order(scenario):
    forward = [run(scenario, replicate) for replicate in (0, 1, 2)]
    backward = [run(scenario, replicate) for replicate in (2, 1, 0)][::-1]
    for one, other in zip(forward, backward, strict=True):
        assert_same_tables(one, other)
    assert not forward[0]["months"].equals(forward[1]["months"])


@pytest.mark.parametrize("threads", [2, 4])
def test_replicates_do_not_depend_on_the_number_of_threads(scenario, threads):
    alone = [run(scenario, replicate) for replicate in range(8)]
    with ThreadPoolExecutor(threads) as pool:
        together = list(pool.map(lambda replicate: tm.simulate(scenario, replicate), range(8)))
    for one, other in zip(alone, together, strict=True):
        assert_same_tables(one, frames(other))


def test_many_markets_can_be_stepped_in_turns(scenario, at_once):
    markets = [Replicate(scenario, replicate) for replicate in (0, 1, 0)]
    for _ in range(MONTHS):
        for market in markets:
            market.advance(1)
    assert_same_tables(frames(markets[0].tables()), at_once)
    assert_same_tables(frames(markets[2].tables()), at_once)
    assert_same_tables(frames(markets[1].tables()), run(scenario, 1))


@pytest.mark.parametrize("written", ["between_labs", "none"])
def test_writing_fewer_moves_changes_nothing_else(scenario, at_once, written):
    fewer = run(lively(run={"moves": written}))
    moves = at_once["moves"]
    inside = moves[(moves["from"] != "outside") & (moves.to != "outside")].reset_index(drop=True)
    expected = inside if written == "between_labs" else moves.iloc[:0]
    assert fewer["moves"].equals(expected.astype(fewer["moves"].dtypes.to_dict()))
    assert 0 < len(inside) < len(moves)
    for name in ("months", "flows", "offers", "replicates"):
        assert fewer[name].equals(at_once[name])


def test_a_record_full_of_moves_is_emptied_and_filled_again():
    """More moves than there are rows: the run pauses to write them out, and nothing is lost."""
    scenario = busy()
    tables = run(scenario)
    room = Replicate(scenario, 0).world.moves.size
    assert len(tables["moves"]) > 5 * room
    assert len(tables["moves"]) == tables["months"].hires.sum()


def test_the_length_of_a_run_does_not_change_its_beginning(scenario, at_once):
    shorter = run(lively(run={"months": 9}))
    for name in ("months", "flows", "moves"):
        assert shorter[name].equals(at_once[name].query("month <= 9"))


def test_another_seed_gives_another_run(at_once):
    assert not run(lively(run={"seed": 8}))["months"].equals(at_once["months"])


def test_seed_0_is_a_seed_like_any_other():
    assert not run(lively(run={"seed": 0}))["months"].equals(run(lively(run={"seed": 1}))["months"])
    assert run(lively(run={"seed": 0}))["replicates"].seed.tolist() == [0]


def test_the_compiled_code_does_what_the_source_says_run_as_plain_python():
    compiled = frames(tm.simulate(small(), 2))
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SMALL], env=environment, cwd=Path(__file__).parent, capture_output=True, check=True
    )
    plain = frames(pickle.loads(done.stdout))
    assert compiled.keys() == plain.keys()
    for name, table in compiled.items():
        for column in table:
            ours, theirs = table[column], plain[name][column]
            if ours.dtype.kind == "f":
                assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), rel=1e-9, abs=1e-12, nan_ok=True)
            else:
                assert ours.equals(theirs)
    assert len(compiled["offers"]) > 20
    assert set(compiled["moves"].kind) >= {"separation", "ordinary", "campaign", "growth"}


def test_a_raid_of_the_shipped_scenario_runs_to_the_same_end_twice():
    scenario = tm.load("meta_raid")
    document = scenario.model_dump()
    document["population"]["scale"] = 0.02
    document["run"]["months"] = 12
    one, other = (run(type(scenario).model_validate(document)) for _ in range(2))
    assert_same_tables(one, other)
    assert len(one["offers"]) > 10


def test_a_campaign_that_begins_in_the_middle_of_a_chunk_is_not_missed():
    scenario = quiet(campaigns=[campaign(start=5, months=2)])
    assert run(scenario)["offers"].month.unique().tolist() == [5, 6]
    market = Replicate(scenario, 0)
    market.advance(4)
    market.advance(8)
    assert frames(market.tables())["offers"].equals(run(scenario)["offers"])


@pytest.mark.parametrize("name", ["meta_raid", "transfer_system", "equity_upside", "team_moves"])
def test_a_market_in_the_memory_of_another_is_the_same(name):
    scenario = tm.load(name, ["population.scale=0.03", "run.months=15", "run.moves=all"])
    fresh = Replicate(scenario, 5)
    fresh.advance(15)
    used = None
    for replicate in (1, 2):  # which need more or less room than each other
        other = Replicate(scenario, replicate, used)
        other.advance(15)
        used = other
    again = Replicate(scenario, 5, used)
    again.advance(15)
    assert_same_tables(frames(again.tables()), frames(fresh.tables()))
    assert all(one.tobytes() == two.tobytes() for one, two in zip(fresh.world.ties, again.world.ties, strict=True))


def test_tables_outlive_the_market_whose_memory_is_used_again():
    scenario = tm.load("meta_raid", ["population.scale=0.03", "run.months=12", "run.moves=all"])
    first = tm.simulate(scenario, 0)
    before = pickle.dumps(first)
    tm.simulate(scenario, 1)
    assert pickle.dumps(first) == before
