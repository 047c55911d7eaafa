"""A scenario that does not fit into the memory is refused with what would fit."""

from __future__ import annotations

import re
from types import SimpleNamespace

import psutil
import pytest

from talentmarket.errors import ScenarioError
from talentmarket.scenario import check_memory, load


@pytest.fixture(autouse=True)
def _four_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=4_000_000_000))


def test_what_fits_is_let_through() -> None:
    check_memory(load("meta_raid"), workers=8)


def test_what_does_not_fit_is_told_with_the_headcount_that_would() -> None:
    too_large = load("meta_raid", ["population.scale=10000.0"])
    with pytest.raises(ScenarioError) as caught:
        check_memory(too_large, workers=2)
    (message,) = caught.value.problems
    assert "258,850,000 researchers, 2 runs at once, need about" in message
    assert "4.0 GB are free" in message
    scale = re.search(r"set population.scale to ([\d.]+), or take fewer workers", message)
    assert scale is not None
    assert float(scale[1]) > 1
    check_memory(load("meta_raid", [f"population.scale={scale[1]}"]), workers=2)
    with pytest.raises(ScenarioError):
        check_memory(load("meta_raid", [f"population.scale={float(scale[1]) * 1.2}"]), workers=2)


def test_more_workers_need_more_memory() -> None:
    scenario = load("meta_raid", ["population.scale=200.0"])
    check_memory(scenario, workers=1)
    with pytest.raises(ScenarioError, match="fewer workers"):
        check_memory(scenario, workers=1000)
