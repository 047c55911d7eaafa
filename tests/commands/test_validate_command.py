"""`talentmarket validate`: its table, its JSON and its exit code."""

from __future__ import annotations

import json
import math

import pytest
from rich.console import Console
from typer.testing import CliRunner

from talentmarket import validation
from talentmarket.cli import app
from talentmarket.commands.validate import summed_up, validation_table
from talentmarket.comparison.intervals import Interval
from talentmarket.validation import Check, Theory
from talentmarket.validation.check import cells, exactly


def line(name: str, target: Interval, value: float, half: float = 0.0, miss: str = "") -> Check:
    return Check("Group", name, target, value, Interval(value - half, value + half), "share", "Somebody", miss)


RIGHT = line("right", exactly(0.25), 0.251, 0.012)
OPEN = line("open", Interval(10.0, math.inf), 12.0, 1.0)
MISSED = line("missed", Interval(0.33, 0.48), 0.01, 0.002, "people differ")
WRONG = line("wrong", exactly(0.25), 0.3, 0.01)


@pytest.mark.parametrize(("checks", "code"), [([RIGHT, OPEN, MISSED], 0), ([RIGHT, WRONG], 1)])
@pytest.mark.parametrize("words", [[], ["--quick"], ["--json"]])
def test_a_check_that_differs_ends_it_with_1(
    checks: list[Check], code: int, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "THEORIES", (Theory("everything", lambda effort: checks),))
    assert CliRunner().invoke(app, ["validate", *words]).exit_code == code


def test_quick_and_workers_reach_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(validation, "THEORIES", (Theory("nothing", lambda effort: asked.append(effort) or []),))
    CliRunner().invoke(app, ["validate", "--quick", "--workers", "3"], catch_exceptions=False)
    CliRunner().invoke(app, ["validate"], catch_exceptions=False)
    assert [(effort.quick, effort.workers, effort.replicates(9, 2)) for effort in asked] == [
        (True, 3, 2),
        (False, 0, 9),
    ]


def test_json_has_every_line_and_no_infinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "THEORIES", (Theory("all", lambda effort: [RIGHT, OPEN, MISSED]),))
    result = CliRunner().invoke(app, ["validate", "--json"], catch_exceptions=False)
    found = json.loads(result.stdout)["results"]
    assert [one["verdict"] for one in found] == ["agrees", "agrees", "known miss"]
    assert found[0]["target"] == [0.25, 0.25]
    assert found[1]["target"] == [10.0, None]
    assert found[0]["interval"] == pytest.approx([0.239, 0.263])
    assert found[2]["miss"] == "people differ"


def test_lines_show_as_many_digits_as_are_known() -> None:
    assert cells(RIGHT) == ("0.250", "0.251", "0.012", "share", "agrees")
    assert cells(OPEN) == ("at least 10", "12.0", "1.0", "share", "agrees")
    assert cells(MISSED)[0] == "0.33 to 0.48"
    assert cells(line("exact", Interval(0.0, 0.5), 0.123456))[:3] == ("up to 0.5", "0.1235", "")


def test_the_table_has_a_line_a_check_and_fits_a_terminal() -> None:
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(validation_table([RIGHT, OPEN, MISSED, WRONG]))
    shown = console.export_text()
    console.file.close()
    for word in ("Group", "right", "at least 10", "known miss", "differs"):
        assert word in shown
    assert max(len(row) for row in shown.splitlines()) <= 80


def test_the_sum_tells_what_is_known_to_miss_and_why() -> None:
    assert summed_up([RIGHT, MISSED, WRONG]).splitlines() == [
        "Known miss: missed: people differ.",
        "3 checks: 1 agree, 1 known to miss, 1 differ.",
    ]
