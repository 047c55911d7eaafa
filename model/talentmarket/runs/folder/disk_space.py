"""Whether the disk has room for what is to be run, before it runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from talentmarket.errors import InputError
from talentmarket.scenario.schema import Scenario

# Measured on shipped scenarios, and rounded down: what is refused would not fit.
BYTES_PER_RESEARCHER_MONTH = 0.2
BYTES_PER_LAB_MONTH = 50
FIXED_BYTES = 50_000  # scenario, manifest, measures and the smallest parts


def expected_bytes(scenario: Scenario, replicates: int) -> int:
    """About how large the tables of a run folder become, or a little less."""
    months = scenario.run.months
    researchers = scenario.researchers * months * BYTES_PER_RESEARCHER_MONTH
    return FIXED_BYTES + int(replicates * (researchers + len(scenario.labs) * (months + 1) * BYTES_PER_LAB_MONTH))


def check_room(out: Path, missing: Iterable[tuple[Scenario, int]]) -> None:
    """Check that the replicates of some scenarios that are still to be run fit on the disk.

    Raises
    ------
    InputError
        If they do not; the message says how much is needed and how much is free.
    """
    needed = sum(expected_bytes(scenario, replicates) for scenario, replicates in missing if replicates)
    try:
        place = Path(out).absolute()
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        free = shutil.disk_usage(there).free
    except OSError:
        return  # the writing itself will say what is wrong there
    if needed > free:
        raise InputError(
            f"{out}: the tables need about {_megabytes(needed)}, and {_megabytes(free)} are free there; take fewer "
            "replicates, or another place with --out"
        )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"
