"""Summary measures of how long those whom a raid has won stay with the raider."""

from __future__ import annotations

import numpy as np

from talentmarket.runs.measures.measure import Measure
from talentmarket.runs.measures.observed import Observed, share

CAME = ("started", "returned")
TWO_YEARS = 24
VESTING_MONTHS = (10, 16)  # around the end of the first year
NEVER = np.iinfo(np.int64).max


def stays(observed: Observed) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Position of the replicate, month of starting and months at the raider (`NEVER` without an end) of each hire."""
    came = observed.among("offers", "outcome", CAME)
    run, started = observed.run_of("offers")[came], observed.values("offers", "decided")[came].astype(np.int64)
    who = observed.values("offers", "researcher")[came].astype(np.int64)
    months, people = observed.scenario.run.months + 2, observed.scenario.researchers
    moved = observed.run_of("moves") * people + observed.values("moves", "researcher")
    moves = np.sort(moved * months + observed.values("moves", "month"))
    life = (run * people + who) * months
    ends = np.append(moves, NEVER)[np.searchsorted(moves, life + started, side="right")]
    left = np.where(ends < life + months, ends - life - started, NEVER)
    return run, started, left


def _share_of_hires(observed: Observed, first: int, last: int) -> np.ndarray:
    """Hires who left `first` to `last` months after they started, of those observed for so long (R, 1)."""
    if observed.scenario.run.moves != "all":
        return np.full((len(observed.replicates), 1), np.nan)
    run, started, left = stays(observed)
    observable = started + last <= observed.scenario.run.months
    there = (left >= first) & (left <= last) & observable
    counts = [np.bincount(run[where], minlength=len(observed.replicates)) for where in (there, observable)]
    return share(counts[0].astype(float), counts[1].astype(float))[:, np.newaxis]


def hires_kept(observed: Observed) -> np.ndarray:
    """Hires still with the raider after two years (R, 1)."""
    return 1.0 - _share_of_hires(observed, 0, TWO_YEARS)


def hires_left_after_a_year(observed: Observed) -> np.ndarray:
    """Hires who left in months 10 to 16 (R, 1)."""
    return _share_of_hires(observed, *VESTING_MONTHS)


GROUP = "Raid: the people"

STAYING_MEASURES = (
    Measure(
        "hires_kept_two_years",
        "share",
        "Those who started and were still with the raider two years later.",
        GROUP,
        "raids",
        hires_kept,
    ),
    Measure(
        "hires_left_after_a_year",
        "share",
        "Those who started and left the raider 10 to 16 months later.",
        GROUP,
        "raids",
        hires_left_after_a_year,
    ),
)
