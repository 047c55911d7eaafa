"""What a policy costs for each person who is still there because of it, in every lab and for every policy alike."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from talentmarket.comparison import intervals
from talentmarket.comparison.pairing import Pairing, aligned
from talentmarket.runs.measures.everything import MEASURES
from talentmarket.runs.measures.measure import inside

SPENDING, STAFF = (
    next(each for each in MEASURES if each.name == name) for name in ("answer_spending", "staff_still_there")
)

# What the columns of `Comparison.costs` mean.
COLUMNS = {
    "run": "The run that is compared with the base.",
    "lab": "The lab.",
    "n": "Replicates in which both runs have the lab.",
    "spending": "Mean of run less base, M$: counter-offers accepted and re-levellings over the run.",
    "people": "Mean of run less base: staff of month 0 who have not left by the end of the run.",
    "cost": "spending over people, M$ a person; empty unless more people are there and that is significant (5 %).",
    "low": "Lower end of its 95 % interval (Fieller).",
    "high": "Upper end.",
    "note": "Why there is no cost; empty where there is one.",
}
NO_SPENDING = "the runs differ in no counter-offers or re-levellings"
NOBODY_MORE = "that more people are still there cannot be told"


def costs(pairing: Pairing) -> pd.DataFrame:
    """One row for each run but the base and each lab that both have; see `COLUMNS`."""
    base = pairing.runs[0].scenario
    rows = []
    for place, (name, run) in enumerate(zip(pairing.names[1:], pairing.runs[1:], strict=True), start=1):
        labs = [lab for lab in inside(run.scenario) if lab in inside(base)]
        values = aligned(pairing, [(measure, lab) for lab in labs for measure in (SPENDING, STAFF)])
        for number, lab in enumerate(labs):
            spending, people = values[place, 2 * number : 2 * number + 2] - values[0, 2 * number : 2 * number + 2]
            rows.append({"run": name, "lab": lab, **cost_per_person(spending, people)})
    return pd.DataFrame(rows, columns=[*COLUMNS])


def cost_per_person(spending: np.ndarray, people: np.ndarray) -> dict[str, float | int | str]:
    """The cost from the differences of spending (M$) and of people, replicate by replicate (R,)."""
    known = ~(np.isnan(spending) | np.isnan(people))
    spending, people = spending[known], people[known]
    low, high = intervals.ratio_interval(spending, people)
    told = bool(len(people)) and people.mean() > 0.0 and not math.isnan(low)
    spent = bool(spending.any())
    means = [float(each.mean()) if len(each) else math.nan for each in (spending, people)]
    has_cost = told and spent
    return {
        "n": len(people),
        "spending": means[0],
        "people": means[1],
        "cost": means[0] / means[1] if has_cost else math.nan,
        "low": low if has_cost else math.nan,
        "high": high if has_cost else math.nan,
        "note": "" if has_cost else NO_SPENDING if not spent else NOBODY_MORE,
    }
