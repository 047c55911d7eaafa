"""The compiled engine decides as the same source does in plain Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_market import Columns, as_lists
from random_markets import LIVELY, scenarios

import talentmarket as tm
from talentmarket.scenario.places.locating import fields_of

PlainPython = Callable[[tm.Scenario, int], Columns]
RELATIVE, ABSOLUTE = 1e-12, 1e-12


@pytest.fixture(scope="module")
def plain_python() -> Iterator[PlainPython]:
    """Runs a market in a second process, in which nothing is compiled and every warning is an error."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("plain_market.py"))]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    questions, answers = process.stdin, process.stdout

    def run(scenario: tm.Scenario, replicate: int) -> Columns:
        questions.write(json.dumps({"scenario": scenario.model_dump_json(), "replicate": replicate}) + "\n")
        questions.flush()
        answer = answers.readline()
        assert answer, "plain Python gave up; its standard error says why"
        return json.loads(answer)

    with process:
        yield run
        questions.close()
        process.wait(timeout=120)


def assert_same(compiled: Columns, plain: Columns) -> None:
    """Same rows, same decisions; numbers as close as two mathematical libraries are.

    Not to the last bit: the compiler and Python each bring an exp, log and power of their own.
    """
    assert compiled.keys() == plain.keys()
    for name, table in compiled.items():
        assert table.keys() == plain[name].keys()
        for key, values in table.items():
            where = f"{name}.{key}"
            if values and isinstance(values[0], float):
                np.testing.assert_allclose(values, plain[name][key], RELATIVE, ABSOLUTE, err_msg=where)
            else:
                assert values == plain[name][key], where


@given(scenario=scenarios(), replicate=st.integers(0, 2**32 - 1))
@settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_compiled_and_plain_python_agree(plain_python: PlainPython, scenario: tm.Scenario, replicate: int) -> None:
    assert_same(as_lists(tm.simulate(scenario, replicate)), plain_python(scenario, replicate))


def test_what_is_lively_is_declared() -> None:
    """Every range is that of a parameter, and lies in what it may be."""
    fields = fields_of(tm.Scenario)
    for table, ranges in LIVELY.items():
        for name, (low, high) in ranges.items():
            field = fields[f"{table}.{name}"]
            assert field["minimum"] <= low <= high <= field["maximum"], name
