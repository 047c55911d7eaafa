"""Summary measures of who stays: the staff of month 0, and those whom a raid has won."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from talentmarket.runs.measures.measure import Measure, of_labs
from talentmarket.runs.measures.observed import Observed, share

CAME = ("started", "returned")
TWO_YEARS = 24
VESTING_MONTHS = (10, 16)  # around the end of the first year
NEVER = np.iinfo(np.int64).max


def _share_of_hires(observed: Observed, first: int, last: int) -> np.ndarray:
    """Hires who left `first` to `last` months after they started, of those observed for so long (R, 1)."""
    came = observed.among("offers", "outcome", CAME)
    run = observed.run_of("offers")[came]
    started, left = (observed.values("offers", name)[came].astype(np.int64) for name in ("decided", "left"))
    stay = np.where(left >= 0, left - started, NEVER)
    observable = started + last <= observed.scenario.run.months
    there = (stay >= first) & (stay <= last) & observable
    counts = [np.bincount(run[where], minlength=len(observed.replicates)) for where in (there, observable)]
    return share(counts[0].astype(float), counts[1].astype(float))[:, np.newaxis]


def hires_kept(observed: Observed) -> np.ndarray:
    """Hires still with the raider after two years (R, 1)."""
    return 1.0 - _share_of_hires(observed, 0, TWO_YEARS)


def hires_left_after_a_year(observed: Observed) -> np.ndarray:
    """Hires who left in months 10 to 16 (R, 1)."""
    return _share_of_hires(observed, *VESTING_MONTHS)


def staff_kept(months: int) -> Callable[[Observed], np.ndarray]:
    """The measure of the staff of month 0 who have not left after so many months, over all of them (R, labs)."""

    def measured(observed: Observed) -> np.ndarray:
        stayers = of_labs(observed, observed.panel("stayers"))
        if observed.scenario.run.months < months:
            return np.full_like(stayers[:, 0], np.nan)
        return share(stayers[:, months], stayers[:, 0])

    return measured


def staff_there(observed: Observed) -> np.ndarray:
    """The staff of month 0 who have not left by the end of the run (R, labs)."""
    return of_labs(observed, observed.panel("stayers"))[:, -1]


def answer_spending(observed: Observed) -> np.ndarray:
    """What the lab's raises, awards and counter-offers, those of its practice too, are worth over the run (R, labs)."""
    answers = ("spend_counters", "spend_practice", "spend_fair")
    return np.sum([of_labs(observed, observed.panel(name)) for name in answers], axis=0).sum(axis=1)


GROUP = "Raid: the people"
LABS = "Labs"

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
    *(
        Measure(
            f"staff_kept_{months}",
            "share",
            f"Staff of month 0 who had never left the lab after {months} months.",
            LABS,
            "labs",
            staff_kept(months),
        )
        for months in (24, 48)
    ),
    Measure(
        "staff_still_there",
        "people",
        "Staff of month 0 who had never left the lab at the end of the run.",
        LABS,
        "labs",
        staff_there,
    ),
    Measure(
        "answer_spending",
        "M$",
        "Worth of the lab's raises, awards and counter-offers accepted, those of its practice too.",
        LABS,
        "labs",
        answer_spending,
    ),
)
