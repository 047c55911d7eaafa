"""A thousand broken scenario files: each is told in words or runs, and none ends in a traceback."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest
from mutated_text import mutated

import talentmarket as tm
from talentmarket.scenario import shipped

SEED = 20251128
FILES = 1000
PARTS = 10
TINY = ("population.scale=0.01", "run.months=4", "run.moves=all")
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(shipped.folder("scenarios").glob("*.toml"))]


def check_told_in_words(error: tm.ScenarioError) -> None:
    assert error.problems
    for problem in error.problems:
        assert "Traceback" not in problem
        assert not RAW.search(problem), f"raw control characters: {problem!r}"
        assert "mutant" in problem or "--set" in problem or "(shipped)" in problem or "memory" in problem


def check_runs(path: Path) -> None:
    """A file that is accepted in spite of its mutations makes a market with finite numbers in which nobody is lost."""
    scenario = tm.load(path, TINY)
    months = tm.simulate(scenario, 0)["months"]
    headcount = months["headcount"].reshape(scenario.run.months + 1, -1)
    assert (headcount.sum(axis=1) == scenario.researchers).all()
    for name in ("talent", "wage_bill", "output", "stock", "spend_packages", "fees_paid"):
        assert np.isfinite(months[name]).all(), name


@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_file_is_told_in_words(tmp_path: Path, part: int) -> None:
    rng = random.Random(SEED + part)
    sources = texts()
    accepted = 0
    for number in range(FILES // PARTS):
        path = tmp_path / f"mutant_{number}.toml"
        path.write_bytes(mutated(rng.choice(sources), rng))
        try:
            scenario = tm.load(path)
        except tm.ScenarioError as error:
            check_told_in_words(error)
            continue
        accepted += 1
        assert tm.dumps(scenario)
        if accepted % 10 == 1:
            try:
                check_runs(path)
            except tm.ScenarioError as error:  # too few people are left at this scale
                check_told_in_words(error)
    assert 0 < accepted < FILES // PARTS  # the mutations are neither harmless nor all fatal
