"""Where a run comes from: versions, the state of the code, the scenario's hash."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from talentmarket.scenario.schema import Scenario

PACKAGES = ("talentmarket", "mesa", "numpy", "numba", "llvmlite", "pyarrow")
ENGINE = ("engine", "numpy", "numba", "llvmlite")  # what a market's numbers depend on; see docs/reproducibility.md
CPU_INFO = Path("/proc/cpuinfo")
CHECKOUT = Path(__file__).resolve().parents[4]
PATIENCE = 10.0  # seconds for git, which may wait for a slow disk


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a run depends on, none of which is imported for it.

    A package that is not installed has the version `""`.
    """
    installed = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            installed[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            installed[package] = ""
    return installed


def code_versions() -> dict[str, str]:
    """`versions`, and as `engine` a digest of the engine's source. Imports the engine."""
    from talentmarket.market.numeric.compiled import source_digest

    return {**versions(), "engine": source_digest()}


def processor() -> str:
    """The processor's model, and in brackets the type that rules are compiled for. Imports Numba's compiler."""
    from llvmlite.binding import get_host_cpu_name

    model = ""
    with suppress(OSError):
        lines = CPU_INFO.read_text(encoding="utf-8", errors="replace").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{model or platform.processor() or platform.machine()} ({get_host_cpu_name()})"


def changed_versions(before: Mapping[str, str]) -> list[str]:
    """What is of another version here than it was, each as `numpy 2.1.0 -> 2.2.0`."""
    now = code_versions()
    names = [name for name in {**before, **now} if before.get(name, "") != now.get(name, "")]
    return [f"{name} {before.get(name) or 'unknown'} -> {now.get(name) or 'unknown'}" for name in names]


def changed_engine(before: Mapping[str, str]) -> list[str]:
    """Those of `changed_versions` that may change a market's numbers."""
    return [change for change in changed_versions(before) if change.split()[0] in ENGINE]


def _git(checkout: Path, *arguments: str) -> str:
    command = ["git", "-C", str(checkout), *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return finished.stdout.strip()


def git_revision(checkout: Path = CHECKOUT) -> dict[str, Any]:
    """Revision of the code: `revision` is empty outside a checkout or without git, `dirty` says if files differ.

    Only a checkout that this code itself stands in counts, not one that it happens to be installed under.
    """
    if not (checkout / ".git").exists():
        return {"revision": "", "dirty": False}
    try:
        revision = _git(checkout, "rev-parse", "HEAD")
        return {"revision": revision, "dirty": bool(_git(checkout, "status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return {"revision": "", "dirty": False}


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of a resolved scenario; comments and the order of keys do not count."""
    content = json.dumps(scenario.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
