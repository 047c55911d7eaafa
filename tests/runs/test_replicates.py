import threading
import time

import pyarrow.compute as pc
import pytest
from fake_market import build_scenario, failing, lively, quiet, sleepy

from talentmarket.market.simulate import simulate_together
from talentmarket.runs import replicates
from talentmarket.runs.replicates import Replicates, batch_size, run_batches
from talentmarket.runs.workers import available_workers


def test_batches_come_in_order_whatever_the_workers():
    scenario = build_scenario()
    one = list(run_batches(Replicates(scenario, 37, 1, lively)))
    many = list(run_batches(Replicates(scenario, 37, 5, sleepy)))
    assert [batch.replicates for batch in one] == [tuple(range(16)), tuple(range(16, 32)), tuple(range(32, 37))]
    assert [batch.replicates for batch in many] == [batch.replicates for batch in one]
    for few, lots in zip(one, many, strict=True):
        assert few.tables == lots.tables
        assert few.tables["replicates"]["replicate"].to_pylist() == list(few.replicates)


def test_every_row_carries_its_replicate():
    (batch,) = run_batches(Replicates(build_scenario(), 3, 2, lively))
    assert batch.tables["offers"]["replicate"].to_pylist() == [0] * 6 + [1] * 6 + [2] * 6


def test_a_replicate_that_fails_is_a_row_and_stops_nothing():
    (batch,) = run_batches(Replicates(build_scenario(), 5, 2, failing))
    replicates = batch.tables["replicates"].to_pylist()
    assert [row["replicate"] for row in replicates] == [0, 1, 2, 3, 4]
    assert [bool(row["error"]) for row in replicates] == [False, True, False, False, True]
    assert replicates[1]["error"].startswith("RuntimeError: nobody is left in replicate 1 (fake_market.py, line ")
    assert set(batch.tables["months"]["replicate"].to_pylist()) == {0, 2, 3}


def test_of_replicates_that_run_together_one_fails_alone(monkeypatch):
    def broken(scenario, some):
        if 5 in some:
            raise RuntimeError("nobody is left")
        return simulate_together(scenario, some)

    (whole,) = run_batches(Replicates(build_scenario(), 16, 1))
    monkeypatch.setattr(replicates, "simulate_together", broken)
    (batch,) = run_batches(Replicates(build_scenario(), 16, 1))
    errors = batch.tables["replicates"]["error"].to_pylist()
    assert [bool(error) for error in errors] == [number == 5 for number in range(16)]
    for name in ("months", "offers", "moves"):
        rows = whole.tables[name]
        others = rows.filter(pc.not_equal(rows["replicate"], 5))
        assert batch.tables[name].to_pandas().equals(others.to_pandas())


def test_tables_that_do_not_fit_fail_their_replicate_only():
    def without_offers(scenario, replicate):
        tables = quiet(scenario, replicate)
        if replicate == 1:
            del tables["months"]["talent"]
        return tables

    (batch,) = run_batches(Replicates(build_scenario(), 2, 1, without_offers))
    assert "talent" in batch.tables["replicates"]["error"].to_pylist()[1]
    assert batch.tables["months"].num_rows == 25 * 3


def test_nothing_new_begins_while_the_caller_is_slow():
    begun = []

    def counted(scenario, replicate):
        begun.append(replicate)
        return quiet(scenario, replicate)

    batches = run_batches(Replicates(build_scenario(), 200, 2, counted))
    next(batches)
    time.sleep(0.1)
    assert 16 <= len(begun) <= 2 * 16 + 4
    batches.close()


def test_an_interruption_lets_nothing_new_begin():
    begun = []
    release = threading.Event()

    def waiting(scenario, replicate):
        begun.append(replicate)
        if replicate > 0:
            release.wait(120)
        return quiet(scenario, replicate)

    def interrupt(done, count):
        threading.Timer(2.0, release.set).start()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_batches(Replicates(build_scenario(), 200, 2, waiting), interrupt))
    assert len(begun) <= 3
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("replicate")]


def test_progress_counts_every_replicate_in_the_calling_thread():
    seen = []
    work = Replicates(build_scenario(), 20, 3, sleepy)
    list(run_batches(work, lambda done, count: seen.append((done, count, threading.current_thread()))))
    assert seen == [(done, 20, threading.current_thread()) for done in range(1, 21)]


def test_batches_shrink_with_the_market():
    scenario = build_scenario()
    huge = scenario.model_copy(update={"population": scenario.population.model_copy(update={"scale": 50_000.0})})
    assert batch_size(scenario) == 16
    assert batch_size(huge) == 1


@pytest.mark.parametrize(("count", "workers"), [(0, 1), (1, 0)])
def test_no_replicates_or_no_workers_is_refused(count, workers):
    with pytest.raises(ValueError, match="at least 1"):
        list(run_batches(Replicates(build_scenario(), count, workers, quiet)))


def test_there_is_a_worker():
    assert available_workers() >= 1
