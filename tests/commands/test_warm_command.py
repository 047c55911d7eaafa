"""The engine is compiled ahead of time, told function by function, and then loaded by every other command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def talentmarket(*words: str, folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "talentmarket", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
        timeout=900,
        check=True,
    )


def test_warm_compiles_once_all_that_a_run_and_the_page_need(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = talentmarket("warm", folder=tmp_path, cache=cache)
    compiled = [line.split(":")[0].strip() for line in first.stderr.splitlines() if line.endswith(" s")]
    assert {"run_markets", "open_markets", "link_markets", "scout"} <= set(compiled)
    assert len(compiled) == len(set(compiled))
    kept = sorted(cache.rglob("*.nbc"))
    assert len(kept) == len(compiled)
    assert "The engine is ready" in first.stdout
    again = talentmarket("warm", folder=tmp_path, cache=cache)
    assert "ompiling" not in again.stderr
    run = ("run", "meta_raid", "--replicates", "1", "--no-plots", "--set", "population.scale=0.02")
    assert "ompiling" not in talentmarket(*run, folder=tmp_path, cache=cache).stderr
    assert sorted(cache.rglob("*.nbc")) == kept
